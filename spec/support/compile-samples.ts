import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ROOT, run } from './run.js';

/** A module of a page. */
interface SampleFile {
  /** Its path below the folder of all. */
  readonly file: string;
  readonly text: string;
}

/** Compiles modules in a folder of their own, types checked as strictly as the project itself. @throws Error with what the compiler says */
export async function compileFiles(files: readonly SampleFile[], folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await Promise.all([folder, ...files.map(({ file }) => dirname(join(folder, file)))].map((each) => mkdir(each, { recursive: true })));
  await Promise.all(files.map(({ file, text }) => writeFile(join(folder, file), text)));
  const { compilerOptions } = JSON.parse(await readFile(join(ROOT, 'tsconfig.json'), 'utf8'));
  const options = {
    ...compilerOptions,
    rootDir: folder,
    outDir: folder,
    declaration: false,
    typeRoots: [join(ROOT, 'node_modules/@types')],
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: files.map(({ file }) => file) }));
  await run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder], { cwd: folder }).catch(({ stdout }) => {
    throw new Error(`Samples do not compile:\n${stdout}`);
  });
}

/** Marks the lines that say `// does not compile`: they must not, and must throw when they run all the same. */
export const expectingErrors = (code: string, fails: string): string =>
  code.replaceAll(/^(\s*)(.*?);?\s*\/\/ does not compile.*$/gm, `$1// @ts-expect-error: so the page says\n$1${fails}(() => $2);`);

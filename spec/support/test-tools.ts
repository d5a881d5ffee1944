import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, run } from './run.js';

const JEST = { testMatch: ['**/*.jest.js'], transform: {}, testEnvironment: 'node' };
const binary = (path: string): string => join(ROOT, 'node_modules', path);

/** How each tool runs its file, and what it prints if the test has passed. */
const TOOLS: Readonly<Record<string, readonly [command: (folder: string, file: string) => readonly string[], passed: RegExp]>> = {
  vitest: [
    (folder) => [binary('vitest/vitest.mjs'), 'run', '--testTimeout=60000', '--hookTimeout=60000', '--root', folder],
    /Tests .*1 passed/,
  ],
  jest: [
    (folder) => [
      '--experimental-vm-modules',
      '--no-warnings',
      binary('jest/bin/jest.js'),
      '--config',
      join(folder, 'jest.config.json'),
      '--runInBand',
      '--testTimeout=60000',
    ],
    /Tests: +1 passed/,
  ],
  mocha: [(folder, file) => [binary('mocha/bin/mocha.js'), '--no-config', '--timeout', '60000', join(folder, file)], /1 passing/],
  node: [(folder, file) => ['--test', '--test-reporter=tap', join(folder, file)], /# pass 1/],
};

/** The tool that runs a file of a page: `vitest` for `reprice.vitest.ts`; undefined for a file that others import. */
export const toolOf = (file: string): string | undefined => Object.keys(TOOLS).find((tool) => file.endsWith(`.${tool}.ts`));

/** Runs the compiled test of a page with its tool. @throws Error with what the tool prints, unless the test passes */
export async function runTest(folder: string, file: string): Promise<void> {
  const [commandOf, passed] = TOOLS[toolOf(file) ?? ''] ?? [];
  if (commandOf === undefined || passed === undefined) throw new Error(`No tool runs ${file}.`);
  const compiled = file.replace(/\.ts$/, '.js');
  await writeFile(join(folder, 'jest.config.json'), JSON.stringify({ ...JEST, rootDir: folder }));
  await writeFile(join(folder, 'vitest.config.js'), "export default { test: { include: ['*.vitest.js'] } };\n");
  const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, ...env } = process.env;
  const { stdout, stderr } = await run(process.execPath, [...commandOf(folder, compiled)], {
    cwd: folder,
    env: { ...env, NO_COLOR: '1' },
  }).catch((error) => error);
  if (!passed.test(`${stdout}${stderr}`)) throw new Error(`${file}:\n${stdout}${stderr}`);
}

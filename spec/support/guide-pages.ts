import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { compileFiles, expectingErrors } from './compile-samples.js';
import { ROOT, run } from './run.js';

/** A fenced block of a page. */
export interface Block {
  /** `docs/guide/queries.md:23` */
  readonly name: string;
  readonly language: string;
  readonly code: string;
}

/** What a block has done: what it printed, and the requests that the store received meanwhile. */
export interface Ran {
  readonly printed: string;
  readonly requests: readonly string[];
}

/** The fenced blocks of a page, in order. */
export async function blocksOf(page: string): Promise<Block[]> {
  const text = await readFile(join(ROOT, page), 'utf8');
  return [...text.matchAll(/^```(\S*)[^\n]*\n(.*?)^```$/gms)].map(({ 1: language = '', 2: code = '', index }) => ({
    name: `${page}:${text.slice(0, index).split('\n').length + 1}`,
    language,
    code,
  }));
}

/** The requests that the comments of a block name: `// PUT /v2/products/1 {"price":"199.90"}`, perhaps followed by words. */
export const requestsIn = ({ code }: Block): string[] =>
  [...code.matchAll(/\/\/ ((?:GET|POST|PUT|DELETE) \/v[23]\/\S+(?: [[{].*[\]}])?)/g)].map(([, request]) => String(request));

/** Names that every page finds in reach. */
const PREAMBLE = 'guide-preamble.js';

/**
 * Compiles pages, each with all of its TypeScript as one program, types checked as strictly as the project itself. Returns a function
 * that runs the program of a page in a process of its own, and gives what each block has done.
 */
export async function compilePages(
  pages: ReadonlyMap<string, readonly Block[]>,
  folder: string,
): Promise<(page: string) => Promise<Ran[]>> {
  const preamble = relative(folder, join(ROOT, 'dist/spec/support', PREAMBLE)).replaceAll('\\', '/');
  await compileFiles(
    [...pages].map(([page, blocks]) => ({ file: `${fileOf(page)}.ts`, text: programOf(blocks, preamble) })),
    folder,
  );
  return async (page) => {
    const result = join(folder, `${fileOf(page)}.json`);
    await run(process.execPath, [join(folder, `${fileOf(page)}.js`)], { cwd: folder, env: { ...process.env, GUIDE_RESULT: result } });
    return JSON.parse(await readFile(result, 'utf8'));
  };
}

const fileOf = (page: string): string => page.replaceAll(/\W/g, '-');

function programOf(blocks: readonly Block[], preamble: string): string {
  const parts = blocks.map(({ name, code }) => `\n// ${name}\nawait begin();\n${expectingErrors(code, 'await fails')}`);
  return `import { begin, fails, finish, store } from '${preamble}';\n${parts.join('')}\nvoid [fails, store];\nawait finish();\n`;
}

import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { compileFiles, expectingErrors } from './compile-samples.js';
import { ROOT, run } from './run.js';

/** A fenced block of a page. */
export interface Block {
  /** `docs/guide/queries.md:23` */
  readonly name: string;
  readonly page: string;
  readonly language: string;
  readonly code: string;
  /** The name of the file that a block of TypeScript is, from its first line: `// reprice.ts`. Others are parts of the page's program. */
  readonly file: string | undefined;
}

/** What a block has done: what it printed, and the requests that the store received meanwhile. */
export interface Ran {
  readonly printed: string;
  readonly requests: readonly string[];
}

/** What a page has done. */
export interface PageRun {
  readonly blocks: readonly Ran[];
  readonly error: string | undefined;
}

/** The folders with pages that people write. Generated references have blocks that show types, not programs. */
const FOLDERS = ['docs', 'docs/guide'];

/** All pages, README.md included. */
export const PAGES: readonly string[] = [
  'README.md',
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
];

/** The fenced blocks of a page, in order. */
export function blocksOf(page: string): Block[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/^```(\S*)[^\n]*\n(.*?)^```$/gms)].map(({ 1: language = '', 2: code = '', index }) => ({
    name: `${page}:${text.slice(0, index).split('\n').length + 1}`,
    page,
    language,
    code,
    file: language === 'ts' ? /^\/\/ ([\w.-]+\.ts)\n/.exec(code)?.[1] : undefined,
  }));
}

/** How many fences a page opens, counted without regard to their form. */
export const fencesOf = (page: string): number => (readFileSync(join(ROOT, page), 'utf8').match(/^ *(```|~~~)/gm)?.length ?? 0) / 2;

/** The requests that the comments of a block name: `// PUT /v2/products/1 {"price":"199.90"}`, perhaps followed by words. */
export const requestsIn = ({ code }: Block): string[] =>
  [...code.matchAll(/\/\/ ((?:GET|POST|PUT|DELETE) \/v[23]\/\S+(?: [[{].*[\]}])?)/g)].map(([, request]) => String(request));

/** The folder of the compiled files of a page, below that of all. */
export const folderOf = (page: string): string => page.replaceAll(/\W/g, '-');

/** Whether a block is a part of its page's program. */
export const isPart = ({ language, file }: Block): boolean => language === 'ts' && file === undefined;

const PROGRAM = 'page-program';

/**
 * Compiles all TypeScript of the pages at once, types checked as strictly as the project itself: each page's parts as one program, and
 * its files beside it. Then runs the programs, one after the other in one process, and gives what each block has done.
 */
export async function runPages(blocks: readonly Block[], folder: string): Promise<Map<string, PageRun>> {
  const pages = [...new Set(blocks.filter(isPart).map(({ page }) => page))];
  const preamble = join(ROOT, 'dist/spec/support/guide-preamble.js');
  const files = [
    ...pages.map((page) => ({
      file: `${folderOf(page)}/${PROGRAM}.ts`,
      text: programOf(
        blocks.filter((block) => block.page === page && isPart(block)),
        relative(join(folder, folderOf(page)), preamble).replaceAll('\\', '/'),
      ),
    })),
    ...blocks.flatMap(({ page, file, code }) => (file === undefined ? [] : [{ file: `${folderOf(page)}/${file}`, text: code }])),
  ];
  await compileFiles(files, folder);
  const list = join(folder, 'pages.json');
  const result = join(folder, 'result.json');
  await writeFile(list, JSON.stringify(pages.map((page) => [page, join(folder, folderOf(page), `${PROGRAM}.js`)])));
  await run(process.execPath, ['--enable-source-maps', join(ROOT, 'dist/spec/support/run-pages.js'), list, result], { cwd: folder });
  return new Map(JSON.parse(await readFile(result, 'utf8')));
}

function programOf(blocks: readonly Block[], preamble: string): string {
  const parts = blocks.map(({ name, code }) => `\n// ${name}\nawait begin();\n${watched(awaited(expectingErrors(code, 'await fails')))}`);
  const given = blocks.some(({ code }) => /^const store = /m.test(code)) ? [] : ['store'];
  const names = ['begin', 'fails', 'watch', ...given].join(', ');
  return `import { ${names} } from '${preamble}';\n${parts.join('')}\nvoid [${names}];\n`;
}

/** A sample that also runs as CommonJS has a function in place of `await` outside of one. */
const awaited = (code: string): string => code.replaceAll(/^main\(\);$/gm, 'await main();');

/** A sample may start a store of its own under the name that pages give theirs. */
const watched = (code: string): string => code.replaceAll(/^ *const store = .*$/gm, '$&\nwatch(store);');

/** Runs a block of JavaScript in a process of its own, and gives what it printed. */
export async function runJavaScript({ page, code, name }: Block, folder: string): Promise<string> {
  const place = join(folder, folderOf(page));
  await mkdir(place, { recursive: true });
  const file = join(place, `${name.replaceAll(/\W/g, '-')}.${/\brequire\(/.test(code) ? 'cjs' : 'mjs'}`);
  await rm(file, { force: true });
  await writeFile(file, code);
  return (await run(process.execPath, [file], { cwd: place })).stdout;
}

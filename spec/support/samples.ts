import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFiles, expectingErrors } from './compile-samples.js';
import { ROOT } from './run.js';

/** A piece of a page that is code, and where it stands. */
export interface Sample {
  /** `README.md:23`, with a letter where a line has several. */
  readonly name: string;
  readonly code: string;
}

/** A row of a table, with the code of its last cell. */
export interface SampleRow {
  readonly page: string;
  readonly line: number;
  /** Its last cell, in the page's own words. */
  readonly last: string;
  readonly samples: readonly Sample[];
}

/** Changes what a page leaves out for its reader into code. */
export type Substitution = readonly [what: RegExp | string, by: string];

/** Elisions that mean the same on every page. */
const ELISIONS: readonly Substitution[] = [
  [/(=>) …/g, '$1 {}'], // a body that does not matter
  [/\)( +)…/g, ') {}'],
  [/\{ … \}/g, '{}'],
];

/** The rows of the tables of a page, without the heads. */
export async function tableRows(page: string): Promise<SampleRow[]> {
  const lines = (await readFile(join(ROOT, page), 'utf8')).split('\n');
  return lines.flatMap((text, at) => {
    const isRow = text.startsWith('|') && !/^\|[-|]+$/.test(text) && !/^\|[-|]+$/.test(lines[at + 1] ?? '');
    if (!isRow) return [];
    const cells = text.split(/(?<!\\)\|/).slice(1, -1);
    const pieces = [...(cells.at(-1) ?? '').matchAll(/`([^`]+)`/g)].map(([, code]) => code as string);
    const samples = pieces.map((code, piece) => ({ name: `${page}:${at + 1}${'abcdefgh'[piece]}`, code: statement(code) }));
    return [{ page, line: at + 1, last: (cells.at(-1) ?? '').trim(), samples }];
  });
}

/** Code between two words of prose: a statement, the name of a module, or an object. */
function statement(code: string): string {
  if (/^bigrecord(\/\w+)?$/.test(code)) return `await import('${code}');`;
  return code.startsWith('{') ? `(${code});` : `${code};`;
}

/**
 * Compiles samples, types checked as strictly as the project itself, and gives a function for each that runs it. The names that
 * the module `scope` exports are in reach of every sample, except where it imports a name itself.
 *
 * A line that says `// does not compile` must not compile, and must throw when it runs all the same.
 */
export async function compileSamples(
  samples: readonly Sample[],
  {
    scope,
    names,
    folder,
    substitutions = [],
  }: { scope: string; names: readonly string[]; folder: string; substitutions?: readonly Substitution[] },
): Promise<Map<string, () => Promise<void>>> {
  const from = relative(folder, scope).replaceAll('\\', '/');
  const unused = new Set(substitutions);
  const files = samples.map(({ name, code }) => {
    let text = code;
    for (const substitution of [...substitutions, ...ELISIONS]) {
      const before = text;
      text = text.replaceAll(substitution[0] as string, substitution[1]);
      if (text !== before) unused.delete(substitution);
    }
    return { name, file: `${name.replaceAll(/\W/g, '-')}.ts`, text: moduleOf(text, names, from) };
  });
  if (unused.size > 0) throw new Error(`Nothing on the pages matches ${[...unused].map(([what]) => String(what)).join(', ')}.`);
  await compileFiles(files, folder);
  return new Map(
    files.map(({ name, file }) => [
      name,
      async () => {
        const { sample } = await import(pathToFileURL(join(folder, file.replace('.ts', '.js'))).href);
        await sample();
      },
    ]),
  );
}

function moduleOf(code: string, names: readonly string[], scope: string): string {
  const imports = code.match(/^import [^;]*;/gm) ?? [];
  const body = expectingErrors(code.replaceAll(/^import [^;]*;.*$/gm, ''), 'fails');
  const own = new Set(imports.flatMap((line) => line.match(/\w+/g) ?? []));
  const given = names.filter((name) => !own.has(name));
  return [
    ...imports,
    `import { ${given.join(', ')} } from '${scope}';`,
    'export async function sample(): Promise<void> {',
    body,
    '}',
    '',
  ].join('\n');
}

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript5';
import { ROOT } from './packed.js';

/** What an editor shows at the places of a program that comments such as `/*here*\/` mark. */
export interface Editor {
  /** The declaration that hovering over the name behind the mark shows, on one line. */
  hover(mark: string): string;
  /** The documentation that hovering over the name behind the mark shows. */
  docs(mark: string): string;
  /** The names that are completed at the mark, in alphabetical order. */
  completions(mark: string): string[];
}

/** How the service sorts members that are optional; what it offers besides members, such as globals, comes later. */
const MEMBER = '12';

/** Opens a program in the language service of TypeScript, where `bigrecord` is the source of this package. */
export function openInEditor(program: string): Editor {
  const file = join(ROOT, 'spec/types/program-in-an-editor.ts');
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config.config, include: [] }, ts.sys, ROOT);
  const textOf = (path: string): string | undefined => (resolve(path) === file ? program : ts.sys.readFile(path));
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({ ...options, types: ['node'], noEmit: true }),
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) => {
      const text = textOf(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => ROOT,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => resolve(path) === file || ts.sys.fileExists(path),
    readFile: (path) => textOf(path) ?? readFileSync(path, 'utf8'),
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
  const behind = (mark: string): number => {
    const at = program.indexOf(`/*${mark}*/`);
    if (at === -1) throw new Error(`The program has no mark /*${mark}*/.`);
    return at + mark.length + 4;
  };
  return {
    hover: (mark) => ts.displayPartsToString(service.getQuickInfoAtPosition(file, behind(mark))?.displayParts).replace(/\s+/g, ' '),
    docs: (mark) => ts.displayPartsToString(service.getQuickInfoAtPosition(file, behind(mark))?.documentation),
    completions: (mark) =>
      (service.getCompletionsAtPosition(file, behind(mark), {})?.entries ?? [])
        .filter(({ sortText }) => sortText <= MEMBER)
        .map(({ name }) => name)
        .sort(),
  };
}

import { resolve } from 'node:path';
import ts from 'typescript5';

const ROOT = resolve(import.meta.dirname, '../..');
export const VERSIONS = ['v2', 'v3'];

/** Compiles the models in memory, and returns the checker, the source files of the models, and their classes by version and name. */
export function modelProgram() {
  const config = ts.readConfigFile(resolve(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT);
  const entries = VERSIONS.map((version) => resolve(ROOT, `lib/resources/${version}/index.ts`));
  const program = ts.createProgram(entries, { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const classes = new Map();
  for (const [at, version] of VERSIONS.entries()) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(entries[at]));
    for (const exported of checker.getExportsOfModule(module)) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      if (symbol.flags & ts.SymbolFlags.Class) classes.set(`${version} ${exported.name}`, symbol);
    }
  }
  const files = program.getSourceFiles().filter(({ fileName }) => /\/lib\/resources\/v[23]\//.test(fileName));
  return { checker, files, classes };
}

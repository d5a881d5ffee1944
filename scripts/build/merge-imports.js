/** An import of names from a Node module: esbuild writes one for each source file, and puts each on a line of its own. */
const IMPORT = /^import \{ (.+) \} from "(node:[\w/]+)";$/gm;

/** Merges the imports of a file from the same Node module. Keeps the lines. */
export function mergeImports(text) {
  const names = new Map();
  for (const [, list, module] of text.matchAll(IMPORT)) names.set(module, [...(names.get(module) ?? []), list]);
  return text.replaceAll(IMPORT, (_, _list, module) => {
    const lists = names.get(module);
    names.set(module, undefined);
    return lists === undefined ? '' : `import { ${lists.join(', ')} } from "${module}";`;
  });
}

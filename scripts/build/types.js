import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { dist, ENTRIES, write } from './project.js';

/** `from './x.js'`, `import './x.js'` and `import("./x.js")`. */
const RELATIVE = /(?<=\bfrom |\bimport |\bimport\()(['"])(\.{1,2}\/[^'"]*)\.js\1/g;

/**
 * Writes the declarations once: those for `import` re-export those for `require`. Two sets would have two incompatible types of the
 * same name.
 */
export function writeTypes() {
  const reached = new Set(ENTRIES.values());
  for (const name of reached) {
    const text = readFileSync(dist('lib', `${name}.d.ts`), 'utf8');
    for (const [, , path] of text.matchAll(RELATIVE)) reached.add(join(dirname(name), path));
    write(dist('types/lib', `${name}.d.cts`), text.replaceAll(RELATIVE, '$1$2.cjs$1').replace(/^\/\/# sourceMappingURL=.*\n?/m, ''));
  }
  for (const [name, source] of ENTRIES)
    for (const extension of ['d.cts', 'd.mts']) write(dist('types', `${name}.${extension}`), `export * from './lib/${source}.cjs';\n`);
}

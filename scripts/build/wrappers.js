import { resolve } from 'node:path';
import { dist, ENTRIES, ROOT, write } from './project.js';

/** Writes the files that `import` loads in Node: they re-export the objects of the CommonJS files. */
export function writeWrappers(metafile) {
  const outputs = Object.entries(metafile.outputs).map(([path, output]) => [resolve(ROOT, path), output]);
  for (const name of ENTRIES.keys()) {
    const [, { exports }] = outputs.find(([path]) => path === dist('esm', `${name}.js`));
    write(dist('cjs', `${name}.mjs`), `import all from './${name}.cjs';\nexport const { ${exports.toSorted().join(', ')} } = all;\n`);
  }
}

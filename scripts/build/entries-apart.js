import { resolve } from 'node:path';
import { dist, ENTRIES } from './project.js';

/**
 * `import * as v3` creates an object of all models, which no bundler can remove. To keep it out of the file of the models themselves,
 * an entry point imports other entry points as external files.
 */
export const entriesApart = (extension) => ({
  name: 'entry points import each other from outside',
  setup(build) {
    const names = new Map([...ENTRIES].map(([name, source]) => [dist('lib', `${source}.js`), name]));
    build.onResolve({ filter: /^\..*\/index\.js$/ }, ({ path, resolveDir }) => {
      const name = names.get(resolve(resolveDir, path));
      return name === undefined ? undefined : { path: `./${name}${extension}`, external: true };
    });
  },
});

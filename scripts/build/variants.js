import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { dist } from './project.js';

/**
 * Some packages are loaded on first use, by `createRequire(import.meta.url)('name')`. Bundlers cannot follow that, so ES modules use
 * the file `NAME-static.js` next to it, which imports the package.
 */
export const loadedAtOnce = {
  name: 'packages loaded at once',
  setup(build) {
    build.onResolve({ filter: /^\..*\.js$/ }, ({ path, resolveDir }) => {
      const variant = resolve(resolveDir, path.replace(/\.js$/, '-static.js'));
      return existsSync(variant) ? { path: variant } : undefined;
    });
  },
};

/**
 * In CommonJS it becomes `require('name')`, which Jest and file tracers understand. The files are ES modules at first, in which esbuild
 * replaces `require` by a shim, so the name is inserted last: see {@link lateNames}.
 */
export const loadedLate = {
  name: 'packages loaded late',
  setup(build) {
    build.onLoad({ filter: /\.js$/ }, ({ path }) => {
      if (!path.startsWith(dist('lib'))) return undefined;
      const text = readFileSync(path, 'utf8');
      if (!text.includes(CREATED)) return undefined;
      return { contents: text.replaceAll(CREATED, 'LATE_REQUIRE').replace("import { createRequire } from 'node:module';", '') };
    });
  },
};

const CREATED = 'createRequire(import.meta.url)';

export const lateNames = { LATE_REQUIRE: 'require' };

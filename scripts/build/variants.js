import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { dist } from './project.js';

/**
 * Some packages are loaded when they are first used, by `createRequire(import.meta.url)('name')`. That no bundler can follow, so
 * that ES modules have the file beside it instead, `NAME-static.js`, which imports the package.
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
 * In CommonJS it is `require('name')`, which Jest and tracers of files know. esbuild has a shim of its own for `require` in ES
 * modules, which the files are at first, so that it gets its name last: see {@link lateNames}.
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

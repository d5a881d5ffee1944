import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../project.js';
import { specialize } from '../specialize.js';
import { EXECUTOR } from './constants.js';

const EXECUTOR_FILE = 'esm2015/TransformOperationExecutor.js';

/** Puts the used part of class-transformer into ES modules. CommonJS loads the installed one, when it is first needed. */
export const classTransformer = {
  name: 'the used part of class-transformer',
  setup(build) {
    build.onResolve({ filter: /^class-transformer$/ }, () => ({ path: join(import.meta.dirname, 'index.js'), sideEffects: false }));
    build.onResolve({ filter: /^class-transformer\/esm2015\// }, ({ path }) => ({
      path: join(ROOT, 'node_modules', `${path}.js`),
      sideEffects: false,
    }));
    build.onResolve({ filter: /^\.\/storage$/ }, ({ importer }) =>
      importer.replaceAll('\\', '/').endsWith(EXECUTOR_FILE) ? { path: join(import.meta.dirname, 'storage.js') } : undefined,
    );
    build.onLoad({ filter: /[\\/]class-transformer[\\/]esm2015[\\/]TransformOperationExecutor\.js$/ }, ({ path }) => ({
      contents: specialize(EXECUTOR_FILE, readFileSync(path, 'utf8'), EXECUTOR),
    }));
  },
};

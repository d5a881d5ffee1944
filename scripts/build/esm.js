import { join } from 'node:path';
import { build, transform } from 'esbuild';
import { classTransformer } from './class-transformer/plugin.js';
import { ioredis } from './ioredis.js';
import { mergeImports } from './merge-imports.js';
import { common } from './options.js';
import { write } from './project.js';
import { loadedAtOnce } from './variants.js';

/** Builds ES modules, for bundlers. Their names are short; white space stays, without which esbuild drops the marks of pure calls. Bundlers
 * make source maps of their own. */
export async function buildEsModules() {
  const options = common({ folder: 'esm', extension: '.js', isForBundlers: true });
  const plugins = [loadedAtOnce, ioredis, classTransformer, reflectMetadata, ...options.plugins];
  const { outputFiles, metafile } = await build({ ...options, plugins });
  for (const { path, text } of outputFiles) {
    const { code } = await transform(mergeImports(text.replaceAll(BARE_IMPORT, '')), { format: 'esm', target: 'node20', minifyIdentifiers: true, legalComments: 'none' });
    write(path, code);
  }
  return { metafile };
}

const reflectMetadata = {
  name: 'the used part of reflect-metadata',
  setup({ onResolve }) {
    onResolve({ filter: /^reflect-metadata\/lite$/ }, () => ({ path: join(import.meta.dirname, 'reflect-metadata.js'), sideEffects: true }));
  },
};

/** Imports without names, which only fix the loading order. Chunks have no side effects, so these are removed: bundlers warn about them. */
const BARE_IMPORT = /^import "\.\/chunk-\w+\.js";$/gm;

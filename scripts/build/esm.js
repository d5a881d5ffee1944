import { join } from 'node:path';
import { build } from 'esbuild';
import { classTransformer } from './class-transformer/plugin.js';
import { ioredis } from './ioredis.js';
import { linesOnly } from './lines-only.js';
import { mergeImports } from './merge-imports.js';
import { common } from './options.js';
import { write } from './project.js';
import { loadedAtOnce } from './variants.js';

/** Builds ES modules, for bundlers, with short names. White space stays: without it, esbuild drops the marks of pure calls. */
export async function buildEsModules() {
  const options = common({ folder: 'esm', extension: '.js', isForBundlers: true });
  const plugins = [loadedAtOnce, ioredis, classTransformer, reflectMetadata, ...options.plugins];
  const { outputFiles, metafile } = await build({ ...options, plugins, minifyIdentifiers: true, sourcemap: 'linked' });
  for (const { path, text } of outputFiles) write(path, path.endsWith('.map') ? linesOnly(text) : mergeImports(text.replaceAll(BARE_IMPORT, '')));
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

import { build } from 'esbuild';
import { ioredis } from './ioredis.js';
import { linesOnly } from './lines-only.js';
import { common } from './options.js';
import { write } from './project.js';
import { loadedAtOnce } from './variants.js';

/** The ES modules, for bundlers. */
export async function buildEsModules() {
  const options = common({ folder: 'esm', extension: '.js' });
  const { outputFiles, metafile } = await build({ ...options, plugins: [loadedAtOnce, ioredis, ...options.plugins], sourcemap: 'linked' });
  for (const { path, text } of outputFiles) write(path, path.endsWith('.map') ? linesOnly(text) : text.replaceAll(BARE_IMPORT, ''));
  return { metafile };
}

/** Chunks do nothing by themselves. Without these imports, which are for the order of loading only, no bundler warns of them. */
const BARE_IMPORT = /^import "\.\/chunk-\w+\.js";$/gm;

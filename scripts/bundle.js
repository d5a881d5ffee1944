/**
 * Joins the compiled modules into a few files, one an entry point and chunks that these share: loading a hundred small
 * modules costs more than running them. What others have published stays outside.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const entryPoints = Object.values(exports)
  .filter((target) => target.default !== undefined)
  .map((target) => join(root, target.default.replace('/bundle/', '/lib/')));

rmSync(join(root, 'dist/bundle'), { recursive: true, force: true });
await build({
  entryPoints,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: process.argv.includes('--no-maps') ? false : 'linked',
  outdir: join(root, 'dist/bundle'),
  outbase: join(root, 'dist/lib'),
  logLevel: 'warning',
});

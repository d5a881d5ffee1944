/**
 * Joins the compiled modules into a few files, one an entry point and chunks that these share: loading a hundred small
 * modules costs more than running them. What others have published stays outside.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const { exports, imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const entryPoints = [...Object.values(exports), ...Object.values(imports).flatMap(({ module, ...rest }) => [{ default: module }, rest])]
  .filter((target) => target.default !== undefined)
  .map((target) => join(root, target.default.replace('/bundle/', '/lib/')));

const { outputFiles } = await build({
  entryPoints,
  write: false,
  keepNames: true,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  external: Object.keys(imports),
  sourcemap: process.argv.includes('--no-maps') ? false : 'linked',
  outdir: join(root, 'dist/bundle'),
  outbase: join(root, 'dist/lib'),
  logLevel: 'warning',
});

/**
 * `keepNames` names every function anew each time that it is made. Only classes are known by their names here, so that all
 * others, which have no prototype, are left alone.
 */
const NAMING = 'var __name = (target, value) => __defProp(target, "name", { value, configurable: true });';
const CLASSES = NAMING.replace('=> __defProp', '=> !Object.hasOwn(target, "prototype") ? target : __defProp');
let named = 0;
for (const { path, text } of outputFiles) {
  if (text.includes(NAMING)) named++;
  keep(path, text.replace(NAMING, CLASSES));
}
if (named === 0) throw new Error('The bundler names functions in another way than it did: see scripts/bundle.js.');
const made = new Set(outputFiles.map(({ path }) => path));
for (const entry of readdirSync(join(root, 'dist/bundle'), { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile() && !made.has(path)) rmSync(path);
}

/** Writes what has changed, whole or not at all: somebody may be running it. */
function keep(path, text) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
}

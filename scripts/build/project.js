import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** Returns a path below dist/. */
export const dist = (...parts) => join(ROOT, 'dist', ...parts);

export const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/**
 * The entry points that package.json exports, by the name of their files: `index` for the package itself, `v3` for
 * `bigrecord/v3`. The value is the path of their source below lib/, without extension.
 */
export const ENTRIES = new Map(
  Object.entries(manifest.exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([path]) => {
      const name = path === '.' ? 'index' : path.slice(2);
      return [name, sourceOf(name)];
    }),
);

/** The commands that package.json declares, likewise: they have no types and are never bundled. */
export const COMMANDS = new Map(
  Object.values(manifest.bin).map((path) => {
    const name = basename(path, '.cjs');
    return [name, sourceOf(name)];
  }),
);

function sourceOf(name) {
  const source = [name, `${name}/index`, `resources/${name}/index`].find((path) => existsSync(dist('lib', `${path}.js`)));
  if (source === undefined) throw new Error(`package.json names ${name}, which has no source in lib/.`);
  return source;
}

const written = new Set();

/** Writes a file atomically if it has changed: a program may be running it. */
export function write(path, text) {
  written.add(path);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
}

/** Removes files of earlier builds from these folders of dist/. */
export function removeStale(...folders) {
  for (const folder of folders)
    for (const entry of readdirSync(dist(folder), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && !written.has(path)) rmSync(path);
    }
}

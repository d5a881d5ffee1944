import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { run } from './run.js';

export const ROOT = resolve(import.meta.dirname, '../..');

/** Packs the package as for publishing. */
export async function pack(folder) {
  const printed = await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: ROOT });
  return join(folder, printed.trim().split('\n').at(-1));
}

export function writeFiles(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof text === 'string' ? text : `${JSON.stringify(text, null, 2)}\n`);
  }
}

/** Creates a project as `npm init` does. */
export function initialise(folder, { type = 'commonjs', ...files }) {
  writeFiles(folder, { 'package.json': { name: 'app', version: '1.0.0', private: true, type }, ...files });
}

export const install = (folder, packages, { isDev = false } = {}) =>
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...(isDev ? ['--save-dev'] : []), ...packages], { cwd: folder, seconds: 300 });

/** Further packages that the sandbox needs. */
export const SANDBOX = ['hono', '@hono/node-server'];

/** Returns the version of an installed package. */
export const versionOf = (folder, name) => JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;

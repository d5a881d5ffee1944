import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { VERSION } from '../../copies.js';
import { propertyOf } from '../../json-object.js';
import type { Check } from './check.js';

/** The oldest Node that works, as in package.json. */
const OLDEST: readonly [number, number] = [20, 19];

const PACKAGES = ['hono', '@hono/node-server', 'ioredis', 'bullmq', 'class-validator'];

/** Checks what runs here: Node, and the packages that are loaded if they are installed. */
export function localChecks(): Check[] {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const isNew = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  const packages = Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)]).filter(([, version]) => version !== undefined));
  const names = Object.entries({ bigrecord: VERSION, ...packages }).map(([name, version]) => `${name} ${version}`);
  return [
    {
      name: 'node',
      status: isNew ? 'ok' : 'problem',
      message: isNew ? node : `${node} is too old: install ${OLDEST.join('.')} or later`,
      data: { version: node },
    },
    { name: 'packages', status: 'ok', message: names.join(', '), data: { bigrecord: VERSION, ...packages } },
  ];
}

/** The version of a package that programs in this folder load. */
function versionOf(name: string): string | undefined {
  const { resolve } = createRequire(join(process.cwd(), 'doctor.js'));
  for (const folder of resolve.paths(name) ?? [])
    try {
      const version = propertyOf(JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')), 'version');
      if (typeof version === 'string') return version;
    } catch {
      // not in this folder
    }
  return undefined;
}

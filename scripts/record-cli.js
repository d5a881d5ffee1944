/**
 * Writes docs/recordings/*.txt anew: text recordings of the command at a terminal. With names, only those. Needs `script` of util-linux, and
 * a build.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RECORDINGS } from '../dist/spec/support/recordings.js';

const folder = resolve(import.meta.dirname, '../docs/recordings');
const [...names] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const [name, record] of Object.entries(RECORDINGS)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const text = await record();
  writeFileSync(join(folder, `${name}.txt`), text);
  console.log(text);
}

/**
 * Writes docs/recordings/*.txt anew, text recordings of the command at a terminal, and puts them into docs/cli.md. With names, only those.
 * Needs `script` of util-linux, and a build.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RECORDINGS } from '../dist/spec/support/recordings.js';

const folder = resolve(import.meta.dirname, '../docs/recordings');
const [...names] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const [name, record] of Object.entries(RECORDINGS)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const text = await record();
  writeFileSync(join(folder, `${name}.txt`), text);
  putIntoPage(text);
  console.log(text);
}

/** Replaces the block of output that begins with the same line. */
function putIntoPage(text) {
  const page = resolve(import.meta.dirname, '../docs/cli.md');
  const [first] = text.split('\n');
  const parts = readFileSync(page, 'utf8').split('```output\n');
  const replaced = parts.map((part) => (part.startsWith(`${first}\n`) ? text.trimEnd() + part.slice(part.indexOf('\n```')) : part));
  writeFileSync(page, replaced.join('```output\n'));
}

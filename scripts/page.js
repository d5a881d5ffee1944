import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Writes a page of docs/. With `--check`, writes nothing and exits with status 1 if the page is out of date. */
export function keep(name, page) {
  const file = join(resolve(import.meta.dirname, '../docs'), name);
  if (!process.argv.includes('--check')) writeFileSync(file, page);
  else if (readFileSync(file, 'utf8') !== page) {
    console.error(`docs/${name} is out of date: run npm run docs.`);
    process.exitCode = 1;
  }
}

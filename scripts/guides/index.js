/**
 * Extracts the worked requests and responses of the store management API from a checkout of the guides (bigcommerce/docs).
 *
 *   node scripts/guides/index.js <checkout> [--json] [--write <folder>]
 *
 * Prints a summary, with --json everything; --write replaces the fixtures of spec/contract/guides.spec.ts.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { unusedHints } from './hints.js';
import { readGuide } from './read-guide.js';
import { summaryOf } from './summary.js';
import { writeFixtures } from './write-fixtures.js';

const FOLDERS = ['docs', 'archive'];
const [checkout, ...flags] = process.argv.slice(2);

if (checkout === undefined || FOLDERS.some((folder) => !existsSync(join(checkout, folder)))) {
  console.error('Give a checkout of bigcommerce/docs: a folder with docs/ and archive/.');
  process.exitCode = 2;
} else extract(resolve(checkout));

function extract(root) {
  const guides = FOLDERS.flatMap((folder) => filesIn(root, folder)).map((file) => readGuide(file, readFileSync(join(root, file), 'utf8')));
  const samples = guides.flatMap((each) => each.samples);
  const skipped = guides.flatMap((each) => each.skipped);
  const folder = flags[flags.indexOf('--write') + 1];
  if (flags.includes('--write') && folder !== undefined) writeFixtures(resolve(folder), samples);
  for (const { file, title, has } of unusedHints()) console.error(`A hint fits nothing any more: ${file} ${title ?? has}`);
  console.log(flags.includes('--json') ? JSON.stringify({ samples, skipped }, null, 2) : summaryOf(samples, skipped));
}

function filesIn(root, folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => /\.mdx?$/.test(name))
    .sort();
}

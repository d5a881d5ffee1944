import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { factsOf } from './facts.js';

/** Replaces the JSON files of a folder by one file per guide: its path, and its samples. */
export function writeFixtures(folder, samples) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.json'))) rmSync(join(folder, name));
  for (const file of new Set(samples.map((each) => each.file))) {
    const own = samples.filter((each) => each.file === file).map(({ file: _, ...sample }) => factsOf(sample));
    writeFileSync(join(folder, nameOf(file)), `${JSON.stringify({ guide: file, samples: own }, null, 2)}\n`);
  }
}

/** docs/store-operations/orders/refunds.mdx: store-operations.orders.refunds.json */
const nameOf = (file) =>
  `${file
    .replace(/^docs\//, '')
    .replace(/\.mdx?$/, '')
    .replaceAll('/', '.')}.json`;

/** `npm run bench`: everything in one run on this machine; writes docs/benchmarks.md with its plots. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { jobs } from './jobs.js';
import { imports, memory } from './processes.js';
import { protocols } from './protocols.js';
import { records } from './records.js';
import { requests } from './requests.js';
import { sandbox } from './sandbox.js';
import { machine } from './support/machine.js';
import { progressLine } from './support/progress-line.js';
import { markdown, plot, type Section } from './support/report.js';

const ROOT = new URL('../../', import.meta.url);
const RIVALS = ['got', 'undici', 'axios', 'node-bigcommerce', '@space48/bigcommerce-api', 'class-transformer', 'typeorm'];

const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(fileURLToPath(new URL(`node_modules/${name}/package.json`, ROOT)), 'utf8')) as { version: string }).version;

const begun = performance.now();
const sections: Section[] = [];
const parts: Readonly<Record<string, () => Promise<Section | Section[]>>> = {
  imports,
  records,
  requests,
  protocols,
  jobs,
  sandbox,
  memory,
};
const wanted = process.argv.slice(2);
const chosen = Object.entries(parts).filter(([name]) => wanted.length === 0 || wanted.includes(name));
for (const [at, [name, part]] of chosen.entries()) {
  const line = progressLine(
    () => `bench: ${name}, part ${at + 1} of ${chosen.length}, ${Math.round((performance.now() - begun) / 1000)} s`,
  );
  const made = await part().finally(() => line.clear());
  for (const section of [made].flat()) {
    console.log(`\n${markdown(section).split('\n![')[0]}`);
    sections.push(section);
  }
}
const seconds = Math.round((performance.now() - begun) / 1000);
console.log(`${seconds} seconds.`);

if (wanted.length === 0) {
  const page = [
    '# Benchmarks',
    '',
    `Measured by \`npm run bench\` in ${seconds} seconds, on ${machine()}; ${RIVALS.map((name) => `${name} ${versionOf(name)}`).join(', ')}.`,
    'Ratios are medians of pairs from one run. Do not compare absolute times with those of other machines or days.',
    '',
    ...sections.map(markdown),
  ].join('\n');
  mkdirSync(new URL('docs/benchmarks/', ROOT), { recursive: true });
  writeFileSync(new URL('docs/benchmarks.md', ROOT), page);
  for (const section of sections) writeFileSync(new URL(`docs/benchmarks/${section.id}.svg`, ROOT), plot(section));
}

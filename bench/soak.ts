/**
 * Runs at full speed over a faulty network, to find memory and handle leaks. `npm run soak` runs five minutes and
 * writes docs/soak.md; `npm run soak -- 30` runs half a minute and writes nothing.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HttpError, NetworkError, Session } from 'bigrecord';
import { Brand, Customer, Product } from 'bigrecord/v3';
import { machine } from './support/machine.js';
import { progressLine } from './support/progress-line.js';

const SECONDS = Number(process.argv[2] ?? 300);
const JOBS = 16;
const EVERY_MS = Math.max(1000, (SECONDS * 1000) / 30);
const MEBIBYTE = 1024 * 1024;

interface Sample {
  readonly second: number;
  readonly requests: number;
  readonly heap: number;
  readonly rss: number;
  readonly handles: number;
}

const server = fork(fileURLToPath(new URL('./soak-server.js', import.meta.url)), { execArgv: [] });
const [credentials] = (await once(server, 'message')) as [ConstructorParameters<typeof Session>[0]];
const session = Session.configure({ ...credentials, retry: { limit: 6, baseMs: 2 } });
let requests = 0;
session.on('request', () => requests++);

const failures = new Map<string, number>();
const samples: Sample[] = [];
const begun = performance.now();
const end = begun + SECONDS * 1000;

/** Typical jobs, one after another, endlessly. */
async function job(number: number): Promise<void> {
  for (let round = 0; performance.now() < end; round++) {
    const name = `soak ${number} ${round}`;
    try {
      const brand = await Brand.create({ name });
      await brand.update({ page_title: name });
      await Promise.all([1, 2, 3].map((at) => Product.find(1 + ((round * 7 + at) % 2000))));
      let seen = 0;
      for await (const product of Product.where({ is_visible: true }).include('variants').perPage(50)) {
        for (const variant of await product.variants) variant.price = round;
        if (++seen === 100) break;
      }
      const products = await Product.where({ id: { in: [1, 2, 3, 4].map((at) => at + number * 10) } })
        .preload('brand')
        .all();
      for (const product of products) product.price = round + 1;
      await Product.saveMany(products);
      const { succeeded } = await Customer.createMany(
        [1, 2, 3].map((at) => ({ email: `s${number}-${round}-${at}@example.com`, first_name: 'S', last_name: name })),
      );
      await Customer.destroyMany(succeeded);
      const aborted = new AbortController();
      const late = Product.find(1 + (round % 2000), { signal: aborted.signal }).catch(() => {});
      if (round % 5 === 0) aborted.abort();
      await late;
      await brand.destroy();
    } catch (error) {
      if (!(error instanceof HttpError) && !(error instanceof NetworkError)) throw error;
      failures.set(error.name, (failures.get(error.name) ?? 0) + 1);
    }
  }
}

function sample(): void {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  samples.push({
    second: Math.round((performance.now() - begun) / 1000),
    requests,
    heap: heapUsed / MEBIBYTE,
    rss: rss / MEBIBYTE,
    handles: process.getActiveResourcesInfo().length,
  });
}

const timer = setInterval(sample, EVERY_MS);
const line = progressLine(() => {
  const seconds = (performance.now() - begun) / 1000;
  return `soak: ${Math.round(seconds)} of ${SECONDS} s, ${requests} requests, ${Math.round(requests / seconds)} per second, ${Math.max(0, Math.round(SECONDS - seconds))} s left`;
});
await Promise.all(Array.from({ length: JOBS }, (_, number) => job(number)));
clearInterval(timer);
line.clear();
await session.close();
await new Promise((resolve) => setTimeout(resolve, 100));
sample();
server.disconnect();

const mean = (part: readonly Sample[], of: 'heap' | 'rss' | 'handles'): number =>
  part.reduce((sum, each) => sum + each[of], 0) / Math.max(1, part.length);
const running = samples.slice(0, -1);
const third = Math.floor(running.length / 3);
const parts = [running.slice(third, 2 * third), running.slice(2 * third)] as const;
const rows = samples.filter((_, at) => at % 3 === 0 || at === samples.length - 1);
const report = [
  `${SECONDS} seconds, ${JOBS} jobs at once, ${requests} requests (${Math.round(requests / SECONDS)} per second), over a network with faults;`,
  `operations that ended with an expected error: ${[...failures].map(([name, count]) => `${count} ${name}`).join(', ') || 'none'}.`,
  '',
  '| second | requests | heap after collection, MiB | resident, MiB | handles |',
  '|---:|---:|---:|---:|---:|',
  ...rows.map(
    ({ second, requests: count, heap, rss, handles }) => `| ${second} | ${count} | ${heap.toFixed(1)} | ${rss.toFixed(0)} | ${handles} |`,
  ),
  '',
  `From the second third of the run to the last: heap ×${(mean(parts[1], 'heap') / mean(parts[0], 'heap')).toFixed(3)}, resident ×${(mean(parts[1], 'rss') / mean(parts[0], 'rss')).toFixed(3)}, ` +
    `handles ${mean(parts[0], 'handles').toFixed(1)} → ${mean(parts[1], 'handles').toFixed(1)}. The last row is after \`session.close()\`.`,
].join('\n');
console.log(report);
if (process.argv[2] === undefined) {
  const page = ['# Soak run', '', 'Made by `npm run soak`.', '', report, '', `Measured on ${machine()}.`, ''].join('\n');
  writeFileSync(fileURLToPath(new URL('../../docs/soak.md', import.meta.url)), page);
}

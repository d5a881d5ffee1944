import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median, openShop } from './support/measure.js';
import type { Section } from './support/report.js';

const run = promisify(execFile);
const MEBIBYTE = 1024 * 1024;
const ENTRIES = [
  'got',
  'bigrecord',
  'bigrecord/v2',
  'bigrecord/v3',
  'bigrecord/sandbox',
  'bigrecord/oauth',
  'bigrecord/webhooks',
  'bigrecord/redis',
  'axios',
  'typeorm',
];
const HERE = fileURLToPath(new URL('.', import.meta.url));

/** (g) What importing costs, each in a process of its own. */
export async function imports(): Promise<Section> {
  const ms = new Map<string, number[]>(ENTRIES.map((entry) => [entry, []]));
  const heaps = new Map<string, number[]>(ENTRIES.map((entry) => [entry, []]));
  for (let round = 0; round < 11; round++)
    for (const entry of ENTRIES) {
      const script = `const begun = performance.now(); await import('${entry}'); const ms = performance.now() - begun;
        gc(); console.log(JSON.stringify({ ms, heap: process.memoryUsage().heapUsed }))`;
      const { stdout } = await run(process.execPath, ['--expose-gc', '--input-type=module', '-e', script], { cwd: HERE });
      const told = JSON.parse(stdout) as { ms: number; heap: number };
      ms.get(entry)?.push(told.ms);
      heaps.get(entry)?.push(told.heap);
    }
  const first = ms.get('got') as number[];
  return {
    id: 'import',
    title: 'Importing',
    drawn: 'ms',
    lines: ENTRIES.map((entry) => {
      const all = ms.get(entry) as number[];
      return {
        name: entry,
        figures: {
          ms: Math.round(median(all)),
          'got = 1': median(all.map((each, at) => each / (first[at] as number))).toFixed(2),
          'heap, MiB': (median(heaps.get(entry) as number[]) / MEBIBYTE).toFixed(1),
        },
      };
    }),
  };
}

/** (h) The most memory of a walk, by its length. */
export async function memory(): Promise<Section> {
  const shop = await openShop();
  const walk = async (walker: string, count: number, flags: string[]): Promise<{ heap: number; resident: number }> => {
    const args = [String(shop.port), String(count), walker];
    const child = fork(fileURLToPath(new URL('./memory.js', import.meta.url)), args, { execArgv: flags });
    const [told] = (await once(child, 'message')) as [{ seen: number; heap: number; resident: number }];
    if (told.seen !== count) throw new Error(`Expected ${count} records, got ${told.seen}.`);
    return { heap: told.heap / MEBIBYTE, resident: told.resident / MEBIBYTE };
  };
  const lines: Section['lines'][number][] = [];
  const WALKS = [
    ['bigrecord', 10_000],
    ['bigrecord', 100_000],
    ['bigrecord', 500_000],
    ['got, by hand', 10_000],
    ['got, by hand', 500_000],
  ] as const;
  let first = 0;
  for (const [walker, count] of WALKS) {
    const begun = performance.now();
    const { heap, resident } = await walk(walker, count, []);
    const seconds = (performance.now() - begun) / 1000;
    const alive = await walk(walker, count, ['--expose-gc']);
    if (count === 10_000) first = resident;
    lines.push({
      name: `${walker}: ${count.toLocaleString('en')} records`,
      figures: {
        'alive at most, MiB': alive.heap.toFixed(1),
        'heap at most, MiB': heap.toFixed(0),
        'resident at most, MiB': resident.toFixed(0),
        'resident, 10,000 = 1': (resident / first).toFixed(2),
        seconds: seconds.toFixed(1),
      },
    });
  }
  shop.close();
  return {
    id: 'memory',
    title: 'Memory of a walk over all products',
    drawn: 'resident at most, MiB',
    notes: [
      'Alive is what collections, one every 5,000 records in a run of its own, left of the heap.',
      "V8's heap grows with the garbage that it lets lie, up to a limit of its own: got by hand, one page after the other, shows how much.",
    ],
    lines,
  };
}

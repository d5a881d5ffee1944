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

/** (g) The cost of importing, each in a separate process. */
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

/** (h) The maximum memory while iterating, by the number of records. */
export async function memory(): Promise<Section> {
  const shop = await openShop();
  const iterate = async (library: string, count: number, flags: string[]): Promise<{ heap: number; resident: number }> => {
    const args = [String(shop.port), String(count), library];
    const child = fork(fileURLToPath(new URL('./memory.js', import.meta.url)), args, { execArgv: flags });
    const [told] = (await once(child, 'message')) as [{ seen: number; heap: number; resident: number }];
    if (told.seen !== count) throw new Error(`Expected ${count} records, got ${told.seen}.`);
    return { heap: told.heap / MEBIBYTE, resident: told.resident / MEBIBYTE };
  };
  const lines: Section['lines'][number][] = [];
  const RUNS = [
    ['bigrecord', 10_000],
    ['bigrecord', 100_000],
    ['bigrecord', 500_000],
    ['got, by hand', 10_000],
    ['got, by hand', 500_000],
  ] as const;
  let first = 0;
  for (const [library, count] of RUNS) {
    const begun = performance.now();
    const { heap, resident } = await iterate(library, count, []);
    const seconds = (performance.now() - begun) / 1000;
    const alive = await iterate(library, count, ['--expose-gc']);
    if (count === 10_000) first = resident;
    lines.push({
      name: `${library}: ${count.toLocaleString('en')} records`,
      figures: {
        'alive, max. MiB': alive.heap.toFixed(1),
        'heap, max. MiB': heap.toFixed(0),
        'resident, max. MiB': resident.toFixed(0),
        'resident, 10,000 = 1': (resident / first).toFixed(2),
        seconds: seconds.toFixed(1),
      },
    });
  }
  shop.close();
  return {
    id: 'memory',
    title: 'Memory while iterating over all products',
    drawn: 'resident, max. MiB',
    notes: [
      '"Alive" is the heap after garbage collections, one every 5,000 records, in a separate run.',
      'V8 lets garbage accumulate up to a limit of its own: compare with got by hand, which reads one page after another.',
    ],
    lines,
  };
}

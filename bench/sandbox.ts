import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Order } from 'bigrecord/v2';
import { Product } from 'bigrecord/v3';
import { median, rounds } from './support/measure.js';
import type { Section } from './support/report.js';

const FINDS = 1000;
const ROUNDS = 9;
const SOCKET = 'with a socket';
const IN_PROCESS = 'in process';

/** The sandbox: how fast it starts, is reset and responds, with and without a socket. */
export async function sandbox(): Promise<Section[]> {
  return [await states(), await finds()];
}

async function states(): Promise<Section> {
  const first = await firstStarts();
  const store = await Sandbox.start({ port: false });
  const snapshot = store.snapshot();
  const times = await rounds(
    {
      'start, in process': async () => (await Sandbox.start({ port: false })).stop(),
      'start, with a socket': async () => (await Sandbox.start()).stop(),
      'start and list two resources, in process': async () => {
        const started = await Sandbox.start({ port: false });
        started.rows(Product);
        started.rows(Order);
        await started.stop();
      },
      'reset()': () => store.reset(),
      'reset() and list two resources': () => {
        store.reset();
        store.rows(Product);
        store.rows(Order);
      },
      'snapshot()': () => store.snapshot(),
      'restore()': () => store.restore(snapshot),
      'create(Product)': () => store.create(Product),
      'create(Order)': () => store.create(Order),
    },
    ROUNDS,
    3,
  );
  await store.stop();
  const lines = [['first start of a process, in process', first] as const, ...times];
  return {
    id: 'sandbox-states',
    title: 'The sandbox: start, reset and factories',
    drawn: 'ms',
    lines: lines.map(([name, each]) => ({ name, figures: { ms: median(each).toFixed(2) } })),
    notes: [
      'The first start of a process builds the routes and the demo store; later ones copy a table when it is first used. It does not count loading the modules.',
    ],
  };
}

/** Milliseconds of the first start, each in a process of its own. */
async function firstStarts(): Promise<number[]> {
  const program = fileURLToPath(new URL('./support/first-start.js', import.meta.url));
  const times: number[] = [];
  for (let round = 0; round < 5; round++) times.push(Number((await promisify(execFile)(process.execPath, [program])).stdout));
  return times;
}

async function finds(): Promise<Section> {
  const stores = { [SOCKET]: await Sandbox.start(), [IN_PROCESS]: await Sandbox.start({ port: false }) };
  const sessions = Object.values(stores).map((store) => new Session(store.credentials));
  const contestants = Object.entries(stores).map(([name, store], at) => {
    const Products = Product.using(sessions[at] ?? Session.default);
    return [
      name,
      async () => {
        // Options of its own keep a find from sharing its request with others.
        for (let find = 0; find < FINDS; find++) await Products.find(1 + (find % 60), { retry: { limit: 3 } });
        store.requests.length = 0;
      },
    ] as const;
  });
  const times = await rounds(Object.fromEntries(contestants), ROUNDS, 2);
  await Promise.all(sessions.map((session) => session.close()));
  await Promise.all(Object.values(stores).map((store) => store.stop()));
  const own = times.get(SOCKET) ?? [];
  return {
    id: 'sandbox-finds',
    title: 'The sandbox: 1,000 finds, one after the other',
    drawn: 'per second',
    lines: [...times].map(([name, each]) => ({
      name,
      figures: {
        'per second': Math.round((FINDS / median(each)) * 1000),
        'rate, socket = 1': median(each.map((ms, round) => (own[round] ?? ms) / ms)).toFixed(1),
      },
    })),
  };
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { RedisServer } from '../spec/support/redis.js';
import { ScaleStores, type StoreUse } from './support/scale-store.js';
import { reprice } from './support/scale-worker.js';

/**
 * `npm run bench:scale`: reprices the products of many stores by 1, 2 and 4 workers, each a process, which share the quotas of the stores
 * through Redis. Windows are scaled in time: 150 requests in 10 seconds for 30, unless the environment says otherwise; so is the number of
 * stores and products, by default to what two cores do in five minutes. SCALE_STORES=200 SCALE_PRODUCTS=5000 SCALE_QUOTA=90 SCALE_WINDOW_MS=60000
 * is the whole thing: 300 requests a second, for six minutes with each number of workers. A worker with a core of its own
 * sends up to 400.
 */
const setting = (name: string, otherwise: number): number => Number(process.env[`SCALE_${name}`] ?? otherwise);
const STORES = setting('STORES', 4);
const PRODUCTS = setting('PRODUCTS', 5000);
const QUOTA = setting('QUOTA', 150);
const WINDOW_MS = setting('WINDOW_MS', 10_000);
const LATENCY_MS = setting('LATENCY_MS', 30);
if (WINDOW_MS > 60_000) throw new Error('SCALE_WINDOW_MS can be 60000 at most: sessions do not believe in longer windows.');
const WORKERS = (process.argv[2] ?? '1,2,4').split(',').map(Number);

interface Figures {
  readonly workers: number;
  readonly seconds: string;
  readonly used: string;
  readonly refused: number;
  readonly 'repriced once': string;
  readonly 'requests/1,000': string;
  readonly 'Redis commands/1,000': string;
  readonly 'Redis CPU ms/1,000': string;
  readonly 'worker CPU ms/1,000': string;
}

async function measure(redis: RedisServer, stores: ScaleStores, workers: number): Promise<Figures> {
  const hashes = Array.from({ length: STORES }, (_, at) => `store${at + 1}`);
  stores.fill(hashes, PRODUCTS);
  const admin = new Redis(redis.url);
  await admin.flushall();
  // A partition that waits for its store's quota holds a place, so there is one for each.
  const concurrency = String(Math.ceil((STORES * PARTITIONS) / workers));
  const children = await Promise.all(Array.from({ length: workers }, () => started([stores.url, redis.url, concurrency, ...hashes])));
  await admin.config('RESETSTAT');
  const cpuBefore = await redisCpu(admin);
  const run = await reprice.enqueue({ stores: hashes, connection: admin });
  const began = performance.now();
  const { done, failed } = await run.finished();
  const seconds = (performance.now() - began) / 1000;
  const commands = Number(/total_commands_processed:(\d+)/.exec(await admin.info('stats'))?.[1]);
  const cpu = (await redisCpu(admin)) - cpuBefore;
  let own = 0;
  for (const child of children) {
    child.send('usage');
    const [{ user, system }] = await once(child, 'message');
    own += (user + system) / 1000;
    child.kill('SIGKILL');
  }
  admin.disconnect();
  const uses = stores.uses();
  const thousands = done / 1000;
  const sent = uses.reduce((sum, { windows }) => sum + windows.reduce((all, each) => all + each, 0), 0);
  return {
    workers,
    seconds: seconds.toFixed(1),
    used: `${(usedOf(uses) * 100).toFixed(1)} %`,
    refused: uses.reduce((sum, { refused }) => sum + refused, 0),
    'repriced once': `${uses.reduce((sum, { repriced }) => sum + repriced, 0)} of ${STORES * PRODUCTS}${failed > 0 ? `, ${failed} failed` : ''}`,
    'requests/1,000': (sent / thousands).toFixed(1),
    'Redis commands/1,000': (commands / thousands).toFixed(0),
    'Redis CPU ms/1,000': ((cpu * 1000) / thousands).toFixed(1),
    'worker CPU ms/1,000': (own / thousands).toFixed(1),
  };
}

/** Partitions of a store, by default. */
const PARTITIONS = 4;

/** The share of the quotas that was used, while a store had work: the first window, in which nothing is known, and the last one are left out. */
function usedOf(uses: readonly StoreUse[]): number {
  const full = uses.flatMap(({ windows }) => windows.slice(1, -1));
  return full.reduce((sum, each) => sum + each, 0) / (QUOTA * full.length);
}

async function redisCpu(admin: Redis): Promise<number> {
  const text = await admin.info('cpu');
  return Number(/used_cpu_sys:([\d.]+)/.exec(text)?.[1]) + Number(/used_cpu_user:([\d.]+)/.exec(text)?.[1]);
}

async function started(args: readonly string[]): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('./support/scale-worker.js', import.meta.url)), [...args]);
  await once(child, 'message');
  return child;
}

const redis = await RedisServer.start();
const stores = await ScaleStores.start({ quota: QUOTA, windowMs: WINDOW_MS, latencyMs: LATENCY_MS });
console.log(`${STORES} stores × ${PRODUCTS} products, ${QUOTA} requests per ${WINDOW_MS / 1000} s and store, ${LATENCY_MS} ms\n`);
const figures: Figures[] = [];
for (const workers of WORKERS) figures.push(await measure(redis, stores, workers));
console.table(figures);
stores.close();
await redis.stop();
process.exit();

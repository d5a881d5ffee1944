import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { RedisServer } from '../spec/support/redis.js';
import { BudgetStore, type UsedWindow } from './support/budget-store.js';

/**
 * `npm run bench:budget`: processes that share the quota of one store through Redis, and a client beside that takes a fifth of it and
 * knows of nobody. Windows are scaled in time: 150 requests in 3 seconds for 30. The first window, in which nothing is known, counts
 * for refusals only.
 */
const QUOTA = 150;
const WINDOW_MS = 3000;
const LATENCY_MS = 50;
const FOREIGN_PER_SECOND = 10;
const CALLERS = 8;
const WINDOWS = 8;
const PROCESSES = (process.argv[2] ?? '1,4,20,50').split(',').map(Number);

interface Figures {
  readonly processes: number;
  readonly used: string;
  readonly refused: number;
  readonly 'evals/request': string;
  readonly 'µs/eval': string;
  readonly 'own/window': string;
}

async function measure(redis: RedisServer, processes: number): Promise<Figures> {
  const admin = new Redis(redis.url);
  await admin.flushall();
  const store = await BudgetStore.start({ quota: QUOTA, windowMs: WINDOW_MS, latencyMs: LATENCY_MS });
  const children = await started(processes, [store.url, redis.url, String(CALLERS)]);
  await admin.config('RESETSTAT');
  store.reset();
  void store.beside(FOREIGN_PER_SECOND);
  for (const child of children) child.send('begin');
  await delay(WINDOW_MS * WINDOWS + 200);
  const stats = await admin.info('commandstats');
  const windows = store.windows.slice(0, WINDOWS);
  const all = windows.reduce((sum, { own, refused }) => sum + own + refused, 0);
  for (const child of children) child.kill('SIGKILL');
  store.close();
  admin.disconnect();
  const full = windows.slice(1);
  const used = full.reduce((sum, { own, foreign }) => sum + own + foreign, 0) / (QUOTA * full.length);
  const { calls, micros } = evalsOf(stats);
  return {
    processes,
    used: `${(used * 100).toFixed(1)} %`,
    refused: windows.reduce((sum: number, { refused }: UsedWindow) => sum + refused, 0),
    'evals/request': (calls / all).toFixed(2),
    'µs/eval': (micros / calls).toFixed(0),
    'own/window': windows.map(({ own }) => own).join(' '),
  };
}

async function started(count: number, args: string[]): Promise<ChildProcess[]> {
  const children: ChildProcess[] = [];
  for (let at = 0; at < count; at += 4) {
    // They stand for other machines: they must not take the processor from the store and from Redis.
    const some = Array.from({ length: Math.min(4, count - at) }, () =>
      fork(fileURLToPath(new URL('./support/budget-process.js', import.meta.url)), args),
    );
    await Promise.all(some.map((child) => once(child, 'message')));
    for (const { pid } of some) if (pid !== undefined) setPriority(pid, 3);
    children.push(...some);
  }
  return children;
}

function evalsOf(stats: string): { calls: number; micros: number } {
  let [calls, micros] = [0, 0];
  for (const [, count, usec] of stats.matchAll(/cmdstat_eval(?:sha)?:calls=(\d+),usec=(\d+)/g)) {
    calls += Number(count);
    micros += Number(usec);
  }
  return { calls, micros };
}

const redis = await RedisServer.start();
try {
  const rows: Figures[] = [];
  for (const processes of PROCESSES) rows.push(await measure(redis, processes));
  console.table(rows);
} finally {
  await redis.stop();
}

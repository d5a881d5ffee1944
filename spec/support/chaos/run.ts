import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobReport, Run } from '../../../lib/jobs/index.js';
import { CHAOS_JOBS, CHAOS_KINDS, type ChaosKind } from './jobs.js';
import { wrongs } from './judge.js';
import { MOMENTS } from './killer.js';
import { randomOf } from './random.js';
import type { ChaosRedis } from './redis.js';
import type { ChaosStore } from './store.js';

/** How wild a run is. */
export interface Chaos {
  readonly seed: number;
  /** Rows of each kind. */
  readonly count: number;
  readonly kills: number;
  readonly redisKills: number;
  /** Redis comes back with what it kept a while ago. */
  readonly isRolledBack?: boolean;
}

const path = (name: string): string => new URL(`./${name}.js`, import.meta.url).pathname;

function start(name: string, args: readonly string[], random: () => number, isMortal: boolean, most: number): ChildProcess {
  const moment = MOMENTS[Math.floor(random() * MOMENTS.length)] ?? '';
  const env = isMortal ? { ...process.env, KILL_MOMENT: moment, KILL_NUMBER: String(1 + Math.floor(random() * most)) } : process.env;
  return fork(path(name), [...args], { stdio: ['ignore', 'ignore', process.env['CHAOS_DEBUG'] ? 'inherit' : 'ignore', 'ipc'], env });
}

/** Prepares the store of a run. */
function reset(store: ChaosStore, { seed, count }: Chaos): void {
  store.reset(seed, Object.fromEntries(CHAOS_KINDS.map((kind) => [kind, kind === 'create' ? 0 : count])));
  store.faults = { unavailable: 0.03, lost: 0.03 };
}

/** Runs the jobs on Redis, while workers and Redis are killed. Returns what went wrong. */
export async function onRedis(
  store: ChaosStore,
  redis: ChaosRedis,
  chaos: Chaos,
): Promise<{ wrong: string[]; kills: number; repeated: number }> {
  const { seed, count, kills: most, redisKills, isRolledBack = false } = chaos;
  const random = randomOf(seed);
  reset(store, chaos);
  const id = `seed-${seed}-${isRolledBack ? 'back' : 'on'}`;
  const runs = new Map<ChaosKind, Run>();
  // Relative changes cannot be healed when Redis forgets that they were made: no key tells whether a price was raised.
  const kinds = isRolledBack ? (['create', 'remove'] as const) : CHAOS_KINDS;
  for (const kind of kinds)
    runs.set(kind, await CHAOS_JOBS[kind].enqueue({ stores: [kind], params: { count }, connection: redis.url, id }));
  const workers = new Set<ChildProcess>();
  let kills = 0;
  let isOver = false;
  const spawn = (): void => {
    if (isOver) return;
    const worker = start('worker', [redis.url, store.url], random, kills < most, count / 4);
    workers.add(worker);
    worker.once('exit', () => {
      workers.delete(worker);
      kills++;
      spawn();
    });
  };
  for (let n = 0; n < 2; n++) spawn();
  const redisKilled = killRedis(redis, { random, times: redisKills, isRolledBack, isOver: () => isOver, workers });
  const reports = await Promise.all([...runs].map(async ([kind, run]) => [kind, await ended(run)] as const));
  isOver = true;
  await redisKilled;
  for (const worker of workers) worker.kill('SIGKILL');
  const wrong = reports.flatMap(([kind, report]) => wrongs(store, kind, count, report, isRolledBack));
  for (const [kind, run] of runs)
    for await (const { key, stage, message } of run.failures()) wrong.push(`${kind} ${key} failed (${stage}): ${message}`);
  return { wrong, kills, repeated: reports.reduce((sum, [, { repeated }]) => sum + repeated, 0) };
}

async function ended(run: Run): Promise<JobReport> {
  const end = Date.now() + 120_000;
  for (;;) {
    const report = await run.report();
    if (report.state === 'completed' || report.state === 'failed' || Date.now() > end) return report;
    await sleep(100);
  }
}

async function killRedis(
  redis: ChaosRedis,
  {
    random,
    times,
    isRolledBack,
    isOver,
    workers,
  }: { random: () => number; times: number; isRolledBack: boolean; isOver: () => boolean; workers: Set<ChildProcess> },
): Promise<void> {
  for (let n = 0; n < times && !isOver(); n++) {
    await sleep(600 + random() * 1200);
    if (isRolledBack) {
      redis.remember();
      await sleep(600 + random() * 600);
      const [worker] = workers;
      worker?.kill('SIGKILL');
      await redis.rollBack();
    } else {
      await redis.kill();
      await sleep(random() * 200);
      await redis.start();
    }
  }
}

/** Runs the jobs without Redis, in a process that is killed. Returns what went wrong. */
export async function inFiles(store: ChaosStore, chaos: Chaos): Promise<{ wrong: string[]; kills: number; repeated: number }> {
  const random = randomOf(chaos.seed);
  reset(store, chaos);
  const folder = mkdtempSync(join(tmpdir(), 'chaos-'));
  try {
    let kills = 0;
    for (;;) {
      const child = start('local', [folder, store.url, String(chaos.count)], random, kills < chaos.kills, chaos.count / 3);
      let reports: Record<string, JobReport> | undefined;
      child.once('message', (message) => (reports = message as Record<string, JobReport>));
      await once(child, 'exit');
      if (reports !== undefined) {
        const all = Object.entries(reports);
        const wrong = CHAOS_KINDS.flatMap((kind) => (reports?.[kind] === undefined ? [] : wrongs(store, kind, chaos.count, reports[kind])));
        return { wrong, kills, repeated: all.reduce((sum, [, { repeated }]) => sum + repeated, 0) };
      }
      if (++kills > chaos.kills + 3) return { wrong: [`the process ended ${kills} times without a report`], kills, repeated: 0 };
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

import { ConfigurationError } from '../../errors/configuration-error.js';
import type { StoreSession } from '../../session/session.js';
import type { JobContext } from '../context.js';
import { decode } from '../engine/intent.js';
import type { Checkpoint } from '../engine/journal.js';
import { queryOf } from '../engine/reader.js';
import type { CheckedJob, PartitionTask, RetriedFailure } from '../engine/task.js';
import type { LogEntryRows } from '../engine/written-rows.js';
import type { StoreSessions } from '../store-sessions.js';
import { pipelined } from './commands.js';
import type { Client } from './connection.js';
import { RunKeys } from './keys.js';
import { type RunFacts, RunStore } from './run-store.js';
import type { StorePart, StorePlan } from './store-plan.js';

const PARTITIONS = 4;
const AT_ONCE = 100;

/** Plans the partitions of a store. An error that no repetition helps is part of the plan. */
export async function planStore(job: CheckedJob, facts: RunFacts, store: RunStore, context: JobContext<unknown>): Promise<StorePlan> {
  if (facts.reverts !== undefined) {
    const original = new RunStore(store.redis, RunKeys.of(job.name, job.version, facts.reverts));
    return { parts: await partsOfRevert(original, context.store) };
  }
  const { definition, kind } = job;
  if (definition.source === undefined) return { parts: [{ n: '0', mode: 'work' }] };
  const query = queryOf(definition, context);
  const parts = await query.partitions(kind === 'write' ? 1 : (definition.partitions ?? PARTITIONS), { signal: context.signal });
  return { parts: parts.map(({ from, to, rows }, at) => ({ n: String(at), mode: 'work', from, to, rows })) };
}

/** Returns the partitions of the revert of a run, one for each of its own: they read what it has written. */
export async function partsOfRevert(run: RunStore, store: string): Promise<StorePart[]> {
  const { redis, keys } = run;
  const { parts = [] } = (await run.plan(store)) ?? {};
  const lengths = await pipelined(redis, (pipeline) => {
    for (const { n } of parts) pipeline.llen(keys.log(store, n));
  });
  return parts.map(({ n, rows }, at) => ({ n, mode: 'revert', rows, log: Number(lengths[at]) }));
}

/** Returns what a partition is about. */
export function taskOf(run: RunStore, { name, version }: CheckedJob, facts: RunFacts, store: string, part: StorePart): PartitionTask {
  const { redis, keys } = run;
  if (part.mode === 'work') return { mode: 'work', range: { from: part.from, to: part.to } };
  if (part.mode === 'retry')
    return {
      mode: 'retry',
      failures: () => retriedIn(redis, keys.retry(store, part.n)),
      before: () => checkpointsBefore(run, store, part),
    };
  const original = RunKeys.of(name, version, facts.reverts ?? '');
  return { mode: 'revert', log: () => logIn(redis, original.log(store, part.n)) };
}

async function checkpointsBefore(run: RunStore, store: string, { n }: StorePart): Promise<Checkpoint[]> {
  const { parts = [] } = (await run.plan(store)) ?? {};
  const at = parts.findIndex((part) => part.n === n);
  const before = parts.slice(0, at);
  return (await run.parts(new Map([[store, { parts: before }]]))).map(({ checkpoint }) => checkpoint);
}

async function* entriesIn(redis: Client, key: string): AsyncGenerator<string, void, undefined> {
  for (let at = 0; ; at += AT_ONCE) {
    const some = await redis.lrange(key, at, at + AT_ONCE - 1);
    yield* some;
    if (some.length < AT_ONCE) return;
  }
}

async function* retriedIn(redis: Client, key: string): AsyncGenerator<RetriedFailure, void, undefined> {
  for await (const text of entriesIn(redis, key)) yield decode<RetriedFailure>(text);
}

async function* logIn(redis: Client, key: string): AsyncGenerator<LogEntryRows, void, undefined> {
  for await (const text of entriesIn(redis, key)) {
    const end = text.indexOf('\n');
    yield { applied: text.slice(0, end), intent: text.slice(end + 1) };
  }
}

/** Returns what the functions of a job get. */
export function contextFor(
  facts: RunFacts,
  store: string,
  session: StoreSession,
  { signal, attempt, stores }: { signal: AbortSignal; attempt: number; stores: StoreSessions | undefined },
): JobContext<unknown> {
  return {
    params: structuredClone(facts.params),
    store,
    session,
    signal,
    attempt,
    sessionOf: async (other) => sessionFor(stores, other),
  };
}

/** @throws ConfigurationError if there is nobody to ask */
export async function sessionFor(stores: StoreSessions | undefined, store: string): Promise<StoreSession> {
  if (stores === undefined) throw new ConfigurationError(`startWorker() needs \`stores\`, which give the session of store ${store}.`);
  return stores.session(store);
}

import { ArgumentError } from '../../errors/argument-error.js';
import { grouped } from '../../grouped.js';
import { type Checkpoint, START } from '../engine/journal.js';
import type { CheckedJob } from '../engine/task.js';
import { decodeParams, encodeParams } from '../params.js';
import { countsOf, type JobReport, type JobState, reportOf, type StoreReport } from '../report.js';
import { pipelined, runScript } from './commands.js';
import type { Client } from './connection.js';
import { RUNS, RunKeys } from './keys.js';
import { END_STORE, PLAN, SET_STATE, START_RUN } from './scripts.js';
import { planIn, type StorePart, type StorePlan } from './store-plan.js';

/** What is known of a run. */
export interface RunFacts {
  readonly job: string;
  readonly version: number;
  readonly id: string;
  readonly params: unknown;
  /** The id of the run that this one reverts. */
  readonly reverts: string | undefined;
  readonly createdAt: number;
  readonly keepMs: number;
}

/** A partition with how far it is. */
export interface PartState {
  readonly store: string;
  readonly part: StorePart;
  readonly checkpoint: Checkpoint;
  /** Whether somebody writes, or may still do so. */
  readonly isHeld: boolean;
}

/** How many partitions are read in one round trip. */
const AT_ONCE = 100;

/** Reads and writes what a run keeps in Redis, besides its partitions. */
export class RunStore {
  readonly redis: Client;
  readonly keys: RunKeys;

  constructor(redis: Client, keys: RunKeys) {
    this.redis = redis;
    this.keys = keys;
  }

  /** Starts the run, or takes the one with this id. @throws ArgumentError if that has other parameters */
  async start(facts: RunFacts, stores: readonly string[]): Promise<void> {
    const params = encodeParams(facts.params);
    const { job, version, id, reverts = '', createdAt, keepMs } = facts;
    const given = { job, version, id, params, reverts, created: createdAt, keep: keepMs, state: 'running' };
    const known = pairs(await runScript(this.redis, START_RUN, [this.keys.meta], Object.entries(given).flat()));
    if ((known.get('reverts') ?? '') !== reverts)
      throw new ArgumentError(
        `The run ${id} of ${job} exists, and is ${known.get('reverts') ? `the revert of ${known.get('reverts')}` : 'no revert'}. Use another id. Nothing was started.`,
      );
    if (known.get('params') !== params)
      throw new ArgumentError(
        `The run ${id} of ${job} exists with other params: ${known.get('params')}. Use another id. Nothing was started.`,
      );
    if (known.get('state') === 'cancelled' && (await this.#knowsNot(stores)))
      throw new ArgumentError(`The run ${id} of ${job} was cancelled, so it takes no other stores. Use another id. Nothing was started.`);
    for (let at = 0; at < stores.length; at += AT_ONCE)
      await pipelined(this.redis, (pipeline) => {
        for (const store of stores.slice(at, at + AT_ONCE)) pipeline.hsetnx(this.keys.stores, store, '');
      });
    // A process may have ended before it had added all stores, and those that were added may be done.
    if (known.get('state') === 'completed' && (await this.#hasOpenStores())) await this.#open();
    await this.redis.zadd(RUNS, 'NX', createdAt, this.keys.tag);
  }

  /** Returns what is known of the run. @throws ArgumentError if there is none */
  async facts(): Promise<RunFacts & { readonly state: JobState }> {
    const facts = await this.factsIfKnown();
    if (facts !== undefined) return facts;
    throw new ArgumentError(
      `There is no run ${this.keys.tag}: it was never started, or it has expired. Runs are kept for a week after their end.`,
    );
  }

  /** Returns what is known of the run; `undefined` if there is none. */
  async factsIfKnown(): Promise<(RunFacts & { readonly state: JobState }) | undefined> {
    const meta = await this.redis.hgetall(this.keys.meta);
    if (meta['id'] === undefined) return undefined;
    return {
      job: meta['job'] ?? '',
      version: Number(meta['version']),
      id: meta['id'],
      params: decodeParams(meta['params'] ?? '{}'),
      reverts: meta['reverts'] === '' ? undefined : meta['reverts'],
      createdAt: Number(meta['created']),
      keepMs: Number(meta['keep']),
      state: jobState(meta['state']),
    };
  }

  /** Returns the plans of the stores; `undefined` for those that are not planned yet. */
  async plans(): Promise<Map<string, StorePlan | undefined>> {
    const kept = await this.redis.hgetall(this.keys.stores);
    return new Map(Object.entries(kept).map(([store, text]) => [store, planIn(text)]));
  }

  async plan(store: string): Promise<StorePlan | undefined> {
    return planIn((await this.redis.hget(this.keys.stores, store)) ?? '');
  }

  /** Keeps a plan, unless somebody else has. Returns the one that counts. */
  async keepPlan(store: string, plan: StorePlan): Promise<StorePlan> {
    const kept = await runScript(this.redis, PLAN, [this.keys.stores], [store, JSON.stringify(plan)]);
    return planIn(String(kept)) ?? plan;
  }

  async #knowsNot(stores: readonly string[]): Promise<boolean> {
    const known = new Set(await this.redis.hkeys(this.keys.stores));
    return stores.some((store) => !known.has(store));
  }

  async #hasOpenStores(): Promise<boolean> {
    const [all, ended] = await Promise.all([this.redis.hlen(this.keys.stores), this.redis.scard(this.keys.ended)]);
    return ended < all;
  }

  /** Lets the run go on, and stay as long as it does. */
  async #open(): Promise<void> {
    await this.redis.hset(this.keys.meta, 'state', 'running');
    await this.persist();
  }

  /** Ends a store; the last one ends the run, and lets it expire. */
  async endStore(store: string): Promise<void> {
    const isOver = await runScript(this.redis, END_STORE, [this.keys.meta, this.keys.stores, this.keys.ended], [store]);
    if (isOver === 1) await this.expire();
  }

  /** Lets everything expire that is kept of the run. */
  async expire(): Promise<void> {
    const { keepMs } = await this.facts();
    await this.#forAllKeys((pipeline, key) => pipeline.pexpire(key, keepMs));
  }

  /** Keeps everything until the run ends again: without its checkpoint, a partition would be worked from its beginning. */
  async persist(): Promise<void> {
    await this.#forAllKeys((pipeline, key) => pipeline.persist(key));
  }

  async #forAllKeys(add: (pipeline: ReturnType<Client['pipeline']>, key: string) => void): Promise<void> {
    const { meta, stores, ended, dead, retried } = this.keys;
    const keys = [meta, stores, ended, dead, retried];
    for (const [store, plan] of await this.plans())
      for (const { n } of plan?.parts ?? []) keys.push(this.keys.part(store, n), this.keys.log(store, n), this.keys.retry(store, n));
    for (let at = 0; at < keys.length; at += AT_ONCE)
      await pipelined(this.redis, (pipeline) => {
        for (const key of keys.slice(at, at + AT_ONCE)) add(pipeline, key);
      });
  }

  async setState(state: JobState, ...from: JobState[]): Promise<JobState> {
    return jobState(String(await runScript(this.redis, SET_STATE, [this.keys.meta], [state, ...from])));
  }

  /** Returns all partitions with how far they are. */
  async parts(plans: ReadonlyMap<string, StorePlan | undefined>): Promise<PartState[]> {
    const all = [...plans].flatMap(([store, plan]) => (plan?.parts ?? []).map((part) => ({ store, part })));
    const found: PartState[] = [];
    const [seconds = 0, micros = 0] = (await this.redis.time()).map(Number);
    const now = seconds * 1000 + micros / 1000;
    for (let at = 0; at < all.length; at += AT_ONCE) {
      const some = all.slice(at, at + AT_ONCE);
      const replies = await pipelined(this.redis, (pipeline) => {
        for (const { store, part } of some) pipeline.hmget(this.keys.part(store, part.n), 'cp', 'until');
      });
      some.forEach(({ store, part }, place) => {
        const [checkpoint, until] = arrayIn(replies[place]);
        const kept = typeof checkpoint === 'string' && checkpoint !== '' ? JSON.parse(checkpoint) : START;
        found.push({ store, part, checkpoint: kept, isHeld: Number(until ?? 0) > now });
      });
    }
    return found;
  }

  /** Returns the report of the run as of now. */
  async report(): Promise<JobReport & { readonly isWriting: boolean }> {
    const [{ id, state }, plans, ended] = await Promise.all([this.facts(), this.plans(), this.redis.smembers(this.keys.ended)]);
    const parts = await this.parts(plans);
    const isOver = new Set(ended);
    const partsOf = grouped(parts, ({ store }) => store);
    const stores = [...plans].map(([store, plan]) => reportOfStore(store, plan, partsOf.get(store) ?? [], isOver.has(store), state));
    const hasFailed = state === 'completed' && stores.some((store) => store.state === 'failed');
    const isWriting = parts.some(({ isHeld, checkpoint }) => isHeld && checkpoint.isEnded !== true);
    return { ...reportOf(id, hasFailed ? 'failed' : state, stores), isWriting };
  }

  /** Returns the report of one store as of now, without reading those of the others. */
  async storeReport(store: string): Promise<StoreReport> {
    const [{ state }, plan, isOver] = await Promise.all([this.facts(), this.plan(store), this.redis.sismember(this.keys.ended, store)]);
    return reportOfStore(store, plan, await this.parts(new Map([[store, plan]])), isOver === 1, state);
  }
}

function reportOfStore(
  store: string,
  plan: StorePlan | undefined,
  parts: readonly PartState[],
  isOver: boolean,
  state: JobState,
): StoreReport {
  const error = plan?.error ?? parts.find(({ checkpoint }) => checkpoint.error !== undefined)?.checkpoint.error;
  const counts = countsOf(parts.map(({ part, checkpoint }) => ({ checkpoint, isRetry: part.mode === 'retry' })));
  const now = error !== undefined ? 'failed' : isOver && state !== 'cancelled' ? 'completed' : state;
  const total = isRevert(plan) && now === 'completed' ? counts.done : totalOf(plan);
  return { store, total, state: now, ...counts, ...(error !== undefined && { error }) };
}

/** Returns the runs that are known, newest first. */
export async function listRuns(redis: Client): Promise<RunStore[]> {
  const tags = await redis.zrange(RUNS, 0, -1, 'REV');
  const stores = tags.map((tag) => new RunStore(redis, new RunKeys(tag)));
  const there = await Promise.all(stores.map(({ keys }) => redis.exists(keys.meta)));
  const gone = tags.filter((_, at) => there[at] === 0);
  if (gone.length > 0) await redis.zrem(RUNS, ...gone);
  return stores.filter((_, at) => there[at] === 1);
}

/** Creates the facts of a new run. */
export const newFacts = (
  { name, version }: Pick<CheckedJob, 'name' | 'version'>,
  id: string,
  params: unknown,
  keepMs: number,
  reverts?: string,
): RunFacts => ({
  job: name,
  version,
  id,
  params,
  reverts,
  createdAt: Date.now(),
  keepMs,
});

/** How many rows a revert has is known when it has ended: rows that needed nothing are not in the journal. */
const isRevert = (plan: StorePlan | undefined): boolean => plan?.parts.some(({ mode }) => mode === 'revert') === true;

function totalOf(plan: StorePlan | undefined): number | undefined {
  if (plan === undefined) return undefined;
  let total: number | undefined = 0;
  for (const { mode, rows } of plan.parts)
    if (mode !== 'retry') total = total === undefined || rows === undefined ? undefined : total + rows;
  return total;
}

const arrayIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const STATES: readonly JobState[] = ['running', 'paused', 'cancelled', 'completed', 'failed'];
const jobState = (text: string | undefined): JobState => STATES.find((state) => state === text) ?? 'cancelled';

function pairs(reply: unknown): Map<string, string> {
  const found = new Map<string, string>();
  const all = arrayIn(reply);
  for (let at = 0; at + 1 < all.length; at += 2) found.set(String(all[at]), String(all[at + 1]));
  return found;
}

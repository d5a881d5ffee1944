import { decode, encode } from '../engine/intent.js';
import { type Checkpoint, START } from '../engine/journal.js';
import type { RetriedFailure } from '../engine/task.js';
import { pipelined, resent, runScript } from './connection.js';
import type { PartState, RunStore } from './run-store.js';
import { END_PART, REOPEN } from './scripts.js';
import { planIn, type StorePart, type StorePlan } from './store-plan.js';

/** What a store that has ended is opened again for. */
interface Reopening {
  /** The plan from now on; `undefined` if the store is to be planned again. */
  readonly plan: StorePlan | undefined;
  /** The partitions that go on. */
  readonly goOn: readonly PartState[];
  readonly rows: readonly RetriedFailure[];
  /** The partition that tries the rows again. */
  readonly retry?: string | undefined;
}

const hasFailed = ({ checkpoint }: PartState): boolean => checkpoint.error !== undefined;

/**
 * Opens a store again, for rows that failed and partitions that ended too early. Several processes may do so at the same time: each row is
 * tried by one of them. Returns whether there was anything to do.
 */
export function reopenForRetry(run: RunStore, store: string, rows: readonly RetriedFailure[]): Promise<boolean> {
  return reopen(run, store, async (plan, parts) => {
    const goOn = parts.filter(hasFailed);
    const open = await notRetried(run, rows);
    if (open.length === 0 && goOn.length === 0 && plan?.error === undefined) return undefined;
    if (plan === undefined || plan.error !== undefined) return { plan: undefined, goOn: [], rows: [] };
    const n = `retry-${plan.parts.filter(({ mode }) => mode === 'retry').length + 1}`;
    const added: StorePart[] = open.length > 0 ? [{ n, mode: 'retry', rows: open.length }] : [];
    return { plan: { parts: [...plan.parts, ...added] }, goOn, rows: open, retry: n };
  });
}

/** Opens a store of a revert again, if the run has changed more since, or the revert ended too early. Returns whether it did. */
export function reopenForRevert(revert: RunStore, original: RunStore, store: string): Promise<boolean> {
  return reopen(revert, store, async (plan, parts) => {
    if ((await revert.redis.sismember(revert.keys.ended, store)) === 0) return undefined;
    if (plan?.error !== undefined) return { plan: undefined, goOn: [], rows: [] };
    const now = await partsOfRevert(original, store);
    const isSame = JSON.stringify(now) === JSON.stringify(plan?.parts);
    const goOn = isSame ? parts.filter(hasFailed) : parts.filter(({ checkpoint }) => checkpoint.isEnded === true);
    return isSame && goOn.length === 0 ? undefined : { plan: { parts: now }, goOn, rows: [] };
  });
}

/** Returns the partitions of a revert, one for each of the run: they read what it has written. */
export async function partsOfRevert({ redis, keys }: RunStore, store: string): Promise<StorePart[]> {
  const plan = planIn((await redis.hget(keys.stores, store)) ?? '');
  const parts = plan?.parts ?? [];
  const lengths = await pipelined(redis, (pipeline) => {
    for (const { n } of parts) pipeline.llen(keys.log(store, n));
  });
  return parts.map(({ n, rows }, at) => ({ n, mode: 'revert', rows, log: Number(lengths[at]) }));
}

/** Ends what a run that was cancelled has left: no worker may go on with it when the run is opened again. */
export async function endRest(run: RunStore): Promise<void> {
  for (const store of (await run.plans()).keys()) {
    const plan = await run.keepPlan(store, { parts: [] });
    for (const { part, checkpoint } of await run.parts(new Map([[store, plan]]))) {
      if (checkpoint.isEnded === true) continue;
      const seen = checkpoint === START ? '' : JSON.stringify(checkpoint);
      await runScript(run.redis, END_PART, [run.keys.part(store, part.n)], [seen, JSON.stringify({ ...checkpoint, isEnded: true })]);
    }
    await run.endStore(store);
  }
}

/** Gives the rows that a cancelled retry has left back to the failures of the run. */
export async function giveBack(run: RunStore): Promise<void> {
  const { redis, keys } = run;
  for (const { store, part, checkpoint } of await run.parts(await run.plans())) {
    if (part.mode !== 'retry') continue;
    const list = keys.retry(store, part.n);
    const left = (await redis.lrange(list, checkpoint.last, -1)).map((text) => decode<RetriedFailure>(text).id);
    // An end before the beginning empties the list.
    if (left.length > 0)
      await resent(() =>
        redis
          .multi()
          .call('srem', [keys.retried, ...left])
          .ltrim(list, checkpoint.last > 0 ? 0 : 1, checkpoint.last > 0 ? checkpoint.last - 1 : 0)
          .exec(),
      );
  }
}

async function reopen(
  run: RunStore,
  store: string,
  decide: (plan: StorePlan | undefined, parts: readonly PartState[]) => Promise<Reopening | undefined>,
): Promise<boolean> {
  const { redis, keys } = run;
  for (let attempt = 0; ; attempt++) {
    const seen = (await redis.hget(keys.stores, store)) ?? '';
    const plan = planIn(seen);
    const reopening = await decide(plan, await run.parts(new Map([[store, plan]])));
    // A script whose response was lost has done it, and is sent again.
    if (reopening === undefined) return attempt > 0;
    const { plan: next, goOn, rows, retry = '' } = reopening;
    const checkpoints = goOn.flatMap(({ checkpoint }) => [JSON.stringify(checkpoint), JSON.stringify(goingOn(checkpoint))]);
    const isOpen = await runScript(
      redis,
      REOPEN,
      [
        keys.meta,
        keys.stores,
        keys.ended,
        keys.dead,
        keys.retried,
        keys.retry(store, retry),
        ...goOn.map(({ part }) => keys.part(store, part.n)),
      ],
      [
        store,
        seen,
        next === undefined ? '' : JSON.stringify(next),
        goOn.length,
        ...checkpoints,
        ...rows.flatMap((row) => [row.id, encode(row)]),
      ],
    );
    if (isOpen === 1) return true;
  }
}

const goingOn = (checkpoint: Checkpoint): Checkpoint => ({ ...checkpoint, error: undefined, isEnded: undefined });

async function notRetried({ redis, keys }: RunStore, rows: readonly RetriedFailure[]): Promise<readonly RetriedFailure[]> {
  if (rows.length === 0) return rows;
  const isRetried = await redis.call('smismember', [keys.retried, ...rows.map(({ id }) => id)]);
  return rows.filter((_, at) => !Array.isArray(isRetried) || isRetried[at] !== 1);
}

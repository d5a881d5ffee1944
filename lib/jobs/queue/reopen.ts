import { encode } from '../engine/intent.js';
import type { Checkpoint } from '../engine/journal.js';
import type { RetriedFailure } from '../engine/task.js';
import { runScript } from './commands.js';
import type { PartState, RunStore } from './run-store.js';
import { REOPEN } from './scripts.js';
import { planIn, type StorePart, type StorePlan } from './store-plan.js';
import { partsOfRevert } from './store-work.js';

/** What a store that has ended is opened again for. */
interface Reopening {
  /** The plan from now on; `undefined` if the store is to be planned again. */
  readonly plan: StorePlan | undefined;
  /** The partitions that go on. */
  readonly goOn: readonly PartState[];
  /** The partition that is added to try rows again. */
  readonly retry?: { readonly n: string; readonly rows: readonly RetriedFailure[] } | undefined;
}

const PLAN_AGAIN: Reopening = { plan: undefined, goOn: [] };

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
    if (plan === undefined || plan.error !== undefined) return PLAN_AGAIN;
    if (open.length === 0) return { plan, goOn };
    const n = `retry-${plan.parts.filter(({ mode }) => mode === 'retry').length + 1}`;
    const added: StorePart = { n, mode: 'retry', rows: open.length };
    return { plan: { parts: [...plan.parts, added] }, goOn, retry: { n, rows: open } };
  });
}

/** Opens a store of a revert again, if the run has changed more since, or the revert ended too early. Returns whether it did. */
export function reopenForRevert(revert: RunStore, original: RunStore, store: string): Promise<boolean> {
  return reopen(revert, store, async (plan, parts) => {
    if ((await revert.redis.sismember(revert.keys.ended, store)) === 0) return undefined;
    if (plan?.error !== undefined) return PLAN_AGAIN;
    const now = await partsOfRevert(original, store);
    const isSame = JSON.stringify(now) === JSON.stringify(plan?.parts);
    const goOn = isSame ? parts.filter(hasFailed) : parts.filter(({ checkpoint }) => checkpoint.isEnded === true);
    return isSame && goOn.length === 0 ? undefined : { plan: { parts: now }, goOn };
  });
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
    // The script may have opened the store though its response was lost; sent again, it finds another plan than was seen.
    if (reopening === undefined) return attempt > 0;
    const { plan: next, goOn, retry } = reopening;
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
        keys.retry(store, retry?.n ?? ''),
        ...goOn.map(({ part }) => keys.part(store, part.n)),
      ],
      [
        store,
        seen,
        next === undefined ? '' : JSON.stringify(next),
        goOn.length,
        ...checkpoints,
        ...(retry?.rows ?? []).flatMap((row) => [row.id, encode(row)]),
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

import type { JobFailure } from './engine/failure.js';
import type { Checkpoint } from './engine/journal.js';

/** The state of a run. */
export type JobState = 'running' | 'paused' | 'cancelled' | 'completed' | 'failed';

/** What a job has done so far. */
export interface JobCounts {
  /** Rows whose outcome is known. */
  readonly done: number;
  readonly succeeded: number;
  /** Rows that failed: see `failures()`. */
  readonly failed: number;
  /** Rows of batches that were begun again after a process was killed. */
  readonly repeated: number;
  /** Requests that were sent, without bigrecord's own retries. */
  readonly requests: number;
}

/** What a job has done in one store. */
export interface StoreReport extends JobCounts {
  readonly store: string;
  /** Rows when the store was planned; `undefined` if nobody knows. */
  readonly total: number | undefined;
  readonly state: JobState;
  /** Why the store's rows could not all be worked: its token was refused, or a function of the job threw. */
  readonly error?: string | undefined;
}

/** The result of a run, as of now. */
export interface JobReport extends JobCounts {
  readonly id: string;
  readonly state: JobState;
  readonly total: number | undefined;
  readonly stores: readonly StoreReport[];
}

/** How many refused records a {@link RevertReport} lists. */
export const MOST_REFUSED = 1000;

/** The result of a revert. */
export interface RevertReport extends JobReport {
  /** Records that were left alone, since somebody has changed them after the run: at most 1,000. `failed` counts all. */
  readonly refused: readonly JobFailure[];
}

/** The progress of a run. */
export interface JobProgress extends JobReport {
  /** Rows per second, over about the last 30 seconds. */
  readonly rate: number;
  /** Milliseconds until the slowest store is done, if all goes on as it does; `undefined` if nobody knows. */
  readonly leftMs: number | undefined;
}

/** A partition, for a report. */
export interface PartReport {
  readonly checkpoint: Checkpoint;
  /** Rows that failed before are counted again. */
  readonly isRetry: boolean;
}

/** Adds the partitions of a store up. A row that is retried counts once: as it ended. */
export function countsOf(parts: Iterable<PartReport>): JobCounts {
  const sum = { done: 0, succeeded: 0, failed: 0, repeated: 0, requests: 0 };
  for (const { checkpoint, isRetry } of parts) {
    sum.succeeded += checkpoint.succeeded;
    sum.failed += checkpoint.failed - (isRetry ? checkpoint.done : 0);
    sum.repeated += checkpoint.repeated;
    sum.requests += checkpoint.requests;
    if (!isRetry) sum.done += checkpoint.done;
  }
  return sum;
}

/** Adds the stores of a run up. */
export function reportOf(id: string, state: JobState, stores: readonly StoreReport[]): JobReport {
  const sum = { done: 0, succeeded: 0, failed: 0, repeated: 0, requests: 0 };
  let total: number | undefined = stores.length === 0 && state === 'running' ? undefined : 0;
  for (const store of stores) {
    for (const name of ['done', 'succeeded', 'failed', 'repeated', 'requests'] as const) sum[name] += store[name];
    total = total === undefined || store.total === undefined ? undefined : total + store.total;
  }
  return { id, state, total, ...sum, stores };
}

import type { NewFailure } from './failure.js';
import type { Intent } from './intent.js';

/** How far a partition is. The counters are absolute, so a commit that is repeated or lost does no harm. */
export interface Checkpoint {
  /** The position of the last row that is done; 0 before the first one. */
  readonly last: number;
  /** Rows whose outcome is known: those that succeeded and those that failed. */
  readonly done: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Rows of batches that were begun again after a kill. */
  readonly repeated: number;
  readonly requests: number;
  /** The length of the output in bytes. */
  readonly bytes?: number | undefined;
  /** Set while rows are worked one by one, because the batch ended the process before: how many more. */
  readonly careful?: number | undefined;
  /** The row that is tried alone. */
  readonly trying?: string | undefined;
  readonly isEnded?: boolean | undefined;
  /** Why the partition ended before its last row. */
  readonly error?: string | undefined;
}

export const START: Checkpoint = { last: 0, done: 0, succeeded: 0, failed: 0, repeated: 0, requests: 0 };

/** Whether a run goes on. */
export type RunState = 'running' | 'paused' | 'cancelled';

/** The outcome of a claim: another writer has the partition, or it is ours. */
export type Claim =
  | { readonly waitMs: number }
  | {
      readonly waitMs?: undefined;
      readonly state: RunState;
      readonly checkpoint: Checkpoint;
      readonly intent: Intent | undefined;
      /** How often the partition was claimed at this checkpoint, this time included. */
      readonly claims: number;
      /** How many of them did not end: the process was killed, or stood still. */
      readonly deaths: number;
      /** The last writer did not leave it in order: it may have written part of the intent. */
      readonly isTakenOver: boolean;
      /** The journal was restored a moment ago: a writer that it does not know may have gone further. */
      readonly mayBeForgotten?: boolean | undefined;
    };

/** One step of a partition: kept as a whole, or not at all. */
export interface Step {
  readonly checkpoint: Checkpoint;
  /** What is written next. */
  readonly intent: Intent | undefined;
  /** What was written, as text, for a revert; `'intent'` for the intent that this step replaces. */
  readonly log?: string | undefined;
  /** What became of it: see `Applied`. */
  readonly applied?: string | undefined;
  readonly dead: readonly NewFailure[];
}

/**
 * Keeps the progress of one partition. One process at a time writes: who has claimed it, until the lease ends.
 */
export interface PartitionJournal {
  claim(): Promise<Claim>;
  /** Keeps a step, and extends the lease. @throws LeaseLostError if another process has claimed the partition */
  commit(step: Step): Promise<RunState>;
  /** Gives the partition back. `inOrder`: the intent, if any, has not been begun. */
  free(inOrder: boolean): Promise<void>;
  /** Aborted as soon as it is not certain any more that nobody else writes. */
  readonly signal: AbortSignal;
  /** @throws LeaseLostError if it is not certain any more that nobody else writes */
  assertOurs(): void;
}

/** Another process may have taken the partition over: this one must not write any more. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

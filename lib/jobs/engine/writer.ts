import type { JobContext } from '../context.js';
import type { NewFailure } from './failure.js';
import type { Applied, Intent, IntentRow } from './intent.js';
import type { PlacedRow } from './reader.js';

/** What a definition makes of one row: what is to be written, or nothing. */
export type Planned = IntentRow | undefined;

/** How a batch is written. */
export interface WriteMode {
  /** Part of it may have been written before: look first. */
  readonly mayBeWritten: boolean;
  /** The partition was taken over or continued, so records of the natural keys may be ours. */
  readonly isSuspicious: boolean;
  readonly attempt: number;
}

/** What became of the rows of a batch. */
export interface Written {
  readonly failures: readonly NewFailure[];
  /** Rows that had been written before. */
  readonly found: number;
  readonly requests: number;
  readonly applied: Applied;
  /** The length of the output, if there is one. */
  readonly bytes?: number | undefined;
}

/** Plans and writes rows, in the way of one kind of job. */
export interface Writer {
  /** Calls the definition's function. Sends nothing. */
  plan(row: PlacedRow): Promise<Planned>;
  /** Writes a batch. @throws TransientError if it has to be tried again; an error of the store, if no row can succeed */
  write(intent: Intent, mode: WriteMode): Promise<Written>;
  /** Whether what was written is kept for a revert. */
  readonly isRevertible: boolean;
  /** Whether it is to be called for a batch without rows too. */
  readonly isForAllBatches?: boolean | undefined;
  /** Whether a function of the user writes. */
  readonly isByHand?: boolean | undefined;
}

/** What a writer gets. */
export interface WriterInit {
  readonly context: JobContext<unknown>;
  /** @throws LeaseLostError if nothing may be written any more */
  readonly assertOurs: () => void;
}

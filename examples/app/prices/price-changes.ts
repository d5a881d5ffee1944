/** A price to be written. */
export interface PlannedPrice {
  readonly productId: number;
  readonly name: string;
  readonly sku: string;
  readonly before: number;
  readonly after: number;
}

/** A bulk change to be started. */
export interface PriceOrder {
  readonly storeHash: string;
  /** The e-mail address of the user. */
  readonly startedBy: string;
  readonly description: string;
  readonly prices: readonly PlannedPrice[];
}

/**
 * `running`; `done`: every price was written or has failed; `cancelled`: by a user; `interrupted`: by an error that concerns all prices, or
 * since the app was stopped; `reverting` and `reverted`.
 */
export type ChangeState = 'running' | 'done' | 'cancelled' | 'interrupted' | 'reverting' | 'reverted';

/** How far a bulk change is. */
export interface Progress {
  readonly id: string;
  readonly state: ChangeState;
  readonly description: string;
  readonly startedBy: string;
  /** In milliseconds since 1970. */
  readonly startedAt: number;
  readonly total: number;
  /** Prices that are in the store now: written, and not reverted. */
  readonly written: number;
  readonly failed: number;
  readonly reverted: number;
  /** Prices that were not reverted, since somebody has changed them meanwhile. */
  readonly kept: number;
  /** Why it ended early. */
  readonly error: string | null;
}

/** A price that was not written, or not reverted. */
export interface FailedPrice extends PlannedPrice {
  readonly state: 'failed' | 'kept';
  readonly reason: string;
}

/** A store's prices are changed already: two changes at once would disturb each other. */
export class ChangeRunningError extends Error {}

/**
 * Bulk changes of prices. The app has no other way to run one, so what is behind this can be replaced: by jobs in a queue, for instance, that
 * other machines work on.
 */
export interface PriceChanges {
  /** Starts a change, and returns its id at once. @throws ChangeRunningError */
  start(order: PriceOrder): Promise<string>;
  /** `undefined` for a change that the store does not have. */
  progress(storeHash: string, id: string): Promise<Progress | undefined>;
  /** Yields the progress now and after each step, until the change ends or the signal is aborted. */
  watch(storeHash: string, id: string, signal: AbortSignal): AsyncIterable<Progress>;
  /** Ends a running change. What is being written is finished first. */
  cancel(storeHash: string, id: string): Promise<void>;
  /** The first prices that were not written or not reverted, with the reasons. */
  failures(storeHash: string, id: string, limit: number): Promise<FailedPrice[]>;
  /** Writes the old prices back, except those that somebody has changed since. Returns at once. @throws ChangeRunningError */
  revert(storeHash: string, id: string): Promise<void>;
  /** The last changes of a store, newest first. */
  list(storeHash: string, limit: number): Promise<Progress[]>;
  /** Cancels what runs in a store, and waits for its end. */
  stop(storeHash: string): Promise<void>;
  /** Ends everything that runs, for the end of the process. */
  close(): Promise<void>;
}

export const isRunning = ({ state }: Pick<Progress, 'state'>): boolean => state === 'running' || state === 'reverting';

/** Whether a change has ended, and there are prices of it in the store. */
export const canRevert = (progress: Progress): boolean =>
  !isRunning(progress) && (progress.written > 0 || (progress.state === 'interrupted' && unsettled(progress) > 0));

/** Prices whose outcome is not known: not written yet, or the app was stopped while they were. */
export const unsettled = ({ total, written, failed, reverted, kept }: Progress): number => total - written - failed - reverted - kept;

import type { StoreSession } from '../session/session.js';

/** What the functions of a job get. */
export interface JobContext<P> {
  /** What the run was started with. A copy: to change it changes nothing. */
  readonly params: P;
  /** The hash of the store that the rows belong to; `''` on a legacy session. */
  readonly store: string;
  /** The store's session. It is the current session while the function runs, so models need no `using()`. */
  readonly session: StoreSession;
  /** Aborted when this process must stop to work on the partition: it lost its lease, or is shut down. */
  readonly signal: AbortSignal;
  /** Returns the session of another store. @throws ConfigurationError if there are no `stores` to ask */
  sessionOf(store: string): Promise<StoreSession>;
  /** From 1; more if the batch was begun before by a process that did not finish it. */
  readonly attempt: number;
}

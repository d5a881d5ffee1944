import type { StoreSession } from '../../session/session.js';
import type { StoreSessions } from '../store-sessions.js';

/** Options of `job.local()`. */
export interface LocalOptions<P> {
  readonly params?: P | undefined;
  /** The file that keeps how far the run is. The same call with the same file continues it. */
  readonly checkpoint: string;
  /** The store's session. Default: the current one. */
  readonly session?: StoreSession | undefined;
  /** Gives the sessions of other stores, for a job that needs two. */
  readonly stores?: StoreSessions | undefined;
  /** Stops the run at the next commit; the same call continues it. */
  readonly signal?: AbortSignal | undefined;
  /** Partitions worked at the same time. Default 4. */
  readonly concurrency?: number | undefined;
  /** How long a request of a killed process may still be carried out by the store, in milliseconds. Default 5000. */
  readonly inFlightMs?: number | undefined;
}

export const LOCAL_OPTIONS = {
  params: 1,
  checkpoint: 1,
  session: 1,
  stores: 1,
  signal: 1,
  concurrency: 1,
  inFlightMs: 1,
} satisfies Record<keyof LocalOptions<unknown>, 1>;

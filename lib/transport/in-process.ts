import { sharedByCopies } from '../copies.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { Failure, Received } from './outcome.js';
import type { TimeoutOptions } from './request.js';

/** A request to a store in this process. */
export interface InProcessRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, or a form. */
  readonly body: string | FormData | undefined;
  readonly limits: Required<TimeoutOptions>;
  /** Bytes of the response, at most. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/** Responds to requests in place of a server. */
export type InProcessStore = (request: InProcessRequest) => Promise<Received | Failure>;

/** A store of this process. */
export interface RegisteredStore {
  /** Responds to requests, if the store has no socket. */
  readonly send?: InProcessStore;
  /** Makes the error for whoever still uses a store that was stopped. */
  readonly stopped?: () => Error;
}

/** The host names of stores without a socket end like this. No host has such a name (RFC 2606). */
export const IN_PROCESS = '.sandbox.invalid';

/** Stores by origin. The sandbox registers them, since nothing here knows it. */
export const registeredStores = (): Map<string, RegisteredStore> => sharedByCopies('stores', () => new Map<string, RegisteredStore>());

const storeAt = (root: string): RegisteredStore | undefined => registeredStores().get(new URL(root).origin);

/** Returns the error for a store that this process has stopped; `undefined` if it has not stopped one at the address. */
export const stoppedAt = (root: string): Error | undefined => storeAt(root)?.stopped?.();

/** @throws ConfigurationError if the store was stopped, or is not in this process */
export function storeIn(root: string): InProcessStore {
  const send = storeAt(root)?.send;
  if (send) return send;
  throw stoppedAt(root) ?? new ConfigurationError('`baseUrl` is that of a sandbox without a port in another process. Nothing was sent.');
}

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
  /** Says to whoever still uses the store that it was stopped. */
  readonly stopped?: string;
}

/** The host names of stores without a socket end like this. No host has such a name (RFC 2606). */
export const IN_PROCESS = '.sandbox.invalid';

/** Stores by origin. The sandbox registers them, since nothing here knows it. */
export const registeredStores = (): Map<string, RegisteredStore> => sharedByCopies('stores', () => new Map<string, RegisteredStore>());

/** The root of a session is its origin, or begins with it; parsing it would take longer than all else here. */
function storeAt(root: string): RegisteredStore | undefined {
  const stores = registeredStores();
  return stores.get(root) ?? stores.get(root.slice(0, root.indexOf('/', root.indexOf('//') + 2))) ?? stores.get(new URL(root).origin);
}

/** Returns a sentence about the store that this process has stopped at an address; `undefined` if it has stopped none there. */
export const stoppedAt = (root: string): string | undefined => storeAt(root)?.stopped;

/** @throws ConfigurationError if the store was stopped, or is not in this process */
export function storeIn(root: string): InProcessStore {
  const send = storeAt(root)?.send;
  if (send) return send;
  const why = stoppedAt(root) ?? '`baseUrl` is that of a sandbox without a port in another process.';
  throw new ConfigurationError(`${why} Nothing was sent.`);
}

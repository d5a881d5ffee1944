import type { NetworkOptions } from '../transport/network.js';
import { CALL_OPTIONS, type CallOptions, type RetryOptions, type TimeoutOptions } from '../transport/request.js';
import type { CacheOptions } from './cache-store.js';
import type { CircuitBreakerOptions } from './circuit-breaker.js';
import type { RateBudget } from './rate-budget.js';

/** Returns the access token: from a vault, a file, another service. */
export type TokenFunction = () => string | Promise<string>;

/** User name and API token of a legacy API account (`https://{host}/api/v2`). */
export interface BasicAuth {
  username: string;
  token: string;
}

/** Writes log lines: pino, winston, `console` and the like fit as they are. */
export interface Logger {
  debug(message: string): void;
  warn(message: string): void;
  /** Gets calls that failed for good; `warn` does if there is no `error`. */
  error?(message: string): void;
}

/** How to reach a store. Either `storeHash` and `accessToken`, or `host` and `basicAuth`. */
export interface SessionOptions extends NetworkOptions {
  /** The store's hash, as in `api.bigcommerce.com/stores/{hash}`. */
  storeHash?: string | undefined;
  /**
   * OAuth access token, sent as `X-Auth-Token`; or a function that returns it. The function is called before the first request, and
   * again once when the store answers 401; the request is then sent again with the new token.
   */
  accessToken?: string | TokenFunction | undefined;
  /** OAuth client id, sent as `X-Auth-Client`; the platform no longer requires it. */
  clientId?: string | undefined;
  /** Legacy: the store's own host name. */
  host?: string | undefined;
  /** Legacy: user name and token of the API account. */
  basicAuth?: BasicAuth | undefined;
  /** Replaces `https://api.bigcommerce.com` (or `https://{host}`): the sandbox, a proxy. */
  baseUrl?: string | undefined;
  /** Milliseconds for a whole operation, or limits by phase. */
  timeout?: number | TimeoutOptions | undefined;
  /** Retries of safe requests; `false` for none. */
  retry?: RetryOptions | false | undefined;
  /** Most requests in flight at once. Default 8: more than any quota of the platform allows for long. */
  concurrency?: number | undefined;
  /**
   * Paces requests by the store's quota. By default all sessions of the store in this process share one budget, fed by the headers
   * of its responses; `false` turns it off. Several processes share a budget through `redisBudget` of `bigrecord/redis`, or through
   * your own: the object, or a function that returns the budget of a store, given its address.
   */
  rateLimit?: RateBudget | ((store: string) => RateBudget) | false | undefined;
  /**
   * Leaves a store alone that fails 10 times in a row, over 10 seconds or more: calls fail at once with a CircuitOpenError, bulk
   * writes and loops over pages wait, and one request at a time probes the store, after 5 seconds, then 10, up to 60. Failures are
   * failed connections, and responses of 500 and above. All sessions of the store in this process share it; `false` turns it off,
   * an object sets its limits.
   */
  circuitBreaker?: CircuitBreakerOptions | false | undefined;
  /**
   * What awaiting a relation does for records that were loaded together: `'auto'` loads it for all of them if one request can (the
   * default); `'lazy'` loads it for that record alone; `'strict'` is `'auto'`, and throws an NPlusOneError if a relation is loaded
   * record by record: for tests.
   */
  preload?: 'auto' | 'lazy' | 'strict' | undefined;
  /**
   * Caches the responses to GET for a time: the same read is then answered without a request. Any write of the session invalidates
   * all that is cached of the store. `reload()`, `ifUnchanged`, `reconcile`, upserts, deletions and `stable()` ask the store all
   * the same, and so does a call with `{ cache: false }`. By default nothing is cached.
   */
  cache?: CacheOptions | false | undefined;
  /** Most bytes of a decompressed response. Default 50 MiB. */
  maxResponseBytes?: number | undefined;
  /** Gets a line for each request (method, address, status, milliseconds) and each call that failed for good. Never a body or header. */
  logger?: Logger | undefined;
}

/** The names of {@link SessionOptions}. */
export const SESSION_OPTIONS = {
  storeHash: 1,
  accessToken: 1,
  clientId: 1,
  host: 1,
  basicAuth: 1,
  baseUrl: 1,
  timeout: 1,
  retry: 1,
  concurrency: 1,
  rateLimit: 1,
  circuitBreaker: 1,
  preload: 1,
  cache: 1,
  maxResponseBytes: 1,
  agent: 1,
  ca: 1,
  userAgent: 1,
  logger: 1,
} as const satisfies Record<keyof SessionOptions, 1>;

/** The names of {@link BasicAuth}. */
export const BASIC_AUTH_OPTIONS = { username: 1, token: 1 } as const satisfies Record<keyof BasicAuth, 1>;

/** Options of the low-level verbs. */
export interface RequestOptions extends CallOptions {
  /** API generation. Default `'v3'`. */
  version?: 'v2' | 'v3' | undefined;
  /** Query parameters, sent as they are; arrays are joined with commas. */
  query?: Readonly<Record<string, string | number | boolean | readonly (string | number)[]>> | undefined;
  /** Sent as JSON, or as a form if it is a `FormData`. */
  body?: unknown;
  /** Additional headers. The session sets the credentials; they cannot be replaced. */
  headers?: Readonly<Record<string, string>> | undefined;
}

/** The names of {@link RequestOptions}. */
export const REQUEST_OPTIONS = {
  ...CALL_OPTIONS,
  version: 1,
  query: 1,
  body: 1,
  headers: 1,
} as const satisfies Record<keyof RequestOptions, 1>;

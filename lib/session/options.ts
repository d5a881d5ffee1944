import type { NetworkOptions } from '../transport/network.js';
import { CALL_OPTIONS, type CallOptions, type RetryOptions, type TimeoutOptions } from '../transport/request.js';
import type { RateBudget } from './budget.js';
import type { CircuitBreakerOptions } from './circuit-breaker.js';
import type { CacheOptions } from './response-cache.js';

/** Gives the access token: from a vault, a file, another service. */
export type TokenFunction = () => string | Promise<string>;

/** User and API token of a legacy API account (`https://{host}/api/v2`). */
export interface BasicAuth {
  username: string;
  token: string;
}

/** Where log lines go: pino, winston, `console` and their like fit as they are. */
export interface Logger {
  debug(message: string): void;
  warn(message: string): void;
  /** Where it has one, it is told of calls that failed for good; else `warn` is. */
  error?(message: string): void;
}

/** How to reach a store. Either `storeHash` and `accessToken`, or `host` and `basicAuth`. */
export interface SessionOptions extends NetworkOptions {
  /** The store's hash, as in `api.bigcommerce.com/stores/{hash}`. */
  storeHash?: string | undefined;
  /**
   * OAuth access token, sent as `X-Auth-Token`; or a function that gives it. The function is asked before the first request, and again
   * once when the store answers 401; the request is then sent again with the new token.
   */
  accessToken?: string | TokenFunction | undefined;
  /** OAuth client id, sent as `X-Auth-Client`; the platform no longer needs it. */
  clientId?: string | undefined;
  /** Legacy: the store's own host name. */
  host?: string | undefined;
  /** Legacy: user and token of the API account. */
  basicAuth?: BasicAuth | undefined;
  /** Another address than `https://api.bigcommerce.com` (or `https://{host}`): the sandbox, a proxy. */
  baseUrl?: string | undefined;
  /** Milliseconds for a whole operation, or limits by phase. */
  timeout?: number | TimeoutOptions | undefined;
  /** Repetition of safe requests; `false` for none. */
  retry?: RetryOptions | false | undefined;
  /** Requests under way at once. Default 8: more than any quota of the platform lets through for long. */
  concurrency?: number | undefined;
  /**
   * How the store's quota is kept. By default requests are spread by what its answers say of it, over all sessions of the
   * store in this process; `false` for none of that. Several processes share it by `redisBudget` of `bigrecord/redis`, or by
   * a budget of your own: the object, or a function that is asked for the budget of a store (by its address).
   */
  rateLimit?: RateBudget | ((store: string) => RateBudget) | false | undefined;
  /**
   * A store that fails 10 times in a row, over 10 seconds or more, is left alone: calls fail at once with a CircuitOpenError, bulk
   * writes and loops over pages wait, and one request at a time tries the store again, after 5 seconds, then 10, up to 60. Failures are
   * connections that come to nothing, and answers of 500 and above. All sessions of the store in this process share it; `false`
   * turns it off, an object sets its limits.
   */
  circuitBreaker?: CircuitBreakerOptions | false | undefined;
  /**
   * What awaiting a relation of one of several records does that came together: `'auto'` loads it for all of them where one
   * request can (the default); `'lazy'` loads it for that record alone; `'strict'` is `'auto'`, and throws an NPlusOneError
   * where a relation is loaded record after record: for tests.
   */
  preload?: 'auto' | 'lazy' | 'strict' | undefined;
  /**
   * Keeps the answers to GET for a time: a second question is then answered without a request. Whatever the session writes
   * forgets all that is kept of the store. `reload()`, `ifUnchanged`, `reconcile`, upserts, deletions and `stable()` ask the
   * store all the same, and so does a call with `{ cache: false }`. By default nothing is kept.
   */
  cache?: CacheOptions | false | undefined;
  /** Bytes of a decompressed answer, at the most. Default 50 MiB. */
  maxResponseBytes?: number | undefined;
  /** Gets a line a request (method, address, status, milliseconds) and one a call that failed for good. Never a body, never a header. */
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
  /** API generation; `'v3'` unless told otherwise. */
  version?: 'v2' | 'v3' | undefined;
  /** Query parameters, sent as they are; lists are joined with commas. */
  query?: Readonly<Record<string, string | number | boolean | readonly (string | number)[]>> | undefined;
  /** Sent as JSON, or as a form where it is a `FormData`. */
  body?: unknown;
  /** Further headers. Those with the credentials are the session's, and cannot be replaced. */
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

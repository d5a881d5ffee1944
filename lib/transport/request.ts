import { ArgumentError } from '../errors/argument-error.js';
import { assertKnownOptions, type OptionNames } from '../errors/known-options.js';
import type { RetryOptions, TimeoutOptions } from './limit-options.js';
import { checkCallValues } from './option-values.js';

export type { RetryOptions, TimeoutOptions };

/** The API generation. V2 answers bare values, V3 an envelope with `data` and `meta`. */
export type Version = 'v2' | 'v3';

/** The HTTP methods of the store API. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A value of a query string. An array is joined with commas, as both API generations read it. */
export type QueryValue = string | number | boolean | readonly (string | number)[];

/** Query parameters by name. */
export type QueryParams = Readonly<Record<string, QueryValue>>;

/** The query of a request that has none. */
export const NO_QUERY: QueryParams = Object.freeze({});

/** Options of every call that sends something. */
export interface CallOptions {
  /** Aborting it rejects the call with `signal.reason`, at whatever point the call is. */
  signal?: AbortSignal | undefined;
  /** Overrides the session's `retry` for this call; `false` turns retries off. */
  retry?: RetryOptions | false | undefined;
  /**
   * Overrides the session's `timeout` for each request of this call: milliseconds in all, or limits by phase. The time starts when
   * the request has a connection.
   */
  timeout?: number | TimeoutOptions | undefined;
  /** With a session that has a cache: `false` asks the store all the same, and caches its response. */
  cache?: false | undefined;
}

/** The names of {@link CallOptions}. */
export const CALL_OPTIONS = { signal: 1, retry: 1, timeout: 1, cache: 1 } as const satisfies Record<keyof CallOptions, 1>;

/** The names of the options of calls that read, change or delete one record. */
export const RECORD_CALL_OPTIONS = { ...CALL_OPTIONS, params: 1 } as const;

/** Query parameters that are given with a call. */
export interface GivenParams {
  readonly params?: object | undefined;
}

/** Picks the options of a call that its requests carry. */
export const callOf = ({ signal, retry, timeout, cache }: CallOptions): CallOptions => ({ signal, retry, timeout, cache });

/** Picks them for a request that must not be answered from the cache. */
export const freshCallOf = (options: CallOptions): CallOptions => ({ ...callOf(options), cache: false });

/** Whether a call has no options of its own, so that it may share its requests with another call. */
export const isPlainCall = ({ signal, retry, timeout, cache }: CallOptions): boolean =>
  signal === undefined && retry === undefined && timeout === undefined && cache === undefined;

/** Options of every call that saves a record. */
export interface SaveOptions extends CallOptions {
  /**
   * Reads the record again first, and throws a StaleRecordError if one of the fields to be sent has changed on the store since it
   * was read. Carts are not read: their `version` is sent along, and the store refuses with a ConflictError.
   */
  ifUnchanged?: boolean | undefined;
  /**
   * When the outcome of a create is unknown, looks for the record by a unique attribute (`sku`, `email`, `name`). A record that
   * agrees with everything that was sent is this one. The store may still be working on the first attempt, so the search is
   * repeated for 5 seconds, or for `waitMs`; then the record is created once more.
   */
  reconcile?: boolean | ReconcileOptions | undefined;
}

/** How long `reconcile` looks for a record before it is created once more. */
export interface ReconcileOptions {
  /** Milliseconds. Default 5,000. */
  waitMs?: number;
}

const SAVE_OPTION_NAMES = { ...CALL_OPTIONS, ifUnchanged: 1, reconcile: 1 } as const satisfies Record<keyof SaveOptions, 1>;

/** The names of the options of calls that save one record. */
export const SAVE_OPTIONS = { ...SAVE_OPTION_NAMES, params: 1 } as const;

/** Refuses an option that a call does not have, and a wrong value of one that it has. @throws ArgumentError, ConfigurationError that name it */
export function checkCall(call: string, options: unknown, known: OptionNames = CALL_OPTIONS): void {
  if (options === undefined) return;
  assertKnownOptions(options, known, call, ArgumentError, HINT);
  if (typeof options === 'object' && options !== null) checkCallValues(call, options, known);
}

const HINT = ' Filters go into where(), attributes come first. Nothing was sent.';

/** Describes a request: a plain immutable value, without host or credentials. */
export interface RequestDescription extends Readonly<CallOptions> {
  readonly method: Method;
  /** `undefined` for what belongs to neither generation: GraphQL. */
  readonly version: Version | undefined;
  /** Path below the version, such as `/products/1`; already expanded and encoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, QueryValue>>;
  /** Sent as JSON, or as a form if it is a `FormData`; `undefined` for none. */
  readonly body?: unknown;
  /** Additional headers. The session sets the credentials; they cannot be replaced. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Whether carrying it out twice may do something twice, as with a POST: a PUT that adds records to what it updates. */
  readonly isOnce?: boolean | undefined;
  /** Who goes first when the store's quota is short: interactive requests (the default) before bulk work. */
  readonly priority?: 'interactive' | 'bulk' | undefined;
}

/** A response of the store. */
export interface ApiResponse {
  readonly status: number;
  /** Names are in lower case; a header that occurs several times is joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON; `undefined` for an empty body. */
  readonly body: unknown;
}

/** Methods that must not be sent twice. */
export const ONCE: ReadonlySet<string> = new Set(['POST', 'PATCH']);

/** Whether a request must not be sent twice: any POST or PATCH, and what says so itself. */
export const isOnce = (request: Pick<RequestDescription, 'method' | 'isOnce'>): boolean =>
  ONCE.has(request.method) || request.isOnce === true;

/**
 * Whether carrying out a request twice may do something twice: one that must not be sent twice, except for a GraphQL query. If its
 * response is lost or unreadable, its outcome is uncertain.
 */
export function isCreating(request: Pick<RequestDescription, 'method' | 'version' | 'path' | 'body' | 'isOnce'>): boolean {
  const { version, path, body } = request;
  if (!isOnce(request)) return false;
  if (version !== undefined || path !== '/graphql') return true;
  const query: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'query') : undefined;
  return /\bmutation\b/.test(String(query));
}

/** Returns the address of a request as messages, events and logs show it: `/v2/products/1`. */
export function addressOf(request: Pick<RequestDescription, 'version' | 'path'>): string {
  return request.version === undefined ? request.path : `/${request.version}${request.path}`;
}

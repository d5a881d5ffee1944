import { ArgumentError } from '../errors/argument-error.js';
import { assertKnownOptions, type OptionNames } from '../errors/known-options.js';

/** The API generation. V2 answers bare values, V3 an envelope with `data` and `meta`. */
export type Version = 'v2' | 'v3';

/** The HTTP methods of the store API. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A value of a query string. A list is written with commas, as both API generations read it. */
export type QueryValue = string | number | boolean | readonly (string | number)[];

/** How often, and how long apart, a request is sent again. */
export interface RetryOptions {
  /** Repetitions after the first try. Default 3. */
  limit?: number;
  /** First wait in milliseconds; it doubles each time, and a random half to all of it is waited. Default 250. */
  baseMs?: number;
  /** Longest wait in milliseconds. A store that asks for a longer one is answered with the error at once. Default 60,000. */
  maxMs?: number;
}

/** Limits in milliseconds, each for one phase of an exchange. */
export interface TimeoutOptions {
  /** Looking the name up, connecting, and the TLS handshake: each. Default 10,000. */
  connect?: number;
  /** From the request sent to the first byte of the answer. Default 60,000. */
  response?: number;
  /** From the first to the last byte of the answer. Default 60,000. */
  body?: number;
  /**
   * The whole operation, repetitions and the waits between them included. Waiting for quota, for a concurrency limit or for a free
   * connection does not count: `signal` ends that too. Default 180,000.
   */
  total?: number;
}

/** What can be given to every call that sends something. */
export interface CallOptions {
  /** Aborting it rejects the call with `signal.reason`, at whatever point it is. */
  signal?: AbortSignal | undefined;
  /** For this call, other than the session's: how often it is repeated; `false` for never. */
  retry?: RetryOptions | false | undefined;
  /**
   * For each request of this call, other than the session's: milliseconds for the whole of it, or limits by phase. They begin when
   * it has a connection.
   */
  timeout?: number | TimeoutOptions | undefined;
  /** Where the session keeps answers: `false` asks the store all the same, and keeps what it says now. */
  cache?: false | undefined;
}

/** The names of {@link CallOptions}. */
export const CALL_OPTIONS = { signal: 1, retry: 1, timeout: 1, cache: 1 } as const satisfies Record<keyof CallOptions, 1>;

/** Of the options of a call, those that its requests carry. */
export const callOf = ({ signal, retry, timeout, cache }: CallOptions): CallOptions => ({ signal, retry, timeout, cache });

/** The same, for what must be as it is now. */
export const freshCallOf = (options: CallOptions): CallOptions => ({ ...callOf(options), cache: false });

/** Whether a call has no wishes of its own, so that its requests may be those of another as well. */
export const isPlainCall = ({ signal, retry, timeout, cache }: CallOptions): boolean =>
  signal === undefined && retry === undefined && timeout === undefined && cache === undefined;

/** What can be given to every call that saves a record. */
export interface SaveOptions extends CallOptions {
  /**
   * Reads the record again first, and refuses with a StaleRecordError when one of the fields to be sent has changed on the
   * store since it was read. Carts are not read: their `version` is sent along, and the store refuses with a ConflictError.
   */
  ifUnchanged?: boolean | undefined;
  /**
   * Creating: where the outcome is not known, looks for the record by what only one can have (`sku`, `email`, `name`) before
   * giving up. A record that agrees with everything that was sent is this one. The store may still be at work on the first
   * attempt: it is looked for again and again, for 5 seconds or as long as `waitMs` says; then it is created once more.
   */
  reconcile?: boolean | ReconcileOptions | undefined;
}

/** How long `reconcile` looks for a record before it is created once more. */
export interface ReconcileOptions {
  /** Milliseconds. Default 5,000. */
  waitMs?: number;
}

/** The names of {@link SaveOptions}. */
export const SAVE_OPTIONS = { ...CALL_OPTIONS, ifUnchanged: 1, reconcile: 1 } as const satisfies Record<keyof SaveOptions, 1>;

/** Refuses an option that a call does not have. @throws ArgumentError that names it */
export function checkCall(call: string, options: unknown, known: OptionNames = CALL_OPTIONS): void {
  assertKnownOptions(options, known, call, ArgumentError, HINT);
}

const HINT = ' Filters go into where(), attributes come first. Nothing was sent.';

/** A request as the library speaks of it: a plain immutable value, without host or credentials. */
export interface RequestDescription extends Readonly<CallOptions> {
  readonly method: Method;
  /** `undefined` for what lies beside the two generations: GraphQL. */
  readonly version: Version | undefined;
  /** Path below the version, such as `/products/1`; already expanded and encoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, QueryValue>>;
  /** To be sent as JSON, or as a form where it is a `FormData`; `undefined` for none. */
  readonly body?: unknown;
  /** Further headers. Credentials are the session's, and cannot be replaced. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Whose turn comes first when the store's quota is short: what somebody waits for (the default), or a job of many. */
  readonly priority?: 'interactive' | 'bulk' | undefined;
}

/** What came back. */
export interface ApiResponse {
  readonly status: number;
  /** Lower-case names; a header that came several times is joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON; `undefined` for an empty body. */
  readonly body: unknown;
}

/**
 * Whether carrying a request out twice may do something twice: a POST or PATCH, except for a question in GraphQL. Where its
 * answer is lost or unreadable, its outcome is uncertain.
 */
export function isCreating({ method, version, path, body }: Pick<RequestDescription, 'method' | 'version' | 'path' | 'body'>): boolean {
  if (method !== 'POST' && method !== 'PATCH') return false;
  if (version !== undefined || path !== '/graphql') return true;
  return /\bmutation\b/.test(String((body as { query?: unknown } | undefined)?.query));
}

/** `/v2/products/1`: how messages, events and logs name a request's address. */
export function addressOf(request: Pick<RequestDescription, 'version' | 'path'>): string {
  return request.version === undefined ? request.path : `/${request.version}${request.path}`;
}

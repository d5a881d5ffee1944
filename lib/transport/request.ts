/** The API generation. V2 answers bare values, V3 an envelope with `data` and `meta`. */
export type Version = 'v2' | 'v3';

/** The HTTP methods of the store API. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A value of a query string. A list is written with commas, as both API generations read it. */
export type QueryValue = string | number | boolean | readonly (string | number)[];

/** What can be given to every call that sends something. */
export interface CallOptions {
  /** Aborting it rejects the call with `signal.reason`, at whatever point it is. */
  signal?: AbortSignal | undefined;
}

/** What can be given to every call that saves a record. */
export interface SaveOptions extends CallOptions {
  /**
   * Reads the record again first, and refuses with a StaleRecordError when one of the fields to be sent has changed on the
   * store since it was read. The API has no other means against lost updates.
   */
  ifUnchanged?: boolean | undefined;
  /**
   * Creating: where the answer is lost, looks for the record by what only one can have (`sku`, `email`, `name`) before giving
   * up: found, it is this one; not found, it is created once more.
   */
  reconcile?: boolean | undefined;
}

/** A request as the library speaks of it: a plain immutable value, without host or credentials. */
export interface RequestDescription {
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
  readonly signal?: AbortSignal | undefined;
  /** Whose turn comes first when the store's quota is short: what somebody waits for (the default), or a job of many. */
  readonly priority?: 'interactive' | 'bulk' | undefined;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  /** Lower-case names; a header that came several times is joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON; `undefined` for an empty body. */
  readonly body: unknown;
}

/** `/v2/products/1`: how messages, events and logs name a request's address. */
export function addressOf(request: Pick<RequestDescription, 'version' | 'path'>): string {
  return request.version === undefined ? request.path : `/${request.version}${request.path}`;
}

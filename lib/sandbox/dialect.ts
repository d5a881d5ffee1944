/** A response of the sandbox, before it becomes HTTP. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface PageOfRows {
  readonly rows: readonly unknown[];
  readonly total: number;
  readonly page: number;
  readonly limit: number;
}

/** A parameter or field that a request must not have. */
export interface RefusedName {
  readonly name: string;
  readonly because: 'unknown' | 'readOnly' | 'invalid';
}

/** The differences between the responses of the two API generations. `schema/dialect.ts` defines how requests are read. */
export interface ServerDialect {
  one(row: unknown): Reply;
  list(page: PageOfRows): Reply;
  error(status: number, message: string, fields?: Readonly<Record<string, string>>): Reply;
  /** Refuses parameters and fields by their names; absent if the API generation ignores those that it does not know. */
  refuseNames?(refused: readonly RefusedName[]): Reply;
  /** Status codes of success, by kind of write, unless a resource declares others. */
  readonly statuses: { readonly create: number; readonly update: number; readonly delete: number };
  /** Status for values that cannot be stored. */
  readonly invalid: number;
  /** The body of the response to a deletion, unless the status is 204. */
  readonly deleted: unknown;
  /** Whether related rows appear as links, or are embedded. */
  readonly linksRelated: boolean;
  /** Writes a stored number whose attribute is a string. */
  numberAsString(value: number): string;
  /** The value of a date attribute without a date. */
  readonly noDate: string | null;
}

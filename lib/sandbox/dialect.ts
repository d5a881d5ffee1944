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

/** Everything in which the responses of the two API generations differ. How requests are read is in `schema/dialect.ts`. */
export interface ServerDialect {
  one(row: unknown): Reply;
  list(page: PageOfRows): Reply;
  error(status: number, message: string, fields?: Readonly<Record<string, string>>): Reply;
  /** Status for values that cannot be stored. */
  readonly invalid: number;
  /** The body of a deletion that is not answered with 204. */
  readonly deleted: unknown;
  /** Whether related rows appear as links, or are embedded. */
  readonly linksRelated: boolean;
  /** A stored number whose attribute is a string. */
  numberAsString(value: number): string;
  /** What an attribute holds that has no date. */
  readonly noDate: string | null;
}

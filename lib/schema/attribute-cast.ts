/** A conversion that can also take what a program gives in place of the value itself. */
export interface AttributeCast {
  /** From the JSON of an answer; `source` is the row that it stands in. */
  read(value: unknown, source?: object): unknown;
  /** To the JSON of a request; `source` is the record. Left out: the value is sent as it is. */
  write?(value: unknown, source?: object): unknown;
  /** A value object for a plain one; other values as they are. */
  coerce?(value: unknown): unknown;
  /** A date, whose milliseconds say all. */
  readonly isDate?: boolean;
}

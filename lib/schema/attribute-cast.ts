/** A conversion that also accepts what a program may pass in place of the value itself. */
export interface AttributeCast {
  /** From the JSON of a response; `source` is the row that contains it. */
  read(value: unknown, source?: object): unknown;
  /** To the JSON of a request; `source` is the record. Left out: the value is sent as it is. */
  write?(value: unknown, source?: object): unknown;
  /** Makes a value object from a plain object; other values are returned as they are. */
  coerce?(value: unknown): unknown;
  /** Whether the values are dates. */
  readonly isDate?: boolean;
}

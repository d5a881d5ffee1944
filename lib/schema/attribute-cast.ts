/** A conversion that also accepts other forms of a value, such as a plain object for a value object. */
export interface AttributeCast {
  /** From the JSON of a response; `source` is the row that contains it. */
  read(value: unknown, source?: object): unknown;
  /** To the JSON of a request; `source` is the record. Default: the value is sent as it is. */
  write?(value: unknown, source?: object): unknown;
  /** Turns a plain object into a value object; returns other values as they are. */
  coerce?(value: unknown): unknown;
  /** Whether the values are dates. */
  readonly isDate?: boolean;
}

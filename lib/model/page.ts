/** One page of a query: its records, and the totals of the whole set. */
export class Page<M> implements Iterable<M> {
  readonly #cursor: (() => string) | undefined;

  constructor(
    readonly items: readonly M[],
    /** From 1. */
    readonly number: number,
    /** The number of records in the whole set; `undefined` if the API does not report it (V2). */
    readonly total: number | undefined,
    /** The number of pages in the whole set; `undefined` if the API does not report it (V2). */
    readonly totalPages: number | undefined,
    /** @internal */
    cursor?: () => string,
  ) {
    this.#cursor = cursor;
  }

  /**
   * What `query.after()` takes to continue after this page, in this process or another: a string without secrets, up to a few
   * kilobytes long. `undefined` for the page of a query that can match nothing.
   */
  get cursor(): string | undefined {
    return this.#cursor?.();
  }

  [Symbol.iterator](): Iterator<M> {
    return this.items[Symbol.iterator]();
  }
}

/** One page of a query: its records, and the totals of the whole set. */
export class Page<M> implements Iterable<M> {
  constructor(
    readonly items: readonly M[],
    /** From 1. */
    readonly number: number,
    /** The number of records in the whole set; `undefined` if the API does not report it (V2). */
    readonly total: number | undefined,
    /** The number of pages in the whole set; `undefined` if the API does not report it (V2). */
    readonly totalPages: number | undefined,
  ) {}

  [Symbol.iterator](): Iterator<M> {
    return this.items[Symbol.iterator]();
  }
}

/** One page of a query: its records, and what is known of the whole set. */
export class Page<M> implements Iterable<M> {
  constructor(
    readonly items: readonly M[],
    /** From 1. */
    readonly number: number,
    /** Records in the whole set; `undefined` where the API does not tell (V2). */
    readonly total: number | undefined,
    /** Pages in the whole set; `undefined` where the API does not tell (V2). */
    readonly totalPages: number | undefined,
  ) {}

  [Symbol.iterator](): Iterator<M> {
    return this.items[Symbol.iterator]();
  }
}

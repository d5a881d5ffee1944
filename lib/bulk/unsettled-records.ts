import type { Settled, Source } from './bulk-run.js';
import { notSent } from './send-batch.js';

/** What was taken from a source: an entry, then the record that was made of it. */
type Open = { readonly record: object } | { readonly entry: unknown };

/** The records of a run that were taken from its source and are not settled yet, so that none is lost when the run ends early. */
export class UnsettledRecords {
  readonly #open = new Map<number, Open>();
  readonly #source: unknown;
  readonly #toRecord: ((entry: unknown) => object) | undefined;
  #next = 0;

  /** @param source where it is an array, what it still holds when the run ends is known too */
  constructor(source?: unknown, toRecord?: (entry: unknown) => object) {
    this.#source = source;
    this.#toRecord = toRecord;
  }

  /** Yields the entries of a source as they are taken. What waits for a look-up is no record yet, and must not be lost either. */
  async *entriesOf(source: Source<unknown>): AsyncGenerator<unknown, void, undefined> {
    for await (const entry of source) {
      this.#open.set(this.#next++, { entry });
      yield entry;
    }
  }

  add(place: number, record: object): void {
    this.#open.set(place, { record });
    this.#next = Math.max(this.#next, place + 1);
  }

  /** Yields what a run yields. One that fails has first all that it took and did not send reported as not sent. */
  async *reporting(run: () => AsyncIterable<readonly Settled<object>[]>): AsyncGenerator<readonly Settled<object>[], void, undefined> {
    try {
      for await (const settled of run()) {
        for (const { place } of settled) this.#open.delete(place);
        yield settled;
      }
    } catch (error) {
      const rest = [...this.#open, ...this.#untaken()].flatMap(([place, open]): Settled<object>[] => {
        const record = this.#recordOf(open);
        return record === undefined ? [] : [{ place, outcome: { record, status: 'failed', error: notSent(error) } }];
      });
      if (rest.length > 0) yield rest;
      throw error;
    }
  }

  /** Entries of an array that were not taken. One that cannot be read is as wrong as what ended the run. */
  #untaken(): [place: number, Open][] {
    const open: [number, Open][] = [];
    if (!Array.isArray(this.#source)) return open;
    for (let place = this.#next; place < this.#source.length; place++) {
      try {
        open.push([place, { entry: this.#source[place] }]);
      } catch {
        // It has no outcome.
      }
    }
    return open;
  }

  /** What is no record, such as the entry that ended the run, has no outcome. */
  #recordOf(open: Open): object | undefined {
    if ('record' in open) return open.record;
    try {
      return this.#toRecord?.(open.entry);
    } catch {
      return undefined; // it is what the error of the run is about, or as wrong as that
    }
  }
}

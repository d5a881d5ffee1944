import type { Settled, Source } from './bulk-run.js';
import { notSent } from './send-batch.js';

/** What was read from a source: an entry, then the record made from it. */
type Open = { readonly record: object } | { readonly entry: unknown };

/** Keeps the records of a run that have no outcome yet, so that none is lost if the run ends early. */
export class UnsettledRecords {
  readonly #open = new Map<number, Open>();
  readonly #source: unknown;
  readonly #toRecord: ((entry: unknown) => object) | undefined;
  #next = 0;

  /** @param source if it is an array, entries that were not read when the run ends are reported too */
  constructor(source?: unknown, toRecord?: (entry: unknown) => object) {
    this.#source = source;
    this.#toRecord = toRecord;
  }

  /** Yields the entries of a source, and keeps them: an entry that waits for a look-up is not a record yet, but must not be lost. */
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

  /** Yields the outcomes of a run. If the run fails, first yields a failure for every record that was read but not sent. */
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

  /** Returns the entries of the source array that were not read. */
  #untaken(): [place: number, Open][] {
    const open: [number, Open][] = [];
    if (!Array.isArray(this.#source)) return open;
    for (let place = this.#next; place < this.#source.length; place++) {
      try {
        open.push([place, { entry: this.#source[place] }]);
      } catch {
        // An entry that cannot be read has no outcome.
      }
    }
    return open;
  }

  /** Returns the record of an entry; `undefined` for an invalid entry, such as the one that ended the run: it has no outcome. */
  #recordOf(open: Open): object | undefined {
    if ('record' in open) return open.record;
    try {
      return this.#toRecord?.(open.entry);
    } catch {
      return undefined; // the error of the run is about this entry or another invalid one
    }
  }
}

import type { Settled } from './bulk-run.js';
import { notSent } from './send-batch.js';

/** The records of a run that were taken from its source and are not settled yet, so that none is lost when the run ends early. */
export class UnsettledRecords {
  readonly #open = new Map<number, object>();
  readonly #source: unknown;
  readonly #toRecord: ((entry: unknown) => object) | undefined;
  #next = 0;

  /** @param source where it is a list, what it still holds when the run ends is known too */
  constructor(source?: unknown, toRecord?: (entry: unknown) => object) {
    this.#source = source;
    this.#toRecord = toRecord;
  }

  add(place: number, record: object): void {
    this.#open.set(place, record);
    this.#next = place + 1;
  }

  /** Yields what a run yields. One that fails has first all that it took and did not send reported as not sent. */
  async *reporting(run: () => AsyncIterable<readonly Settled<object>[]>): AsyncGenerator<readonly Settled<object>[], void, undefined> {
    try {
      for await (const settled of run()) {
        for (const { place } of settled) this.#open.delete(place);
        yield settled;
      }
    } catch (error) {
      this.#takeRest();
      const rest = [...this.#open].map(
        ([place, record]): Settled<object> => ({
          place,
          outcome: { record, status: 'failed', error: notSent(error) },
        }),
      );
      if (rest.length > 0) yield rest;
      throw error;
    }
  }

  /** Entries of a list that were not taken. What is no record, such as the one that ended the run, has no outcome. */
  #takeRest(): void {
    if (!Array.isArray(this.#source) || this.#toRecord === undefined) return;
    for (let place = this.#next; place < this.#source.length; place++) {
      try {
        this.#open.set(place, this.#toRecord(this.#source[place]));
      } catch {
        // It is what the error of the run is about, or as wrong as that.
      }
    }
  }
}

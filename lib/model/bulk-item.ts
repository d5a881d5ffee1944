import type { Row } from '../query/scope.js';
import type { BulkOptions, BulkOutcome, Settled } from '../session/bulk-run.js';
import type { RequestDescription } from '../transport/request.js';
import type { Tracked } from './changes.js';
import type { Saving } from './saving.js';

/** A record of a bulk write, and where it stands in what was given; in several places, where it was given several times. */
export interface Item {
  readonly the: Tracked;
  readonly places: number[];
  /** Why it cannot be written, where that is known before anything is sent: it fails without being sent. */
  refusal?: Error | undefined;
  /** The record as the store has it now; `null` where it has none. Where that was asked for. */
  now?: Row | null;
}

/** One way of writing many records. */
export interface Writing {
  /** Records of one group can go into one request. */
  groupOf(item: Item): string;
  /** How many records of its group one request may carry. */
  limit(item: Item): number;
  /** Writes the records of one group, no more than its limit. */
  write(items: readonly Item[], options: BulkOptions, sent: () => void): Promise<readonly Settled<object>[]>;
  /** The requests that would write these records, without hooks and checks, sending nothing. */
  plan(items: Iterable<Item> | AsyncIterable<Item>): Promise<RequestDescription[]>;
}

/** A record that is ready to be sent, with its part of the request. */
export interface Ready {
  readonly item: Item;
  readonly saving: Saving;
}

/** An item's outcome, in each of its places. */
export const settledAs = (item: Item, error?: Error): Settled<object>[] =>
  item.places.map((place) => ({
    place,
    outcome: (error === undefined
      ? { record: item.the.record, status: 'succeeded' }
      : { record: item.the.record, status: 'failed', error }) as BulkOutcome<object>,
  }));

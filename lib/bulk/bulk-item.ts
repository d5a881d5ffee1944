import { BigRecordError } from '../errors/bigrecord-error.js';
import type { SavePlan } from '../persistence/save-plan.js';
import type { Row } from '../query/scope.js';
import type { RecordContext } from '../record/record-context.js';
import type { Key } from '../transport/path.js';
import type { RequestDescription } from '../transport/request.js';
import type { BulkOptions, Settled, Source } from './bulk-run.js';

/** A record of a bulk write and its place in the input; several places if it was given several times. */
export interface BulkItem {
  readonly context: RecordContext;
  readonly places: number[];
  /** Why the record cannot be written, if that is known in advance: it fails without being sent. */
  refusal?: Error | undefined;
  /** The row that the store has now, `null` if it has none. Set only for `ifUnchanged`. */
  now?: Row | null;
}

/** A record to write, or one that fails without being sent. */
export interface Candidate {
  readonly context: RecordContext;
  readonly error?: Error | undefined;
}

/** An item that has passed its hooks and validations, with what will be sent. */
export interface PlannedItem {
  readonly item: BulkItem;
  readonly plan: SavePlan;
  /** The key of a saved record. */
  readonly key: Key | undefined;
}

/** Records that can share a request. */
export interface BatchGroup {
  readonly name: string;
  /** The most records in one request. */
  readonly limit: number;
}

/** Records that need no request. */
export const UNSENT: BatchGroup = { name: '', limit: 250 };

/** A way of writing many records. */
export interface BatchWriter {
  /** Returns the group of a record: the records it can share a request with. */
  groupOf(item: BulkItem): BatchGroup;
  /** Writes records of one group, at most its limit. `sent` is called for every request. */
  write(items: readonly BulkItem[], options: BulkOptions, sent: () => void): Promise<readonly Settled<object>[]>;
  /** Returns the requests that would write these records. Runs no hooks or validations, and sends nothing. */
  plan(items: Source<BulkItem>): Promise<RequestDescription[]>;
}

/** Adds the outcome of an item for each of its places. */
export function addOutcome(settled: Settled<object>[], { context: { record }, places }: BulkItem, error?: Error): void {
  for (const place of places)
    settled.push({ place, outcome: error === undefined ? { record, status: 'succeeded' } : { record, status: 'failed', error } });
}

/** Returns why a record could not be read: what was thrown, wrapped unless it is an error. */
export const unreadable = (error: unknown): Error =>
  error instanceof Error ? error : new BigRecordError(`A record could not be read: ${String(error)}`, { cause: error });

/** Returns the error that work fails with. A hook that rejects with `undefined` has failed too. */
export async function errorOf(work: () => Promise<void>): Promise<Error | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return asError(error);
  }
}

export const asError = (error: unknown): Error => (error ?? new BigRecordError(`A hook or validation threw ${String(error)}.`)) as Error;

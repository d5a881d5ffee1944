import { BigRecordError } from '../errors/bigrecord-error.js';
import type { SavePlan } from '../persistence/save-plan.js';
import type { Row } from '../query/scope.js';
import type { RecordContext } from '../record/record-context.js';
import type { Key } from '../transport/path.js';
import type { RequestDescription } from '../transport/request.js';
import type { BulkOptions, Settled } from './bulk-run.js';

/** A record of a bulk write, and its place in what was given; several places, where it was given several times. */
export interface BulkItem {
  readonly context: RecordContext;
  readonly places: number[];
  /** Why it cannot be written, where that is known before anything is sent: it fails without being sent. */
  refusal?: Error | undefined;
  /** The record as the store has it now; `null` where it has none. Where that was asked for. */
  now?: Row | null;
}

/** A record that is to be written, or fails without being sent. */
export interface Candidate {
  readonly context: RecordContext;
  readonly error?: Error | undefined;
}

/** A record whose hooks and checks have passed, with what is to be sent of it. */
export interface PlannedItem {
  readonly item: BulkItem;
  readonly plan: SavePlan;
  /** The key that a saved record is known by. */
  readonly key: Key | undefined;
}

/** Records that can go into one request. */
export interface BatchGroup {
  readonly name: string;
  /** How many of them one request may carry. */
  readonly limit: number;
}

/** One way of writing many records. */
export interface BatchWriter {
  /** Where a record belongs: what can go into one request together. */
  groupOf(item: BulkItem): BatchGroup;
  /** Writes the records of one group, no more than its limit. */
  write(items: readonly BulkItem[], options: BulkOptions, sent: () => void): Promise<readonly Settled<object>[]>;
  /** The requests that would write these records, without hooks and checks, sending nothing. */
  plan(items: Iterable<BulkItem> | AsyncIterable<BulkItem>): Promise<RequestDescription[]>;
}

/** Adds the outcome of an item, in each of its places. */
export function settle(settled: Settled<object>[], { context: { record }, places }: BulkItem, error?: Error): void {
  for (const place of places)
    settled.push({ place, outcome: error === undefined ? { record, status: 'succeeded' } : { record, status: 'failed', error } });
}

/** Why a record could not be read: what was thrown, where that is an error. */
export const unreadable = (error: unknown): Error =>
  error instanceof Error ? error : new BigRecordError(`A record could not be read: ${String(error)}`, { cause: error });

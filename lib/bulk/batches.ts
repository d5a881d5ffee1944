import { RecordNotFoundError } from '../errors/record-not-found-error.js';
import { inTurn } from '../record/operation-queue.js';
import { sessionOfRecord } from '../record/record-address.js';
import type { StoreSession } from '../session/session.js';
import { addOutcome, type BatchGroup, type BatchWriter, type BulkItem, unreadable } from './bulk-item.js';
import type { BulkOptions, Settled, Source } from './bulk-run.js';
import { isFailureOfRows } from './look-up.js';
import { runConcurrently } from './run-concurrently.js';

/** Items that go into one request, or need none. */
export interface Batch {
  readonly items: readonly BulkItem[];
  /** Its only record was sent with an earlier batch and has the outcome it got there. */
  readonly isRepeated?: boolean;
  /** Why the items cannot be written: they fail without being sent. */
  readonly error?: Error | undefined;
}

/** The most items that may wait for their group to fill up. Then the longest group is sent anyway, so that memory stays bounded. */
const MAX_WAITING = 10_000;

/** Groups items that can share a request. Yields each group when it is full, and the remaining ones at the end. */
export async function* batchesOf(items: Source<BulkItem>, writer: BatchWriter): AsyncGenerator<Batch, void, undefined> {
  const waiting = new WaitingItems();
  for await (const item of items) {
    const { record } = item.context;
    const again = waiting.byRecord.get(record);
    if (again !== undefined) again.places.push(...item.places);
    else if (waiting.sent.has(record)) yield { items: [item], isRepeated: true };
    else {
      const added = item.refusal ?? waiting.add(item, writer);
      if (added instanceof Error) yield { items: [item], error: added };
      else if (added.items.length >= added.limit) yield waiting.take(added);
      else if (waiting.byRecord.size >= MAX_WAITING) yield waiting.take(waiting.longest(added));
    }
  }
  for (const group of waiting.groups()) yield waiting.take(group);
}

interface WaitingGroup extends BatchGroup {
  readonly session: StoreSession;
  readonly items: BulkItem[];
}

/** Holds the items that wait for their group to fill up. */
class WaitingItems {
  readonly byRecord = new Map<object, BulkItem>();
  /** Records that were sent. */
  readonly sent = new WeakSet<object>();
  readonly #groups = new Map<StoreSession, Map<string, WaitingGroup>>();

  /** Adds an item to its group. Returns an error if the item cannot be written: a parent is unknown, or a value cannot be read. */
  add(item: BulkItem, writer: BatchWriter): WaitingGroup | Error {
    try {
      const session = item.context.session ?? sessionOfRecord(item.context);
      const { name, limit } = writer.groupOf(item);
      const groups = this.#groups.get(session) ?? new Map<string, WaitingGroup>();
      this.#groups.set(session, groups);
      const group = groups.get(name) ?? { session, name, limit, items: [] };
      groups.set(name, group);
      group.items.push(item);
      this.byRecord.set(item.context.record, item);
      return group;
    } catch (error) {
      return unreadable(error);
    }
  }

  groups(): WaitingGroup[] {
    return [...this.#groups.values()].flatMap((groups) => [...groups.values()]);
  }

  /** Returns the group with the most items in the session of the given one. */
  longest({ session }: WaitingGroup): WaitingGroup {
    const groups = [...(this.#groups.get(session)?.values() ?? [])];
    return groups.reduce((longest, group) => (group.items.length > longest.items.length ? group : longest));
  }

  take(group: WaitingGroup): Batch {
    this.#groups.get(group.session)?.delete(group.name);
    for (const { context } of group.items) {
      this.byRecord.delete(context.record);
      this.sent.add(context.record);
    }
    return { items: group.items };
  }
}

/** Passes items on to a dry run, which would be incomplete without those whose look-up failed. @throws the error of a failed look-up */
export async function* assertLookedUp(items: AsyncIterable<BulkItem>, options: BulkOptions): AsyncGenerator<BulkItem, void, undefined> {
  for await (const item of items) {
    const { refusal } = item;
    if (isFailureOfRows(refusal, options) && !(refusal instanceof RecordNotFoundError)) throw refusal;
    yield item;
  }
}

/** Writes items batch by batch, with at most `options.concurrency` batches at once. */
export function writeBatches(
  items: Source<BulkItem>,
  writer: BatchWriter,
  options: BulkOptions & { concurrency: number },
  sent: () => void,
): AsyncGenerator<readonly Settled<object>[], void, undefined> {
  const written = new WeakMap<object, Promise<readonly Settled<object>[]>>();
  const work = async (batch: Batch): Promise<readonly Settled<object>[]> => {
    if (batch.isRepeated) return repeatOutcomes(batch, written);
    const writing = writeBatch(batch, writer, options, sent);
    for (const { context } of batch.items) written.set(context.record, writing);
    return writing;
  };
  return runConcurrently(batchesOf(items, writer), options.concurrency, work, options.signal);
}

/** Returns the outcomes of a record that appears again. It is written once and has the same outcome in every place. */
async function repeatOutcomes(
  { items }: Batch,
  written: WeakMap<object, Promise<readonly Settled<object>[]>>,
): Promise<readonly Settled<object>[]> {
  const all: Settled<object>[] = [];
  for (const { context, places } of items) {
    const settled = await written.get(context.record)?.catch(() => undefined);
    const first = settled?.find(({ outcome }) => outcome.record === context.record);
    if (first !== undefined) all.push(...places.map((place) => ({ place, outcome: first.outcome })));
  }
  return all;
}

async function writeBatch(
  { items, error }: Batch,
  writer: BatchWriter,
  options: BulkOptions,
  sent: () => void,
): Promise<readonly Settled<object>[]> {
  if (error !== undefined) {
    const settled: Settled<object>[] = [];
    for (const item of items) addOutcome(settled, item, error);
    return settled;
  }
  // All records are queued in one tick, so two runs that share records cannot wait for each other.
  const records: object[] = [];
  for (const { context } of items) records.push(context.record);
  return inTurn(records, () => writer.write(items, options, sent));
}

import { RecordNotFoundError } from '../errors/record-not-found-error.js';
import { inTurn } from '../record/operation-queue.js';
import { sessionOfRecord } from '../record/record-address.js';
import type { Session } from '../session/session.js';
import { type BatchWriter, type BulkItem, settle, unreadable } from './bulk-item.js';
import type { BulkOptions, Settled } from './bulk-run.js';
import { isFailureOfRows } from './look-up.js';
import { runConcurrently } from './run-concurrently.js';

/** Items that go into one request, or need none. */
export interface Batch {
  readonly items: readonly BulkItem[];
  /** Its only record went out with an earlier batch: it has the outcome that it had there. */
  readonly isRepeated?: boolean;
  /** Why they cannot be written: they fail without being sent. */
  readonly error?: Error | undefined;
}

/** Waiting items, at the most, before the longest group goes out though it is not full: what bounds the memory of a run. */
const MAX_WAITING = 10_000;

type Items = Iterable<BulkItem> | AsyncIterable<BulkItem>;

/** Groups items by what can go into one request together. Groups go out when they are full, the rest at the end. */
export async function* batchesOf(items: Items, writer: BatchWriter): AsyncGenerator<Batch, void, undefined> {
  const waiting = new WaitingItems();
  for await (const item of items) {
    const again = waiting.find(item);
    if (again !== undefined) again.places.push(...item.places);
    else if (waiting.hasGone(item)) yield { items: [item], isRepeated: true };
    else {
      const error = item.refusal ?? waiting.add(item, writer);
      if (error !== undefined) yield { items: [item], error };
      else yield* waiting.takeFull(item, writer);
    }
  }
  yield* waiting.takeRest();
}

/** The items that wait for their request to fill up. */
class WaitingItems {
  readonly #groups = new Map<Session, Map<string, BulkItem[]>>();
  readonly #byRecord = new Map<object, BulkItem>();
  readonly #gone = new WeakSet<object>();
  #group: { readonly under: string; readonly items: BulkItem[]; readonly groups: Map<string, BulkItem[]> } | undefined;

  find({ context }: BulkItem): BulkItem | undefined {
    return this.#byRecord.get(context.record);
  }

  hasGone({ context }: BulkItem): boolean {
    return this.#gone.has(context.record);
  }

  /** Adds an item to its group. Returns why it cannot be written at all: its parents are not known, a value cannot be read. */
  add(item: BulkItem, writer: BatchWriter): Error | undefined {
    try {
      const session = sessionOfRecord(item.context);
      const under = writer.groupOf(item);
      let groups = this.#groups.get(session);
      if (groups === undefined) this.#groups.set(session, (groups = new Map()));
      let items = groups.get(under);
      if (items === undefined) groups.set(under, (items = []));
      items.push(item);
      this.#group = { under, items, groups };
      this.#byRecord.set(item.context.record, item);
      return undefined;
    } catch (error) {
      return unreadable(error);
    }
  }

  /** The group of the item that was just added, where it is full; the longest one, where too many wait. */
  *takeFull(item: BulkItem, writer: BatchWriter): Generator<Batch, void, undefined> {
    if (this.#group === undefined) return;
    const { under, items, groups } = this.#group;
    if (items.length >= writer.limit(item)) yield this.#take(groups, under);
    else if (this.#byRecord.size >= MAX_WAITING) {
      const [longest = under] = [...groups.keys()].sort((a, b) => (groups.get(b)?.length ?? 0) - (groups.get(a)?.length ?? 0));
      yield this.#take(groups, longest);
    }
  }

  *takeRest(): Generator<Batch, void, undefined> {
    for (const groups of this.#groups.values()) for (const under of [...groups.keys()]) yield this.#take(groups, under);
  }

  #take(groups: Map<string, BulkItem[]>, under: string): Batch {
    const items = groups.get(under) ?? [];
    groups.delete(under);
    for (const { context } of items) {
      this.#byRecord.delete(context.record);
      this.#gone.add(context.record);
    }
    return { items };
  }
}

/** Passes items on for a plan, which would be wrong without those whose look-up failed. @throws why a look-up failed */
export async function* assertLookedUp(items: AsyncIterable<BulkItem>, options: BulkOptions): AsyncGenerator<BulkItem, void, undefined> {
  for await (const item of items) {
    const { refusal } = item;
    if (isFailureOfRows(refusal, options) && !(refusal instanceof RecordNotFoundError)) throw refusal;
    yield item;
  }
}

/** Writes items batch by batch, so many at once. */
export function writeBatches(
  items: Items,
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

/** A record that appears twice is written once: it has the same outcome in both places. */
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
    for (const item of items) settle(settled, item, error);
    return settled;
  }
  // All turns are asked for in one tick: two runs that share records cannot wait for each other.
  const records = items.map(({ context }) => context.record);
  return inTurn(records, () => writer.write(items, options, sent));
}

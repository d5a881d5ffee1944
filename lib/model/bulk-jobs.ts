import { BigRecordError } from '../errors/bigrecord-error.js';
import { RecordNotFoundError } from '../errors/record-not-found-error.js';
import { atOnce, type BulkOptions, type Settled } from '../session/bulk-run.js';
import type { Session } from '../session/session.js';
import { type Item, settledAs, type Writing } from './bulk-item.js';
import { isFailureOfRows } from './look-up.js';
import { sessionOfRecord } from './saving.js';
import { inTurn } from './turns.js';

/** Items that go into one request, or need none. */
export interface Job {
  readonly items: readonly Item[];
  readonly limit: number;
  /** Its only record went out with an earlier job: it comes to what it came to there. */
  readonly isRepeated?: boolean;
  /** Why they cannot be written: they fail without being sent. */
  readonly error?: Error | undefined;
}

/** Waiting items, at the most, before the longest group goes out though it is not full: what bounds the memory of a run. */
const MAX_WAITING = 10_000;

/** Groups items by what can go into one request together. Groups go out when they are full, the rest at the end. */
export async function* jobsOf(items: Iterable<Item> | AsyncIterable<Item>, writing: Writing): AsyncGenerator<Job, void, undefined> {
  const groups = new Map<Session, Map<string, Item[]>>();
  const waiting = new Map<object, Item>();
  const gone = new WeakSet<object>();
  let count = 0;

  const take = (bySession: Map<string, Item[]>, under: string): Job => {
    const group = bySession.get(under) as Item[];
    bySession.delete(under);
    count -= group.length;
    for (const { the } of group) {
      waiting.delete(the.record);
      gone.add(the.record);
    }
    return { items: group, limit: writing.limit(group[0] as Item) };
  };

  for await (const item of items) {
    const again = waiting.get(item.the.record);
    if (again !== undefined) {
      again.places.push(...item.places);
      continue;
    }
    if (gone.has(item.the.record)) {
      yield { items: [item], limit: 1, isRepeated: true };
      continue;
    }
    const going = groupOf(item, writing);
    if (going instanceof Error) {
      yield { items: [item], limit: 1, error: going };
      continue;
    }
    const { session, under } = going;
    const bySession = groups.get(session) ?? new Map<string, Item[]>();
    groups.set(session, bySession);
    const group = bySession.get(under) ?? [];
    bySession.set(under, group);
    group.push(item);
    waiting.set(item.the.record, item);
    count++;
    if (group.length >= writing.limit(item)) yield take(bySession, under);
    else if (count >= MAX_WAITING) {
      const [longest] = [...bySession.keys()].sort((a, b) => (bySession.get(b)?.length ?? 0) - (bySession.get(a)?.length ?? 0));
      yield take(bySession, longest ?? under);
    }
  }
  for (const bySession of groups.values()) for (const under of [...bySession.keys()]) yield take(bySession, under);
}

/** Where a record goes; or why it cannot be written at all: its parents are not known, a value cannot be read. */
function groupOf(item: Item, writing: Writing): { session: Session; under: string } | Error {
  if (item.refusal !== undefined) return item.refusal;
  try {
    return { session: sessionOfRecord(item.the), under: writing.groupOf(item) };
  } catch (error) {
    return error instanceof Error ? error : new BigRecordError(`A record could not be read: ${String(error)}`, { cause: error });
  }
}

/** A plan that leaves out what could not be looked up would be wrong. @throws why a look-up failed */
export async function* lookedUpItems(items: AsyncIterable<Item>, options: BulkOptions): AsyncGenerator<Item, void, undefined> {
  for await (const item of items) {
    const { refusal } = item;
    if (isFailureOfRows(refusal, options) && !(refusal instanceof RecordNotFoundError)) throw refusal;
    yield item;
  }
}

/** Writes items job by job, so many at once. */
export function writeJobs(
  items: Iterable<Item> | AsyncIterable<Item>,
  writing: Writing,
  options: BulkOptions & { concurrency: number },
  sent: () => void,
): AsyncGenerator<readonly Settled<object>[], void, undefined> {
  const outcomes = new WeakMap<object, Promise<Settled<object> | undefined>>();
  return atOnce(
    jobsOf(items, writing),
    options.concurrency,
    async (job) => {
      if (job.isRepeated) return repeated(job, outcomes);
      const written = writeJob(job, writing, options, sent);
      for (const { the } of job.items)
        outcomes.set(
          the.record,
          written.then(
            (settled) => settled.find(({ outcome }) => outcome.record === the.record),
            () => undefined,
          ),
        );
      return written;
    },
    options.signal,
  );
}

/** A record that appears twice is written once: it comes to the same in both places. */
async function repeated(
  { items }: Job,
  outcomes: WeakMap<object, Promise<Settled<object> | undefined>>,
): Promise<readonly Settled<object>[]> {
  const all: Settled<object>[] = [];
  for (const { the, places } of items) {
    const first = await outcomes.get(the.record);
    if (first !== undefined) all.push(...places.map((place) => ({ place, outcome: first.outcome })));
  }
  return all;
}

async function writeJob(
  { items, error }: Job,
  writing: Writing,
  options: BulkOptions,
  sent: () => void,
): Promise<readonly Settled<object>[]> {
  if (error !== undefined) return items.flatMap((item) => settledAs(item, error));
  // All turns are asked for in one tick: two runs that share records cannot wait for each other.
  return inTurn(
    items.map(({ the }) => the.record),
    () => writing.write(items, options, sent),
  );
}

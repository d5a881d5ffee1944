import { atOnce, type BulkOptions, type Settled } from '../session/bulk-run.js';
import type { Session } from '../session/session.js';
import type { Item, Writing } from './bulk-item.js';
import { takeTurn } from './lifecycle.js';
import { sessionOfRecord } from './saving.js';

/** Items that go into one request, or need none. */
export interface Job {
  readonly items: readonly Item[];
  readonly limit: number;
}

/** Waiting items, at the most, before the longest group goes out though it is not full: what bounds the memory of a run. */
const MAX_WAITING = 10_000;

/** Groups items by what can go into one request together. Groups go out when they are full, the rest at the end. */
export async function* jobsOf(items: Iterable<Item> | AsyncIterable<Item>, writing: Writing): AsyncGenerator<Job, void, undefined> {
  const groups = new Map<Session, Map<string, Item[]>>();
  const waiting = new Map<object, Item>();
  let count = 0;

  const take = (bySession: Map<string, Item[]>, under: string): Job => {
    const group = bySession.get(under) as Item[];
    bySession.delete(under);
    count -= group.length;
    for (const { the } of group) waiting.delete(the.record);
    return { items: group, limit: writing.limit(group[0] as Item) };
  };

  for await (const item of items) {
    const again = waiting.get(item.the.record);
    if (again !== undefined) {
      again.places.push(...item.places);
      continue;
    }
    const session = sessionOfRecord(item.the);
    const bySession = groups.get(session) ?? new Map<string, Item[]>();
    groups.set(session, bySession);
    const under = writing.groupOf(item);
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

/** Writes items job by job, so many at once. */
export function writeJobs(
  items: Iterable<Item> | AsyncIterable<Item>,
  writing: Writing,
  options: BulkOptions & { concurrency: number },
  sent: () => void,
): AsyncGenerator<readonly Settled<object>[], void, undefined> {
  return atOnce(jobsOf(items, writing), options.concurrency, (job) => writeJob(job, writing, options, sent), options.signal);
}

async function writeJob({ items }: Job, writing: Writing, options: BulkOptions, sent: () => void): Promise<readonly Settled<object>[]> {
  // All turns are asked for in one tick: two runs that share records cannot wait for each other.
  const turns = await Promise.all(items.map(({ the }) => takeTurn(the)));
  try {
    return await writing.write(items, options, sent);
  } finally {
    for (const done of turns) done();
  }
}

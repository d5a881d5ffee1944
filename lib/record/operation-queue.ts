import { AsyncLocalStorage } from 'node:async_hooks';
import { DeadlockError } from '../errors/deadlock-error.js';

/**
 * Something that is done to records, one at a time: a save, a reload, a bulk job. It knows which operation's hook it was
 * called in, so that a hook that waits for its own record is told so instead of waiting for ever.
 */
interface Operation {
  readonly outer: Operation | undefined;
  readonly nested: Set<Operation>;
  readonly records: readonly object[];
  isDone: boolean;
  /** Called at its end: by those whose turn comes after it. */
  readonly waiting: (() => void)[];
}

/** The operation whose hook, check or child is running here. */
const surrounding = new AsyncLocalStorage<Operation>();

/** One that has ended waits for nothing: what its hooks left behind, such as a timer, runs by itself. */
function current(): Operation | undefined {
  const operation = surrounding.getStore();
  return operation === undefined || operation.isDone ? undefined : operation;
}

function begin(records: readonly object[]): Operation {
  const outer = current();
  const operation: Operation = { outer, nested: new Set(), records, isDone: false, waiting: [] };
  outer?.nested.add(operation);
  return operation;
}

function end(operation: Operation): void {
  operation.isDone = true;
  operation.outer?.nested.delete(operation);
  for (const go of operation.waiting) go();
}

/** The operations of each record in the order of their turns; the first one is under way. */
const queues = new WeakMap<object, Operation[]>();

/**
 * Does something once nothing else is under way for these records. The turns of all of them are asked for in one tick: two
 * operations that share records cannot wait for each other.
 *
 * @throws DeadlockError where a hook calls it that the records themselves are waiting for
 */
export async function inTurn<T>(records: readonly object[], work: () => Promise<T>): Promise<T> {
  if (surrounding.getStore() !== undefined) assertNoDeadlock(records);
  const operation = begin(records);
  const before: Promise<void>[] = [];
  for (const record of records) {
    const queue = queues.get(record) ?? [];
    queues.set(record, queue);
    const last = queue.at(-1);
    if (last !== undefined) before.push(new Promise((resolve) => last.waiting.push(resolve)));
    queue.push(operation);
  }
  try {
    if (before.length > 0) await Promise.all(before);
    return await work();
  } finally {
    for (const record of records) {
      const queue = queues.get(record) ?? [];
      queue.splice(queue.indexOf(operation), 1);
      if (queue.length === 0) queues.delete(record);
    }
    end(operation);
  }
}

/** Runs a hook, a check or the save of a child as a part of the operation whose turn the record is having. */
export function runInTurn<T>(record: object, work: () => T): T {
  const operation = queues.get(record)?.[0];
  return operation === undefined ? work() : surrounding.run(operation, work);
}

/** Runs a hook outside of any turn, which others wait for all the same before they use the record. */
export function runAsHook<T>(record: object, work: () => T): T {
  const operation = begin([record]);
  const done = (): void => end(operation);
  try {
    const result = surrounding.run(operation, work);
    if (isPromiseLike(result)) result.then(done, done);
    else done();
    return result;
  } catch (error) {
    done();
    throw error;
  }
}

const isPromiseLike = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function';

/** @throws DeadlockError where waiting for the turns of these records would mean to wait for oneself */
export function assertNoDeadlock(records: readonly object[]): void {
  const waiting = new Set<Operation>();
  for (let at = current(); at !== undefined; at = at.outer?.isDone ? undefined : at.outer) waiting.add(at);
  if (waiting.size === 0) return;
  const held = new Set([...waiting].flatMap((operation) => operation.records));
  for (const record of records) if (held.has(record)) throw deadlock(record, 'itself');
  const seen = new Set<Operation>();
  const isWaitedFor = (operation: Operation): boolean => {
    if (waiting.has(operation)) return true;
    if (seen.has(operation)) return false;
    seen.add(operation);
    return [...operation.nested, ...operation.records.flatMap((record) => before(record, operation))].some(isWaitedFor);
  };
  for (const record of records) if ((queues.get(record) ?? []).some(isWaitedFor)) throw deadlock(record, 'others');
}

/** The operations on a record whose turn comes before that of another. */
function before(record: object, operation: Operation): Operation[] {
  const all = queues.get(record) ?? [];
  const place = all.indexOf(operation);
  return place < 0 ? [] : all.slice(0, place);
}

function deadlock({ constructor: { name } }: object, who: 'itself' | 'others'): DeadlockError {
  const why =
    who === 'itself'
      ? `A hook or check of this ${name} waits for save(), reload(), destroy() or a bulk write of the same ${name}, which can only begin when the hook has returned`
      : `A hook waits for this ${name}, whose own hooks wait for the record of that hook`;
  return new DeadlockError(
    `${why}: neither would ever end. Attributes that a before-hook sets go along with the save that is under way; ` +
      `a further save, reload or destroy belongs after the one that runs the hook, where that was called. Nothing was sent for this call.`,
  );
}

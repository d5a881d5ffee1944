import { AsyncLocalStorage } from 'node:async_hooks';
import { DeadlockError } from '../errors/deadlock-error.js';
import { isThenable } from '../thenable.js';

/**
 * An operation on records: a save, a reload, a bulk write. Operations on one record run one at a time. Each knows the operation whose
 * hook started it, so that a hook that waits for its own record fails instead of waiting forever.
 */
interface Operation {
  readonly outer: Operation | undefined;
  readonly nested: Set<Operation>;
  readonly records: readonly object[];
  isDone: boolean;
  /** Called at its end: by those whose turn comes after it. */
  readonly waiting: (() => void)[];
}

/** The operation whose hook, validation or child is running. */
const surrounding = new AsyncLocalStorage<Operation>();

/** Returns the surrounding operation unless it has ended: a timer that a hook left behind runs outside of it. */
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

/** The operations of each record, in order; the first one is running. */
const queues = new WeakMap<object, Operation[]>();

/**
 * Runs an operation when no other one is running for these records. It joins the queues of all records in one tick, so two operations
 * that share records cannot wait for each other.
 *
 * @throws DeadlockError if called in a hook that the records themselves are waiting for
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

/** Runs a hook outside of the record's queue. */
export function runAsHook<T>(record: object, work: () => T): T {
  const operation = begin([record]);
  const done = (): void => end(operation);
  try {
    const result = surrounding.run(operation, work);
    if (isThenable(result)) result.then(done, done);
    else done();
    return result;
  } catch (error) {
    done();
    throw error;
  }
}

/** @throws DeadlockError if waiting for these records would mean waiting for the current operation itself */
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

/** Returns the operations on a record that are queued before another. */
function before(record: object, operation: Operation): Operation[] {
  const all = queues.get(record) ?? [];
  const place = all.indexOf(operation);
  return place < 0 ? [] : all.slice(0, place);
}

function deadlock({ constructor: { name } }: object, who: 'itself' | 'others'): DeadlockError {
  const why =
    who === 'itself'
      ? `A hook or validation of this ${name} waits for save(), reload(), destroy() or a bulk write of the same ${name}, which cannot start until the hook returns`
      : `A hook waits for this ${name}, whose own hooks wait for the record of that hook`;
  return new DeadlockError(
    `${why}: neither would ever end. Attributes that a before-hook sets are sent with the running save; ` +
      `call any further save, reload or destroy after it, outside the hook. Nothing was sent for this call.`,
  );
}

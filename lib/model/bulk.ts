import { ArgumentError } from '../errors/argument-error.js';
import { KeySet } from '../query/key-set.js';
import type { Scope } from '../query/scope.js';
import { assertSettable } from '../query/settable.js';
import { type BulkOptions, BulkRun, type BulkWork, type Settled, type Source } from '../session/bulk-run.js';
import { currentSession } from '../session/current.js';
import type { Session } from '../session/session.js';
import { describe, type Key, pathNames } from '../transport/path.js';
import type { Item, Writing } from './bulk-item.js';
import { writeJobs } from './bulk-jobs.js';
import { deleting, saving } from './bulk-writing.js';
import { assertWritableTogether, DistinctRecords } from './distinct.js';
import { isRecord, tracked } from './internals.js';
import { refuseCopies } from './record.js';
import { checkAttributes, handleOf, upsertable, withAttributes } from './upsert.js';

const ORDINARY = { isUpsert: false, withHooks: true };

/** Saves records: what is new is created, what has changed is updated, the rest needs no request. */
export function saveMany<M extends object>({ session }: Scope<M>, records: Source<M>, options: BulkOptions): BulkRun<M> {
  return bulk(records, checkRecord, saving(ORDINARY), options, { session, isEachOnce: true });
}

/** Builds records of attributes, and creates them. */
export function createMany<M extends object>(scope: Scope<M>, entries: Source<object>, options: BulkOptions): BulkRun<M> {
  const build = (entry: object): M =>
    isRecord(entry) ? (entry as M) : scope.build(checkAttributes(scope, entry), scope.session, scope.params);
  return bulk(entries, build, saving(ORDINARY), options, placeOf(scope));
}

/** Updates what the store has, creates what it does not have. */
export function upsertMany<M extends object>(scope: Scope<M>, entries: Source<object>, options: BulkOptions): BulkRun<M> {
  const isUpsert = scope.resource.batch.upsert !== undefined;
  return bulk(upsertable(scope, entries, options), (record) => record, saving({ isUpsert, withHooks: true }), options, {
    ...placeOf(scope),
    isEachOnce: true,
  });
}

/** Sets the same attributes on many records that are known by their keys. Without hooks and checks. */
export function updateMany<M extends object>(scope: Scope<M>, keys: Source<Key>, attributes: object, options: BulkOptions): BulkRun<M> {
  const handle = (key: Key): M => withAttributes(handleOf(scope, key), attributes);
  return bulk(keys, handle, saving({ isUpsert: false, withHooks: false }), options, {
    ...placeOf(scope),
    check: () => assertSettable(scope.resource, attributes, false),
  });
}

/** Deletes records, given as such or by their keys. */
export function destroyMany<M extends object>(scope: Scope<M>, entries: Source<M | Key>, options: BulkOptions): BulkRun<M> {
  const repeated = Array.isArray(entries) ? repeatedKeys(entries) : NONE;
  const shared = new Map<string, M>();
  // A key that comes twice is deleted once.
  const handleFor = (key: Key): M => {
    const handle = shared.get(String(key)) ?? handleOf(scope, key);
    if (repeated.has(String(key))) shared.set(String(key), handle);
    return handle;
  };
  const record = (entry: M | Key): M => {
    refuseCopies(entry);
    return isRecord(entry) ? (entry as M) : handleFor(entry);
  };
  return bulk(entries, record, deleting, options, placeOf(scope));
}

const NONE: ReadonlySet<string> = new Set();

function repeatedKeys(entries: readonly unknown[]): ReadonlySet<string> {
  const keys = new KeySet();
  const repeated = new Set<string>();
  for (const entry of entries) if (!isRecord(entry) && !keys.add(isNumeric(entry) ? Number(entry) : entry)) repeated.add(String(entry));
  return repeated;
}

const isNumeric = (key: unknown): boolean => typeof key === 'string' && /^[1-9]\d{0,14}$/.test(key);

/** Saves records of any models: those with short paths first, since the others may lie below them. */
export function saveMixed<T extends object>(records: Source<T>, options: BulkOptions): BulkRun<T> {
  const session = currentSession(); // now: the work itself may begin elsewhere
  const work: BulkWork<T> = {
    async *run(given, sent) {
      if (Array.isArray(records)) assertWritableTogether(records.map((record) => adopt(checkRecord(record), session)));
      for (const stage of await stages(records, session)) {
        const run = writeJobs(items(stage), saving(ORDINARY), { ...given, concurrency: concurrencyOf(given, session) }, sent);
        for await (const settled of run) yield settled as Settled<T>[];
      }
    },
    async plan() {
      const all = await stages(records, session);
      const plans = await Promise.all(all.map((stage) => saving(ORDINARY).plan(items(stage))));
      return plans.flat();
    },
  };
  return new BulkRun(work, options);
}

async function stages<T extends object>(records: Source<T>, session: Session): Promise<{ record: T; place: number }[][]> {
  const byDepth = new Map<number, { record: T; place: number }[]>();
  let place = 0;
  for await (const record of records) {
    const depth = pathNames(tracked(adopt(checkRecord(record), session)).plan.resource.path).length;
    const stage = byDepth.get(depth) ?? [];
    stage.push({ record, place: place++ });
    byDepth.set(depth, stage);
  }
  return [...byDepth].sort(([a], [b]) => a - b).map(([, stage]) => stage);
}

const items = function* <T extends object>(stage: readonly { record: T; place: number }[]): Generator<Item> {
  for (const { record, place } of stage) yield { the: tracked(record), places: [place] };
};

/** Where a bulk write takes place. */
interface Place {
  readonly session?: Session | undefined;
  /** Called when something was written. */
  wrote?(): void;
  /** Called before anything is sent. @throws what makes the whole write wrong */
  check?(): void;
  /** No two different objects may stand for one record of the store. */
  readonly isEachOnce?: boolean;
}

const placeOf = (scope: Scope<object>): Place => ({ session: scope.session, wrote: () => scope.wrote?.() });

/** Makes the run: entries become records as they are taken, records become jobs, jobs become outcomes. */
function bulk<E, M extends object>(
  entries: Source<E>,
  toRecord: (entry: E) => M,
  writing: Writing,
  options: BulkOptions,
  { session, isEachOnce = false, ...scope }: Place,
): BulkRun<M> {
  if (!isSource(entries)) throw new ArgumentError(`A bulk write takes a list, or anything that can be iterated, got ${describe(entries)}.`);
  const limited = { ...options, concurrency: concurrencyOf(options, session ?? sessionOfFirst(entries)) };
  async function* itemsOf(): AsyncGenerator<Item, void, undefined> {
    scope.check?.();
    if (Array.isArray(entries))
      assertWritableTogether(
        entries.filter(isRecord).map((record) => adopt(record, session)),
        isEachOnce,
      );
    const distinct = isEachOnce ? new DistinctRecords() : undefined;
    let place = 0;
    for await (const entry of entries) {
      const the = tracked(adopt(toRecord(entry), session));
      yield { the, places: [place++], refusal: distinct?.refusalOf(the) };
    }
  }
  async function* run(given: BulkOptions, sent: () => void): AsyncGenerator<readonly Settled<M>[], void, undefined> {
    try {
      for await (const settled of writeJobs(itemsOf(), writing, { ...limited, ...given, concurrency: limited.concurrency }, sent))
        yield settled as Settled<M>[];
    } finally {
      scope.wrote?.();
    }
  }
  return new BulkRun({ run, plan: () => writing.plan(itemsOf()) }, options);
}

/** Lists that are ready to go as soon as a connection is free: preparing them costs no waiting then. */
const READY = 2;

function concurrencyOf({ concurrency }: BulkOptions, session?: Session): number {
  if (concurrency === undefined) return (session ?? currentSession()).concurrency + READY;
  if (Number.isSafeInteger(concurrency) && concurrency > 0) return concurrency;
  throw new ArgumentError(`concurrency takes a whole number from 1, got ${describe(concurrency)}.`);
}

/** A record that was read or saved stays on its own session; a new one takes that of the call. */
function adopt<M extends object>(record: M, session: Session | undefined): M {
  const { state } = tracked(record);
  if (session !== undefined) state.session ??= session;
  return record;
}

const sessionOfFirst = (entries: Source<unknown>): Session | undefined =>
  Array.isArray(entries) && isRecord(entries[0]) ? tracked(entries[0]).state.session : undefined;

const isSource = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);

function checkRecord<M extends object>(record: M): M {
  if (isRecord(record)) return record;
  refuseCopies(record);
  throw new ArgumentError(
    `saveMany() takes records, got ${describe(record)}. For plain attributes there are createMany() and upsertMany().`,
  );
}

import { ArgumentError } from '../errors/argument-error.js';
import { KeySet } from '../query/key-set.js';
import { checkRecordKey, pinned, type Scope } from '../query/scope.js';
import { assertSettable } from '../query/settable.js';
import {
  type BulkOptions,
  BulkRun,
  type BulkWork,
  ReadSource,
  type Settled,
  type Source,
  type UpdateManyOptions,
} from '../session/bulk-run.js';
import { currentSession } from '../session/current.js';
import type { Session } from '../session/session.js';
import { describe, type Key, pathNames } from '../transport/path.js';
import { withCurrentRows } from './bulk-current.js';
import type { Item, Writing } from './bulk-item.js';
import { lookedUpItems, writeJobs } from './bulk-jobs.js';
import { Taken } from './bulk-taken.js';
import { deleting, saving } from './bulk-writing.js';
import { assertWritableTogether, DistinctRecords } from './distinct.js';
import { isRecord, tracked } from './internals.js';
import { refuseCopies } from './record.js';
import { assertRowSettable, attributeOf, updatable } from './update-many.js';
import { type Candidate, checkAttributes, handleOf, upsertable, withAttributes } from './upsert.js';

const ORDINARY = { isUpsert: false, withHooks: true };

/** Saves records: what is new is created, what has changed is updated, the rest needs no request. */
export function saveMany<M extends object>(given: Scope<M>, records: Source<M>, options: BulkOptions): BulkRun<M> {
  const scope = pinned(given);
  return bulk(records, eachOf(checkRecord), saving(ORDINARY), options, { ...placeOf('saveMany()', scope), isEachOnce: true });
}

/** Builds records of attributes, and creates them. */
export function createMany<M extends object>(given: Scope<M>, entries: Source<object>, options: BulkOptions): BulkRun<M> {
  const scope = pinned(given);
  return bulk(entries, eachOf(toBuilt(scope)), saving(ORDINARY), options, placeOf('createMany()', scope));
}

/** Updates what the store has, creates what it does not have. */
export function upsertMany<M extends object>(given: Scope<M>, entries: Source<object>, options: BulkOptions): BulkRun<M> {
  const scope = pinned(given);
  const isUpsert = scope.resource.batch.upsert !== undefined;
  const taking: Taking<object, M> = {
    take: (source, sent) => upsertable(scope, source, options, sent),
    untaken: toBuilt(scope),
  };
  return bulk(entries, taking, saving({ isUpsert, withHooks: true }), options, { ...placeOf('upsertMany()', scope), isEachOnce: true });
}

/** Changes records that rows of attributes name by their key, or by another attribute. */
export function updateMany<M extends object>(given: Scope<M>, rows: Source<object>, options: UpdateManyOptions): BulkRun<M> {
  const scope = pinned(given);
  const by = attributeOf(scope, options.by);
  const taking: Taking<object, M> = {
    take: (source, sent) => updatable(scope, by, source, options, sent),
    untaken: toBuilt(scope),
  };
  return bulk(rows, taking, saving(ORDINARY), options, {
    ...placeOf('updateMany()', scope),
    isEachOnce: true,
    isRefusedByRow: true,
    check: () => Array.isArray(rows) && rows.forEach((row) => void assertRowSettable(scope, by, row)),
  });
}

/** Sets the same attributes on many records that are known by their keys. Without hooks and checks. */
export function updateAll<M extends object>(given: Scope<M>, keys: Source<Key>, attributes: object, options: BulkOptions): BulkRun<M> {
  const scope = pinned(given);
  const handle = (key: Key): M => withAttributes(handleOf(scope, key), attributes);
  return bulk(keys, eachOf(handle), saving({ isUpsert: false, withHooks: false }), options, {
    ...placeOf('updateAll()', scope),
    check: () => assertSettable(scope.resource, attributes, false),
  });
}

/** Deletes records, given as such or by their keys. */
export function destroyMany<M extends object>(given: Scope<M>, entries: Source<M | Key>, options: BulkOptions): BulkRun<M> {
  const scope = pinned(given);
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
  const candidate = (entry: M | Key): Candidate<M> => ({
    record: record(entry),
    error: isRecord(entry) ? undefined : refusalOfKey(scope, entry),
  });
  const taking: Taking<M | Key, M> = { take: (source) => candidates(source, candidate), untaken: (entry) => record(entry as M | Key) };
  return bulk(entries, taking, deleting, options, placeOf('destroyMany()', scope));
}

/** A key that can name no record is a failure of its own row. */
function refusalOfKey({ resource }: Scope<object>, key: unknown): Error | undefined {
  try {
    checkRecordKey(resource, key);
    return undefined;
  } catch (error) {
    if (error instanceof ArgumentError) return error;
    throw error;
  }
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
  const concurrency = concurrencyOf(options, session);
  const work: BulkWork<T> = {
    run(given, sent) {
      const taken = new Taken<T>(records, (entry) => adopt(checkRecord(entry as T), session));
      return taken.reporting(async function* () {
        const all = await stages(records, session, taken);
        assertWritableTogether(all.flatMap((stage) => stage.map(({ record }) => record)));
        for (const stage of all) {
          const run = writeJobs(current(itemsOf(stage), given, sent), saving(ORDINARY), { ...given, concurrency }, sent);
          for await (const settled of run) yield settled as Settled<T>[];
        }
      });
    },
    async plan() {
      const all = await stages(records, session, new Taken());
      const plans = await Promise.all(all.map((stage) => saving(ORDINARY).plan(itemsOf(stage))));
      return plans.flat();
    },
  };
  return new BulkRun(work, options, { what: 'saveAll()', session });
}

async function stages<T extends object>(records: Source<T>, session: Session, taken: Taken<T>): Promise<{ record: T; place: number }[][]> {
  const byDepth = new Map<number, { record: T; place: number }[]>();
  let place = 0;
  for await (const record of records) {
    const depth = pathNames(tracked(adopt(checkRecord(record), session)).plan.resource.path).length;
    const stage = byDepth.get(depth) ?? [];
    byDepth.set(depth, stage);
    taken.add(place, record);
    stage.push({ record, place: place++ });
  }
  return [...byDepth].sort(([a], [b]) => a - b).map(([, stage]) => stage);
}

async function* itemsOf<T extends object>(stage: readonly { record: T; place: number }[]): AsyncGenerator<Item, void, undefined> {
  for (const { record, place } of stage) yield { the: tracked(record), places: [place] };
}

/** Where `ifUnchanged` asks for it, the records are read again before they are written. */
const current = (items: AsyncIterable<Item>, options: BulkOptions, sent: () => void): AsyncIterable<Item> =>
  options.ifUnchanged ? withCurrentRows(items, options, sent) : items;

/** How entries become records. */
interface Taking<E, M> {
  /** In the order of the entries. `sent` is told of every request that this takes. */
  take(entries: Source<E>, sent: () => void): AsyncGenerator<Candidate<M>, void, undefined>;
  /** The record of an entry that was never taken. */
  untaken(entry: unknown): M;
}

async function* candidates<E, M>(
  entries: Source<E>,
  toCandidate: (entry: E) => Candidate<M>,
): AsyncGenerator<Candidate<M>, void, undefined> {
  for await (const entry of entries) yield toCandidate(entry);
}

const eachOf = <E, M>(toRecord: (entry: E) => M): Taking<E, M> => ({
  take: (entries) => candidates(entries, (entry) => ({ record: toRecord(entry) })),
  untaken: (entry) => toRecord(entry as E),
});

/** A record as it is, or a new one of attributes. */
const toBuilt =
  <M extends object>(scope: Scope<M>) =>
  (entry: unknown): M =>
    isRecord(entry) ? (entry as M) : scope.build(checkAttributes(scope, entry as object), scope.session, scope.params);

/** Where a bulk write takes place. */
interface Place {
  /** How a warning names the write. */
  readonly what: string;
  readonly session?: Session | undefined;
  /** Called when something was written. */
  wrote?(): void;
  /** Called before anything is sent. @throws what makes the whole write wrong */
  check?(): unknown;
  /** No two different objects may stand for one record of the store. */
  readonly isEachOnce?: boolean;
  /** The second of two such objects is a failure of its row, not of the whole write. */
  readonly isRefusedByRow?: boolean;
}

const placeOf = (call: string, scope: Scope<object>): Place => ({
  what: `${call} of ${scope.resource.name}`,
  session: scope.session,
  wrote: () => scope.wrote?.(),
});

/** Makes the run: entries become records as they are taken, records become jobs, jobs become outcomes. */
function bulk<E, M extends object>(
  entries: Source<E>,
  taking: Taking<E, M>,
  writing: Writing,
  options: BulkOptions,
  { what, session, isEachOnce = false, isRefusedByRow = false, ...scope }: Place,
): BulkRun<M> {
  if (!isSource(entries)) throw new ArgumentError(`A bulk write takes a list, or anything that can be iterated, got ${describe(entries)}.`);
  const own = session ?? sessionOfFirst(entries);
  const limited = { ...options, concurrency: concurrencyOf(options, own) };
  async function* items(taken: Taken<M>, sent: () => void): AsyncGenerator<Item, void, undefined> {
    scope.check?.();
    if (Array.isArray(entries))
      assertWritableTogether(
        entries.filter(isRecord).map((record) => adopt(record, session)),
        isEachOnce && !isRefusedByRow,
      );
    const distinct = isEachOnce ? new DistinctRecords() : undefined;
    const source = entries instanceof ReadSource ? entries.read(sent) : entries;
    let place = 0;
    for await (const { record, error } of taking.take(taken.entriesOf(source), sent)) {
      const the = tracked(adopt(record, session));
      taken.add(place, record);
      yield { the, places: [place++], refusal: error ?? distinct?.refusalOf(the) };
    }
  }
  async function* write(taken: Taken<M>, given: BulkOptions, sent: () => void): AsyncGenerator<readonly Settled<M>[], void, undefined> {
    const run = { ...limited, ...given, concurrency: limited.concurrency };
    try {
      for await (const settled of writeJobs(current(items(taken, sent), given, sent), writing, run, sent)) yield settled as Settled<M>[];
    } finally {
      scope.wrote?.();
    }
  }
  const work: BulkWork<M> = {
    run(given, sent) {
      const taken = new Taken<M>(entries, (entry) => adopt(taking.untaken(entry), session));
      return taken.reporting(() => write(taken, given, sent));
    },
    plan: () =>
      writing.plan(
        lookedUpItems(
          items(new Taken(), () => {}),
          limited,
        ),
      ),
  };
  return new BulkRun(work, options, { what, session: own });
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
  if (session !== undefined) state.session ??= session; // that of the call: the work itself may begin elsewhere
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

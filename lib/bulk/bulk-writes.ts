import { ArgumentError } from '../errors/argument-error.js';
import { KeySet, numericKey } from '../query/key-set.js';
import { checkRecordKey, type Scope } from '../query/scope.js';
import { assertSettable } from '../query/settable.js';
import { buildIn, handleOf } from '../record/instantiate.js';
import { bindCurrentSession, type ModelScope } from '../record/model-scope.js';
import { contextIn, contextOf, isRecord, refuseCopies } from '../record/record-base.js';
import type { RecordContext } from '../record/record-context.js';
import { currentSession } from '../session/current.js';
import type { StoreSession } from '../session/session.js';
import { describe, type Key, pathNames } from '../transport/path.js';
import { SaveWriter } from './batch-writers.js';
import { assertLookedUp, writeBatches } from './batches.js';
import type { BatchWriter, BulkItem, Candidate } from './bulk-item.js';
import { type BulkOptions, BulkRun, type BulkWork, ReadSource, type Source, type UpdateManyOptions } from './bulk-run.js';
import { withCurrentRows } from './current-rows.js';
import { destroyWriter } from './destroy-writer.js';
import { assertWritableTogether, DistinctRecords } from './distinct-records.js';
import { UnsettledRecords } from './unsettled-records.js';
import { assertRowSettable, attributeOf, updatable } from './update-many.js';
import { checkAttributes, upsertable, withAttributes } from './upsert-many.js';

/** Saves records: creates new ones and updates changed ones. Others need no request. */
export function saveMany<M extends object>(given: ModelScope<M>, records: Source<object>, options: BulkOptions): BulkRun<M> {
  const scope = bindCurrentSession(given);
  return bulkRun(scope, { what: 'saveMany()', entries: records, ...eachOf(checkRecord), isEachOnce: true }, options);
}

/** Builds records from attributes and creates them. */
export function createMany<M extends object>(given: ModelScope<M>, entries: Source<object>, options: BulkOptions): BulkRun<M> {
  const scope = bindCurrentSession(given);
  return bulkRun(scope, { what: 'createMany()', entries, ...eachOf(builtIn(scope)) }, options);
}

/** Updates the records that the store has and creates the others. */
export function upsertMany<M extends object>(given: ModelScope<M>, entries: Source<object>, options: BulkOptions): BulkRun<M> {
  const scope = bindCurrentSession(given);
  const isUpsert = scope.resource.batch.upsert !== undefined;
  return bulkRun(
    scope,
    {
      what: 'upsertMany()',
      entries,
      take: (source, sent) => upsertable(scope, source, options, sent),
      untaken: builtIn(scope),
      writer: new SaveWriter({ isUpsert }),
      isEachOnce: true,
    },
    options,
  );
}

/** Updates records. Each row of attributes identifies its record by the key or by another attribute. */
export function updateMany<M extends object>(given: ModelScope<M>, rows: Source<object>, options: UpdateManyOptions): BulkRun<M> {
  const scope = bindCurrentSession(given);
  const by = attributeOf(scope, options.by);
  return bulkRun(
    scope,
    {
      what: 'updateMany()',
      entries: rows,
      take: (source, sent) => updatable(scope, by, source, options, sent),
      untaken: builtIn(scope),
      isEachOnce: true,
      isRefusedByRow: true,
      check: () => {
        if (Array.isArray(rows)) for (const row of rows) assertRowSettable(scope, by, row);
      },
    },
    options,
  );
}

/** Sets the same attributes on many records, given by their keys. Runs no hooks or validations. */
export function updateAll<M extends object>(given: ModelScope<M>, keys: Source<Key>, attributes: object, options: BulkOptions): BulkRun<M> {
  const scope = bindCurrentSession(given);
  return bulkRun(
    scope,
    {
      what: 'updateAll()',
      entries: keys,
      ...eachOf((key) => withAttributes(handleOf(scope, key), attributes)),
      writer: new SaveWriter({ withHooks: false }),
      check: () => assertSettable(scope.resource, attributes, false),
    },
    options,
  );
}

/** Deletes records, given as records or keys. `what` is the name of the call in warnings. */
export function destroyMany<M extends object>(
  given: ModelScope<M>,
  entries: Source<object | Key>,
  options: BulkOptions,
  what = 'destroyMany()',
): BulkRun<M> {
  const scope = bindCurrentSession(given);
  const repeated = Array.isArray(entries) ? repeatedKeys(entries) : new Set<string>();
  const shared = new Map<string, RecordContext>();
  // A repeated key is deleted once.
  const handleFor = (key: unknown): RecordContext => {
    const handle = shared.get(String(key)) ?? handleOf(scope, key);
    if (repeated.has(String(key))) shared.set(String(key), handle);
    return handle;
  };
  const toRecord = (entry: unknown): RecordContext => {
    refuseCopies(entry);
    return contextIn(entry) ?? handleFor(entry);
  };
  async function* take(source: Source<unknown>): AsyncGenerator<Candidate, void, undefined> {
    for await (const entry of source) yield { context: toRecord(entry), error: isRecord(entry) ? undefined : refusalOfKey(scope, entry) };
  }
  return bulkRun(scope, { what, entries, take, untaken: toRecord, writer: destroyWriter }, options);
}

/** Returns the error of an invalid key: only its own row fails. */
function refusalOfKey({ resource }: Scope, key: unknown): Error | undefined {
  try {
    checkRecordKey(resource, key);
    return undefined;
  } catch (error) {
    if (error instanceof ArgumentError) return error;
    throw error;
  }
}

function repeatedKeys(entries: readonly unknown[]): ReadonlySet<string> {
  const keys = new KeySet();
  const repeated = new Set<string>();
  for (const entry of entries) if (!isRecord(entry) && !keys.add(numericKey(entry))) repeated.add(String(entry));
  return repeated;
}

/** Turns entries into records. */
interface Taking {
  /** Yields records in the order of the entries. `sent` is called for every request. */
  take(entries: Source<unknown>, sent: () => void): AsyncGenerator<Candidate, void, undefined>;
  /** Returns the record of an entry that `take` has not yielded, without a request. */
  untaken(entry: unknown): RecordContext;
}

const eachOf = (toRecord: (entry: unknown) => RecordContext): Taking => ({
  async *take(entries) {
    for await (const entry of entries) yield { context: toRecord(entry) };
  },
  untaken: toRecord,
});

/** Returns a given record as it is, and builds one from attributes. */
const builtIn =
  (scope: ModelScope<object>) =>
  (entry: unknown): RecordContext =>
    contextIn(entry) ?? contextOf(buildIn(scope, checkAttributes(scope, entry)));

/** Describes a bulk write. */
interface BulkPlan extends Taking {
  /** The name of the call in warnings. */
  readonly what: string;
  readonly entries: Source<unknown>;
  /** Default: one that creates and updates, with hooks. */
  readonly writer?: BatchWriter;
  /** Checks the arguments before anything is sent. @throws an error that stops the whole write */
  check?(): void;
  /** Refuses two different objects for one record of the store. */
  readonly isEachOnce?: boolean;
  /** Fails the row of the second such object only, not the whole write. */
  readonly isRefusedByRow?: boolean;
}

/** Creates the run, which turns entries into records as they are read, records into batches, and batches into outcomes. */
function bulkRun<M extends object>(scope: ModelScope<M>, plan: BulkPlan, options: BulkOptions): BulkRun<M> {
  const { entries, writer = new SaveWriter() } = plan;
  if (!isSource(entries)) throw new ArgumentError(`A bulk write takes an array or another iterable, got ${describe(entries)}.`);
  const session = scope.session ?? sessionOfFirst(entries);
  const concurrency = concurrencyOf(options, session);
  async function* write(taken: UnsettledRecords, sent: () => void) {
    try {
      const items = currentItems(itemsOf(scope, plan, taken, sent), options, sent);
      yield* writeBatches(items, writer, { ...options, concurrency }, sent);
    } finally {
      scope.onBulkWrite?.();
    }
  }
  const work: BulkWork = {
    run(sent) {
      const taken = new UnsettledRecords(entries, (entry) => adopt(plan.untaken(entry), scope.session).record);
      return taken.reporting(() => write(taken, sent));
    },
    plan() {
      const items = itemsOf(scope, plan, new UnsettledRecords(), () => {});
      return writer.plan(assertLookedUp(items, options));
    },
  };
  return new BulkRun<M>(work, options, { what: `${plan.what} of ${scope.resource.name}`, session });
}

/** Yields the records of a bulk write as they are read from its source. */
async function* itemsOf(
  { session }: ModelScope<object>,
  { entries, take, check, isEachOnce = false, isRefusedByRow = false }: BulkPlan,
  taken: UnsettledRecords,
  sent: () => void,
): AsyncGenerator<BulkItem, void, undefined> {
  check?.();
  const distinct = isEachOnce ? new DistinctRecords() : undefined;
  const checked = new Set<RecordContext>();
  if (Array.isArray(entries)) {
    for (const entry of entries) {
      const context = contextIn(entry);
      if (context === undefined) continue;
      checked.add(adopt(context, session));
    }
    assertWritableTogether(checked, isRefusedByRow ? undefined : distinct);
  }
  const source = entries instanceof ReadSource ? entries.read(sent) : entries;
  let place = 0;
  for await (const { context, error } of take(taken.entriesOf(source), sent)) {
    taken.add(place, adopt(context, session).record);
    const isDistinct = !isRefusedByRow && checked.has(context);
    yield { context, places: [place++], refusal: error ?? (isDistinct ? undefined : distinct?.refusalOf(context)) };
  }
}

/** Reads the records again before they are written, if `ifUnchanged` is set. */
const currentItems = (items: Source<BulkItem>, options: BulkOptions, sent: () => void): Source<BulkItem> =>
  options.ifUnchanged ? withCurrentRows(items, options, sent) : items;

/** Saves records of any models. Those with short paths come first, since the others may be their children. */
export function saveMixed<T extends object>(records: Source<T>, options: BulkOptions): BulkRun<T> {
  const session = currentSession(); // now: the run may start elsewhere
  const concurrency = concurrencyOf(options, session);
  const writer = new SaveWriter();
  async function* write(taken: UnsettledRecords, sent: () => void) {
    const stages = await stagesOf(records, session, taken);
    const contexts = stages.flat().map(({ context }) => context);
    assertWritableTogether(contexts, new DistinctRecords());
    for (const stage of stages) yield* writeBatches(currentItems(stage, options, sent), writer, { ...options, concurrency }, sent);
  }
  const work: BulkWork = {
    run(sent) {
      const taken = new UnsettledRecords(records, (entry) => adopt(checkRecord(entry), session).record);
      return taken.reporting(() => write(taken, sent));
    },
    async plan() {
      const stages = await stagesOf(records, session, new UnsettledRecords());
      return (await Promise.all(stages.map((stage) => writer.plan(stage)))).flat();
    },
  };
  return new BulkRun<T>(work, options, { what: 'saveAll()', session });
}

async function stagesOf(records: Source<unknown>, session: StoreSession, taken: UnsettledRecords): Promise<BulkItem[][]> {
  const byDepth = new Map<number, BulkItem[]>();
  let place = 0;
  for await (const record of records) {
    const context = adopt(checkRecord(record), session);
    const depth = pathNames(context.metadata.resource.path).length;
    const stage = byDepth.get(depth) ?? [];
    byDepth.set(depth, stage);
    taken.add(place, context.record);
    stage.push({ context, places: [place++] });
  }
  return [...byDepth].sort(([a], [b]) => a - b).map(([, stage]) => stage);
}

/** Batches prepared in advance, so that a free connection does not have to wait for one. */
const READY = 2;

function concurrencyOf({ concurrency }: BulkOptions, session: StoreSession | undefined): number {
  if (concurrency === undefined) return (session ?? currentSession()).concurrency + READY;
  if (Number.isSafeInteger(concurrency) && concurrency > 0) return concurrency;
  throw new ArgumentError(`concurrency takes a whole number from 1, got ${describe(concurrency)}.`);
}

/** Gives a new record the session of the call. A record that was read or saved keeps its own. */
function adopt(context: RecordContext, session: StoreSession | undefined): RecordContext {
  context.session ??= session; // that of the call: the run may start elsewhere
  return context;
}

const sessionOfFirst = (entries: Source<unknown>): StoreSession | undefined =>
  Array.isArray(entries) ? contextIn(entries[0])?.session : undefined;

const isSource = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);

function checkRecord(record: unknown): RecordContext {
  const context = contextIn(record);
  if (context !== undefined) return context;
  refuseCopies(record);
  throw new ArgumentError(`saveMany() takes records, got ${describe(record)}. Use createMany() or upsertMany() for plain attributes.`);
}

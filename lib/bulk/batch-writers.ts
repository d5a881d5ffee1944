import { BigRecordError } from '../errors/bigrecord-error.js';
import { ValidationError } from '../errors/validation-error.js';
import {
  type ParentRoute,
  type PlannedSave,
  type Removal,
  removalOf,
  routeOf,
  routeOfSave,
  type Sending,
  sendingAlone,
} from '../persistence/parent-route.js';
import { hasEditedChildren } from '../persistence/pending-children.js';
import { completeDestroy, prepareDestroy, runSaveHooks } from '../persistence/persist.js';
import { isUncertain } from '../persistence/reconcile.js';
import { completeSave, entryBody, planSave, refuseSave, type SavePlan, saveRequest } from '../persistence/save-plan.js';
import { batchDeleteRequest, deletionLimit } from '../query/deletions.js';
import { collectionPath, type Row } from '../query/scope.js';
import { isChanged } from '../record/change-set.js';
import { runInTurn } from '../record/operation-queue.js';
import { identityOf, paramsBelow, paramsOf, savedKey, scopeOfRecord, sessionOfRecord } from '../record/record-address.js';
import type { RecordContext } from '../record/record-context.js';
import { placeBelow } from '../record/related-scope.js';
import type { StoreSession } from '../session/session.js';
import { expandPath, type Key } from '../transport/path.js';
import { type ApiResponse, callOf, type RequestDescription } from '../transport/request.js';
import { outcomesOf } from './batch-outcomes.js';
import { batchesOf, writeBatches } from './batches.js';
import { addOutcome, type BatchGroup, type BatchWriter, type BulkItem, type PlannedItem } from './bulk-item.js';
import type { BulkOptions, Settled } from './bulk-run.js';
import { assertCurrent } from './current-rows.js';
import { deletionsIn } from './deletion-outcomes.js';
import { isolateFailures, type Outcome, showsStored } from './isolate-failures.js';
import { sendBatch } from './send-batch.js';

type Request = Omit<RequestDescription, 'signal'>;

type Verb = 'create' | 'update' | 'upsert';

/** Records that need no request. */
const UNSENT: BatchGroup = { name: '', limit: 250 };

interface SaveWriterOptions {
  /** Writes new and saved records alike with the resource's upsert. */
  readonly isUpsert?: boolean;
  readonly withHooks?: boolean;
}

/** Creates and updates records. */
export class SaveWriter implements BatchWriter {
  readonly #isUpsert: boolean;
  readonly #withHooks: boolean;

  constructor({ isUpsert = false, withHooks = true }: SaveWriterOptions = {}) {
    this.#isUpsert = isUpsert;
    this.#withHooks = withHooks;
  }

  groupOf({ context }: BulkItem): BatchGroup {
    const verb = this.#verbOf(context);
    if (verb === undefined) return UNSENT;
    if (verb === 'update' && hasEditedChildren(context)) return aloneWith(context);
    if (routeOf(context.metadata.resource, verb === 'create' ? verb : 'update') !== undefined) return besideSiblings(context);
    const { batch, path } = context.metadata.resource;
    const isOnePath = context.metadata.pathNames.length === 0 && batch.path === undefined;
    return { name: `${verb} ${isOnePath ? path : batchPath(context, verb)}`, limit: batch[verb] ?? 1 };
  }

  async write(items: readonly BulkItem[], options: BulkOptions, sent: () => void): Promise<readonly Settled<object>[]> {
    const settled: Settled<object>[] = [];
    const saved: PlannedItem[] = [];
    const ready: PlannedItem[] = [];
    for (const item of items) await this.#plan(item, options, { settled, saved, ready });
    for (const outcome of await this.#send(ready, options, sent)) {
      const error = takeOutcome(outcome);
      if (error === undefined) saved.push(outcome.entry);
      else addOutcome(settled, outcome.entry.item, error);
    }
    const failed = await this.#writeChildren(saved, options, sent);
    for (const planned of saved) {
      const { context } = planned.item;
      // The record itself is saved, even if its children failed.
      const hasHooks = this.#withHooks && context.metadata.hookNames.size > 0;
      const hookError = hasHooks ? await errorOf(() => runSaveHooks(context, planned.plan)) : undefined;
      addOutcome(settled, planned.item, failed.get(planned) ?? hookError);
    }
    return settled;
  }

  async plan(items: Iterable<BulkItem> | AsyncIterable<BulkItem>): Promise<RequestDescription[]> {
    const requests: RequestDescription[] = [];
    for await (const batch of batchesOf(items, this)) {
      const [first] = batch.items;
      const verb = first === undefined || batch.error !== undefined ? undefined : this.#verbOf(first.context);
      if (verb === undefined) continue;
      const planned = await Promise.all(batch.items.map(async (item) => plannedItem(item, await planSave(item.context, false))));
      const [planOfFirst] = planned;
      if (planOfFirst === undefined) continue;
      const { context } = planOfFirst.item;
      const route = routeOfSave(context, planOfFirst.plan);
      if (route === undefined) requests.push(requestOf(planOfFirst, planned, verb));
      else requests.push(await route.saveRequest(planned.map(plannedSave), sendingAlone(sessionOfRecord(context), {})));
    }
    return requests;
  }

  /** Returns what to do with a record; `undefined` if nothing. */
  #verbOf(context: RecordContext): Verb | undefined {
    if (this.#isUpsert) return 'upsert';
    if (context.isNew) return 'create';
    const { hookNames } = context.metadata;
    const mayChange = this.#withHooks && (hookNames.has('beforeSave') || hookNames.has('beforeUpdate'));
    return mayChange || context.rare.isDestroyed || isChanged(context) || hasEditedChildren(context) ? 'update' : undefined;
  }

  /** Runs hooks and validations. A record with nothing to send counts as saved. */
  async #plan(
    item: BulkItem,
    options: BulkOptions,
    { settled, saved, ready }: { settled: Settled<object>[]; saved: PlannedItem[]; ready: PlannedItem[] },
  ): Promise<void> {
    try {
      const plan = await planSave(item.context, this.#withHooks);
      if (options.ifUnchanged) assertCurrent(item, plan);
      if (plan.isEmpty) completeSave(item.context, plan, undefined);
      (plan.isEmpty ? saved : ready).push(plannedItem(item, plan));
    } catch (error) {
      addOutcome(settled, item, asError(error));
    }
  }

  async #send(ready: readonly PlannedItem[], options: BulkOptions, sent: () => void): Promise<readonly Outcome<PlannedItem>[]> {
    const [first] = ready;
    if (first === undefined) return [];
    const { context } = first.item;
    const session = sessionOfRecord(context);
    const route = routeOfSave(context, first.plan);
    if (route !== undefined) return sendThrough(route, ready, sendingFor(session, options, sent));
    const verb = this.#isUpsert ? 'upsert' : first.plan.isCreating ? 'create' : 'update';
    return isolateFailures(ready, {
      send: (batch) => sendBatch(session, requestOf(batch[0] ?? first, batch, verb), options, sent),
      read: (batch, response) => outcomesOf(batch, requestOf(batch[0] ?? first, [], verb), response),
      key: ({ key }) => key,
      mayBeStored: ({ method, body }) => method === 'POST' && (context.metadata.resource.batch.partialCreate === true || showsStored(body)),
    });
  }

  /** Creates the children that new parents brought with them, now that the parents have keys. Returns the error of each parent. */
  async #writeChildren(parents: readonly PlannedItem[], options: BulkOptions, sent: () => void): Promise<Map<PlannedItem, Error>> {
    const failed = new Map<PlannedItem, Error>();
    const items = childItems(parents);
    const [first] = parents;
    if (items.length === 0 || first === undefined) return failed;
    const errors = new Map<object, Error>();
    const writer = new SaveWriter({ withHooks: this.#withHooks });
    const run = writeBatches(items, writer, { ...options, concurrency: options.concurrency ?? 1 }, sent);
    const ended = await errorOf(() => runInTurn(first.item.context.record, () => collectErrors(run, errors)));
    // If the run of the children ended early, the parents are still saved: their outcomes must not be lost.
    if (ended !== undefined)
      for (const { context } of items) if (context.isNew && !errors.has(context.record)) errors.set(context.record, ended);
    for (const parent of parents) {
      const error = completeChildren(parent, errors);
      if (error !== undefined) failed.set(parent, error);
    }
    return failed;
  }
}

/** The group of a record that is saved together with its children: nothing else goes into that request. */
const aloneWith = (context: RecordContext): BatchGroup => ({
  name: `${collectionPath(scopeOfRecord(context))}/${savedKey(context)} with children`,
  limit: 1,
});

/** The group of children that one update of their parent writes. */
const besideSiblings = (context: RecordContext): BatchGroup => ({
  name: `in the parent of ${collectionPath(scopeOfRecord(context))}`,
  limit: MOST_CHILDREN,
});

/** The most children in one request: no limit is documented, so as many as a page has. */
const MOST_CHILDREN = 250;

const plannedSave = ({ item: { context }, plan }: PlannedItem): PlannedSave => ({ context, plan });

/** Returns how a bulk write sends its requests. */
const sendingFor = (session: StoreSession, options: BulkOptions, sent: () => void): Sending => ({
  call: callOf(options),
  send: (request) => sendBatch(session, request, options, sent),
  sent,
});

/** Saves children by an update of their parent, or one parent with its children. */
function sendThrough(route: ParentRoute, ready: readonly PlannedItem[], sending: Sending): Promise<readonly Outcome<PlannedItem>[]> {
  let rows: ReadonlyMap<RecordContext, Row> = new Map();
  return isolateFailures(ready, {
    async send(batch) {
      rows = await route.save(batch.map(plannedSave), sending);
      return STORED;
    },
    read: (batch) => batch.map((entry) => ({ entry, row: rows.get(entry.item.context) })),
    key: ({ key }) => key,
  });
}

/** Stands for the response of a write whose rows are known already. */
const STORED: ApiResponse = { status: 200, headers: {}, body: undefined };

/** Applies an outcome to its record. Returns the error if it failed. */
function takeOutcome({ entry: { item, plan }, error, row }: Outcome<PlannedItem>): Error | undefined {
  try {
    if (row !== undefined || error === undefined) completeSave(item.context, plan, row);
  } catch (unread) {
    return error ?? asError(unread); // the other records still have their outcomes
  }
  if (error !== undefined) refuseSave(item.context, plan, error instanceof ValidationError ? error.errors : {});
  return error;
}

function childItems(parents: readonly PlannedItem[]): BulkItem[] {
  const items: BulkItem[] = [];
  for (const { item, plan } of parents)
    for (const { cache, children } of plan.after)
      for (const child of children) {
        placeBelow(item.context, child, cache.relation.by);
        items.push({ context: child, places: [items.length] });
      }
  return items;
}

async function collectErrors(run: AsyncIterable<readonly Settled<object>[]>, errors: Map<object, Error>): Promise<void> {
  for await (const settled of run)
    for (const { outcome } of settled) if (outcome.status === 'failed') errors.set(outcome.record, outcome.error);
}

/** Updates the relations of a parent with the outcomes of its children. Returns the first error. */
function completeChildren({ plan }: PlannedItem, errors: ReadonlyMap<object, Error>): Error | undefined {
  let first: Error | undefined;
  for (const { cache, children } of plan.after) {
    for (const child of children) {
      const error = errors.get(child.record);
      if (isUncertain(error)) cache.setUncertain(child);
      first ??= error;
    }
    cache.acceptPending(plan.isCreating);
  }
  return first;
}

/** Returns the error that work fails with. A hook that rejects with `undefined` has failed too. */
async function errorOf(work: () => Promise<void>): Promise<Error | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return asError(error);
  }
}

const asError = (error: unknown): Error => (error ?? new BigRecordError(`A hook or validation threw ${String(error)}.`)) as Error;

/** Returns the path that a batch is sent to. */
function batchPath(context: RecordContext, verb: Verb): string {
  const { batch, name, path } = context.metadata.resource;
  if (batch[verb] !== undefined && batch.path !== undefined) return expandPath(batch.path, paramsBelow(context, batch.path), name);
  return expandPath(path, paramsOf(context), name);
}

/** Returns an item with its plan. @throws ArgumentError if a saved record that has to be sent has an invalid key */
function plannedItem(item: BulkItem, plan: SavePlan): PlannedItem {
  const { isNew, metadata } = item.context;
  const isKeyless = isNew || plan.isEmpty || metadata.resource.addressing === 'single';
  return { item, plan, key: isKeyless ? undefined : savedKey(item.context) };
}

/** Returns the request that saves a batch. A resource without batches takes one record per request. */
function requestOf(first: PlannedItem, batch: readonly PlannedItem[], verb: Verb): Request {
  const { item, plan } = first;
  const { resource } = item.context.metadata;
  if (resource.batch[verb] === undefined) return saveRequest(item.context, plan);
  const body: Row[] = [];
  for (const each of batch) {
    const { context } = each.item;
    const entry = entryBody(context, each.plan);
    body.push(resource.batch.parent === undefined ? entry : { ...parentOf(context, each.plan, resource.batch.parent), ...entry });
  }
  const path = batchPath(item.context, verb);
  return { method: verb === 'create' ? 'POST' : 'PUT', version: resource.version, path, query: {}, body };
}

/** Returns the parent's key for the body of a new record, if the path of the batch does not name the parent. */
function parentOf(context: RecordContext, { isCreating }: SavePlan, name: string): Record<string, Key | undefined> {
  const last = context.metadata.pathNames.at(-1);
  return isCreating && last !== undefined ? { [name]: paramsOf(context)[last] } : {};
}

/** Deletes records and runs their hooks. */
export const destroyWriter: BatchWriter = {
  groupOf({ context }) {
    if (context.isNew) return UNSENT;
    if (routeOf(context.metadata.resource, 'delete') !== undefined) return besideSiblings(context);
    const name = `${collectionPath(scopeOfRecord(context))} ${JSON.stringify(identityOf(context))}`;
    return { name, limit: deletionLimit(context.metadata.resource).limit };
  },

  async write(items, options, sent) {
    const settled: Settled<object>[] = [];
    const ready: BulkItem[] = [];
    for (const item of items) {
      const error = await errorOf(() => prepareDestroy(item.context));
      if (error === undefined) ready.push(item);
      else addOutcome(settled, item, error);
    }
    for (const { entry, error } of await sendDeletions(ready, options, sent))
      addOutcome(settled, entry, error ?? (await errorOf(() => completeDestroy(entry.context))));
    return settled;
  },

  async plan(items) {
    const requests: RequestDescription[] = [];
    for await (const { items: batch, error } of batchesOf(items, destroyWriter))
      if (error === undefined && batch[0]?.context.isNew === false) {
        const [{ context }] = batch;
        const route = routeOf(context.metadata.resource, 'delete');
        if (route === undefined) requests.push(deletionRequest(batch[0], batch));
        else requests.push(await route.deleteRequest(removalOfItems(batch[0], batch), sendingAlone(sessionOfRecord(context), {})));
      }
    return requests;
  },
};

async function sendDeletions(ready: readonly BulkItem[], options: BulkOptions, sent: () => void): Promise<readonly Outcome<BulkItem>[]> {
  const [first] = ready;
  if (first === undefined || first.context.isNew) return ready.map((entry) => ({ entry }));
  const session = sessionOfRecord(first.context);
  const route = routeOf(first.context.metadata.resource, 'delete');
  if (route !== undefined)
    return isolateFailures(ready, {
      send: (batch) => route.delete(removalOfItems(batch[0] ?? first, batch), sendingFor(session, options, sent)),
      read: (batch) => batch.map((entry) => ({ entry })),
      key: ({ context }) => savedKey(context),
    });
  return isolateFailures(ready, {
    send: (batch) => sendBatch(session, deletionRequest(first, batch), options, sent),
    read: (batch, response) => deletionsIn(batch, deletionRequest(first, batch), response),
    key: ({ context }) => savedKey(context),
  });
}

const removalOfItems = (first: BulkItem, batch: readonly BulkItem[]): Removal =>
  removalOf([first.context, ...batch.slice(1).map(({ context }) => context)]);

/** Returns the request that deletes a batch: that of its first record, with the keys of all. */
const deletionRequest = ({ context }: BulkItem, batch: readonly BulkItem[]): Request =>
  batchDeleteRequest(
    scopeOfRecord(context),
    batch.map((item) => savedKey(item.context)),
  );

import { ValidationError } from '../errors/validation-error.js';
import { routeOf, routeOfSave, sendingAlone } from '../persistence/parent-route.js';
import { hasEditedChildren } from '../persistence/pending-children.js';
import { runSaveHooks } from '../persistence/persist.js';
import { isUncertain } from '../persistence/reconcile.js';
import { completeSave, entryBody, planSave, refuseSave, type SavePlan, saveRequest } from '../persistence/save-plan.js';
import { findCreatedKeys } from '../persistence/unknown-key.js';
import { type Row, scopeQuery } from '../query/scope.js';
import { createsByUpsert } from '../query/settable.js';
import { isChanged } from '../record/change-set.js';
import { runInTurn } from '../record/operation-queue.js';
import { paramsBelow, paramsOf, savedKey, scopeOfRecord, sessionOfRecord } from '../record/record-address.js';
import type { RecordContext } from '../record/record-context.js';
import { placeBelow } from '../record/related-scope.js';
import { expandPath, type Key } from '../transport/path.js';
import { NO_QUERY, type RequestDescription } from '../transport/request.js';
import { outcomesOf } from './batch-outcomes.js';
import { batchesOf, writeBatches } from './batches.js';
import { addOutcome, asError, type BatchGroup, type BatchWriter, type BulkItem, errorOf, type PlannedItem, UNSENT } from './bulk-item.js';
import type { BulkOptions, Settled, Source } from './bulk-run.js';
import { assertCurrent } from './current-rows.js';
import { isolateFailures, type Outcome, showsStored } from './isolate-failures.js';
import { sendBatch } from './send-batch.js';
import { aloneWith, besideSiblings, plannedSave, sendingFor, sendThrough } from './through-parent.js';

type Request = Omit<RequestDescription, 'signal'>;

type Verb = 'create' | 'update' | 'upsert';

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
    const { pathNames, placeNames } = context.metadata;
    const at = pathNames.length === 0 && batch.path === undefined ? path : batchPath(context, verb);
    const scope = placeNames.length === pathNames.length ? '' : ` ${JSON.stringify(scopeQuery(scopeOfRecord(context)))}`;
    return { name: `${verb} ${at}${scope}`, limit: batch[verb] ?? 1 };
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
    const created = saved.filter(({ plan }) => plan.isCreating).map(({ item }) => item.context);
    if (created.length > 0) await findCreatedKeys(created, options, sent);
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

  async plan(items: Source<BulkItem>): Promise<RequestDescription[]> {
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
      else
        requests.push(
          await route.saveRequest(plannedSave(planOfFirst), planned.map(plannedSave), sendingAlone(sessionOfRecord(context), {})),
        );
    }
    return requests;
  }

  /** Returns what to do with a record; `undefined` if nothing. */
  #verbOf(context: RecordContext): Verb | undefined {
    if (this.#isUpsert) return 'upsert';
    if (context.isNew) return createsByUpsert(context.metadata.resource) ? 'upsert' : 'create';
    const { hookNames } = context.metadata;
    const mayChange = this.#withHooks && (hookNames.has('beforeSave') || hookNames.has('beforeUpdate'));
    return mayChange || context.rare.isDestroyed || isChanged(context) || hasEditedChildren(context) ? 'update' : undefined;
  }

  #verbOfPlan({ item: { context }, plan }: PlannedItem): Verb {
    if (this.#isUpsert) return 'upsert';
    if (!plan.isCreating) return 'update';
    return createsByUpsert(context.metadata.resource) ? 'upsert' : 'create';
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
    const verb = this.#verbOfPlan(first);
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
  const query = resource.scope.length === 0 ? NO_QUERY : scopeQuery(scopeOfRecord(item.context));
  return { method: verb === 'create' ? 'POST' : 'PUT', version: resource.version, path, query, body };
}

/** Returns the parent's key for the body of a new record, if the path of the batch does not name the parent. */
function parentOf(context: RecordContext, { isCreating }: SavePlan, name: string): Record<string, Key | undefined> {
  const last = context.metadata.pathNames.at(-1);
  return isCreating && last !== undefined ? { [name]: paramsOf(context)[last] } : {};
}

import { BigRecordError } from '../errors/bigrecord-error.js';
import type { FieldErrors } from '../errors/field-errors.js';
import { deletionLimit, deletionOf } from '../query/deletion.js';
import { collectionPath } from '../query/scope.js';
import type { BulkOptions, Settled } from '../session/bulk-run.js';
import { expandPath, type Key } from '../transport/path.js';
import type { ApiResponse, RequestDescription } from '../transport/request.js';
import { deletionsIn, outcomesOf } from './bulk-answer.js';
import { assertCurrent } from './bulk-current.js';
import { type Item, type Ready, settledAs, type Writing } from './bulk-item.js';
import { jobsOf, writeJobs } from './bulk-jobs.js';
import { type Outcome, sendNarrowing, showsStored } from './bulk-narrowing.js';
import { sendList } from './bulk-sending.js';
import { changedSlots, type Tracked } from './changes.js';
import { tracked } from './internals.js';
import { isUncertain } from './reconcile.js';
import { paramsBelow, placeBelow } from './related.js';
import {
  announce,
  complete,
  completeDestroy,
  identityOf,
  listedBody,
  prepare,
  prepareDestroy,
  recordScope,
  refuse,
  type Saving,
  savedKey,
  saveRequest,
  sessionOfRecord,
} from './saving.js';
import { asPartOfTurn } from './turns.js';

type Request = Omit<RequestDescription, 'signal'>;

type Verb = 'create' | 'update' | 'upsert' | 'none';

interface SavingOptions {
  /** By the resource's upsert, whether a record is new or not. */
  readonly isUpsert: boolean;
  readonly withHooks: boolean;
}

/** Creates and updates. */
export function saving({ isUpsert, withHooks }: SavingOptions): Writing {
  const verbOf = ({ the }: Item): Verb => {
    if (isUpsert) return 'upsert';
    if (the.state.isNew) return 'create';
    const { plan } = the;
    const hasHooks = withHooks && plan.hooks('beforeSave').length + plan.hooks('beforeUpdate').length > 0;
    return hasHooks || changedSlots(the).length > 0 || the.state.isDestroyed ? 'update' : 'none';
  };

  async function write(items: readonly Item[], options: BulkOptions, sent: () => void): Promise<readonly Settled<object>[]> {
    const settled: Settled<object>[] = [];
    const ready: Ready[] = [];
    const done: Ready[] = [];
    for (const item of items) {
      try {
        const prepared = await prepare(item.the, withHooks);
        if (options.ifUnchanged) assertCurrent(item, prepared);
        if (prepared.isEmpty && prepared.after.length > 0) {
          complete(item.the, prepared, undefined);
          done.push({ item, saving: prepared });
        } else if (prepared.isEmpty) {
          complete(item.the, prepared, undefined);
          if (withHooks) await announce(item.the, prepared);
          settled.push(...settledAs(item));
        } else ready.push({ item, saving: prepared });
      } catch (error) {
        settled.push(...settledAs(item, thrown(error)));
      }
    }
    for (const { entry, error, row } of await send(ready, options, sent)) {
      if (row !== undefined || error === undefined) {
        try {
          complete(entry.item.the, entry.saving, row);
        } catch (unread) {
          settled.push(...settledAs(entry.item, error ?? (unread as Error))); // the others have their outcomes all the same
          continue;
        }
      }
      if (error === undefined) done.push(entry);
      else {
        refuse(entry.item.the, entry.saving, 'errors' in error ? (error.errors as FieldErrors) : {});
        settled.push(...settledAs(entry.item, error));
      }
    }
    const failed = await writeChildren(done, options, sent);
    for (const entry of done) {
      // The record itself is saved, whatever became of its children.
      const hookError = withHooks ? await failureOf(announce(entry.item.the, entry.saving)) : undefined;
      settled.push(...settledAs(entry.item, failed.get(entry) ?? hookError));
    }
    return settled;
  }

  async function send(ready: readonly Ready[], options: BulkOptions, sent: () => void): Promise<readonly Outcome<Ready>[]> {
    const [first] = ready;
    if (first === undefined) return [];
    const session = sessionOfRecord(first.item.the);
    const verb = isUpsert ? 'upsert' : first.saving.isCreating ? 'create' : 'update';
    return sendNarrowing(ready, {
      send: (batch) => sendList(session, requestOf(batch, verb), options, sent),
      read: (batch, answer: ApiResponse) => outcomesOf(batch, requestOf(batch, verb), answer),
      key: ({ item }) => (item.the.state.isNew ? undefined : savedKey(item.the)),
      mayBeStored: ({ method, body }) =>
        method === 'POST' && (first.item.the.plan.resource.batch.partialCreate === true || showsStored(body)),
    });
  }

  /** Records that were given with new parents are created once these have their keys, in lists where the API takes them. */
  async function writeChildren(parents: readonly Ready[], options: BulkOptions, sent: () => void): Promise<Map<Ready, Error>> {
    const failed = new Map<Ready, Error>();
    const waiting = parents.flatMap((parent) => parent.saving.after.map((children) => ({ parent, ...children })));
    const items: Item[] = [];
    for (const { parent, by, records } of waiting)
      for (const child of records) {
        placeBelow(parent.item.the.record, child, by);
        items.push({ the: tracked(child), places: [items.length] });
      }
    if (items.length === 0) return failed;
    const errors = new Map<object, Error>();
    const run = writeJobs(items, saving({ isUpsert: false, withHooks }), { ...options, concurrency: options.concurrency ?? 1 }, sent);
    const { record } = (parents[0] as Ready).item.the;
    const ended = await failureOf(
      asPartOfTurn(record, async () => {
        for await (const settled of run)
          for (const { outcome } of settled) if (outcome.status === 'failed') errors.set(outcome.record, outcome.error);
      }),
    );
    // Where the run itself was ended, the parents are saved all the same: their outcomes must not be lost with it.
    if (ended !== undefined) for (const { the } of items) if (the.state.isNew && !errors.has(the.record)) errors.set(the.record, ended);
    for (const { parent, relation, records } of waiting) {
      for (const child of records) if (isUncertain(errors.get(child))) relation.setUncertain(child);
      relation.settle(parent.saving.isCreating);
      const error = records.map((child) => errors.get(child)).find((each) => each !== undefined);
      if (error !== undefined) failed.set(parent, error);
    }
    return failed;
  }

  return {
    groupOf: (item) => {
      const verb = verbOf(item);
      return verb === 'none' ? verb : `${verb} ${batchPath(item.the, verb)}`;
    },
    limit: (item) => {
      const verb = verbOf(item);
      return verb === 'none' ? 250 : (item.the.plan.resource.batch[verb] ?? 1);
    },
    write,
    async plan(items) {
      const requests: RequestDescription[] = [];
      for await (const job of jobsOf(items, this)) {
        if (job.error !== undefined) continue;
        const verb = verbOf(job.items[0] as Item);
        if (verb === 'none') continue;
        const batch = await Promise.all(job.items.map(async (item) => ({ item, saving: await prepare(item.the, false) })));
        requests.push(requestOf(batch, verb));
      }
      return requests;
    },
  };
}

const failureOf = (work: Promise<void>): Promise<Error | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => thrown(error),
  );

/** What was thrown, for an outcome: a hook that rejects with nothing has failed all the same. */
const thrown = (error: unknown): Error => (error ?? new BigRecordError(`A hook or check threw ${String(error)}.`)) as Error;

/** Where a list of records goes. */
function batchPath(the: Tracked, verb: Exclude<Verb, 'none'>): string {
  const { resource } = the.plan;
  if (resource.batch[verb] !== undefined && resource.batch.path !== undefined)
    return expandPath(resource.batch.path, paramsBelow(the.record, resource.batch.path), resource.name);
  return collectionPath(recordScope(the));
}

function requestOf(batch: readonly Ready[], verb: Exclude<Verb, 'none'>): Request {
  const [first] = batch as [Ready, ...Ready[]];
  const { the } = first.item;
  const { resource } = the.plan;
  if (resource.batch[verb] === undefined) return saveRequest(the, first.saving);
  const body = batch.map(({ item, saving: prepared }) => ({ ...parentOf(item.the, prepared), ...listedBody(item.the, prepared) }));
  return { method: verb === 'create' ? 'POST' : 'PUT', version: resource.version, path: batchPath(the, verb), query: {}, body };
}

/** A list at a path of its own does not tell by its address whose record a new one is. */
function parentOf({ record, plan }: Tracked, { isCreating }: Saving): Record<string, Key | undefined> {
  const { parent } = plan.resource.batch;
  if (parent === undefined || !isCreating) return {};
  return { [parent]: recordScope({ record, plan, state: tracked(record).state }).params[plan.pathNames.at(-1) as string] };
}

/** Deletions, with their hooks. */
export const deleting: Writing = {
  groupOf: ({ the }) => (the.state.isNew ? 'none' : `${collectionPath(recordScope(the))} ${JSON.stringify(identityOf(the))}`),
  limit: ({ the }) => (the.state.isNew ? 250 : deletionLimit(the.plan.resource).limit),

  async write(items, options, sent) {
    const settled: Settled<object>[] = [];
    const ready: Item[] = [];
    for (const item of items) {
      const error = await failureOf(prepareDestroy(item.the));
      if (error === undefined) ready.push(item);
      else settled.push(...settledAs(item, error));
    }
    const [first] = ready;
    if (first === undefined) return settled;
    const outcomes = first.the.state.isNew
      ? ready.map((entry) => ({ entry, error: undefined }))
      : await sendNarrowing(ready, {
          send: (batch) => sendList(sessionOfRecord(first.the), deletionRequest(batch), options, sent),
          read: (batch, answer) => deletionsIn(batch, deletionRequest(batch), answer),
          key: ({ the }) => savedKey(the),
        });
    for (const { entry, error } of outcomes) settled.push(...settledAs(entry, error ?? (await failureOf(completeDestroy(entry.the)))));
    return settled;
  },

  async plan(items) {
    const requests: RequestDescription[] = [];
    for await (const job of jobsOf(items, deleting))
      if (job.error === undefined && !(job.items[0] as Item).the.state.isNew) requests.push(deletionRequest(job.items));
    return requests;
  },
};

const deletionRequest = (batch: readonly Item[]): Request =>
  deletionOf(
    recordScope((batch[0] as Item).the),
    batch.map(({ the }) => savedKey(the)),
  );

import { type Removal, removalOf, routeOf, sendingAlone } from '../persistence/parent-route.js';
import { completeDestroy, prepareDestroy } from '../persistence/persist.js';
import { batchDeleteRequest, deletionLimit } from '../query/deletions.js';
import { collectionPath, scopeQuery } from '../query/scope.js';
import { addressKey, identityOf, savedKey, scopeOfRecord, sessionOfRecord } from '../record/record-address.js';
import type { RequestDescription } from '../transport/request.js';
import { batchesOf } from './batches.js';
import { addOutcome, type BatchWriter, type BulkItem, errorOf, UNSENT } from './bulk-item.js';
import type { BulkOptions, Settled } from './bulk-run.js';
import { deletionsIn } from './deletion-outcomes.js';
import { isolateFailures, type Outcome } from './isolate-failures.js';
import { sendBatch } from './send-batch.js';
import { besideSiblings, sendingFor } from './through-parent.js';

type Request = Omit<RequestDescription, 'signal'>;

/** Deletes records and runs their hooks. */
export const destroyWriter: BatchWriter = {
  groupOf({ context }) {
    if (context.isNew) return UNSENT;
    if (routeOf(context.metadata.resource, 'delete') !== undefined) return besideSiblings(context);
    const scope = scopeOfRecord(context);
    const name = [collectionPath(scope), ...[identityOf(context), scopeQuery(scope)].map((each) => JSON.stringify(each))].join(' ');
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
    key: ({ context }) => addressKey(context),
  });
}

const removalOfItems = (first: BulkItem, batch: readonly BulkItem[]): Removal =>
  removalOf([first.context, ...batch.slice(1).map(({ context }) => context)]);

/** Returns the request that deletes a batch: that of its first record, with the keys of all. */
const deletionRequest = ({ context }: BulkItem, batch: readonly BulkItem[]): Request =>
  batchDeleteRequest(
    scopeOfRecord(context),
    batch.map((item) => addressKey(item.context)),
  );

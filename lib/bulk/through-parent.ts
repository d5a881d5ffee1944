import type { ParentRoute, PlannedSave, Sending } from '../persistence/parent-route.js';
import { collectionPath, type Row } from '../query/scope.js';
import { savedKey, scopeOfRecord } from '../record/record-address.js';
import type { RecordContext } from '../record/record-context.js';
import type { StoreSession } from '../session/session.js';
import { type ApiResponse, callOf } from '../transport/request.js';
import type { BatchGroup, PlannedItem } from './bulk-item.js';
import type { BulkOptions } from './bulk-run.js';
import { isolateFailures, type Outcome } from './isolate-failures.js';
import { sendBatch } from './send-batch.js';

/** The group of a record that is saved together with its children: nothing else goes into that request. */
export const aloneWith = (context: RecordContext): BatchGroup => ({
  name: `${collectionPath(scopeOfRecord(context))}/${savedKey(context)} with children`,
  limit: 1,
});

/** The group of children that one update of their parent writes. */
export const besideSiblings = (context: RecordContext): BatchGroup => ({
  name: `in the parent of ${collectionPath(scopeOfRecord(context))}`,
  limit: MOST_CHILDREN,
});

/** The most children in one request: no limit is documented, so as many as a page has. */
const MOST_CHILDREN = 250;

export const plannedSave = ({ item: { context }, plan }: PlannedItem): PlannedSave => ({ context, plan });

/** Returns how a bulk write sends its requests. */
export const sendingFor = (session: StoreSession, options: BulkOptions, sent: () => void): Sending => ({
  call: callOf(options),
  send: (request) => sendBatch(session, request, options, sent),
  sent,
});

/** Saves children by an update of their parent, or one parent with its children. */
export function sendThrough(route: ParentRoute, ready: readonly PlannedItem[], sending: Sending): Promise<readonly Outcome<PlannedItem>[]> {
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

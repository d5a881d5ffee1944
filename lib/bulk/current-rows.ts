import { RecordNotFoundError } from '../errors/record-not-found-error.js';
import { grouped } from '../grouped.js';
import { assertUnchanged, takeLock } from '../persistence/persist.js';
import type { SavePlan } from '../persistence/save-plan.js';
import { findSingle, rowsByKey } from '../query/find.js';
import { readPages } from '../query/page-strategies.js';
import { initialState } from '../query/query-state.js';
import { type BoundScope, canListByKey, collectionPath, type Row, type Scope, scopeQuery } from '../query/scope.js';
import { storedValue } from '../record/attribute-values.js';
import { addressKey, identityOf, savedKey, scopeOfRecord } from '../record/record-address.js';
import type { RecordContext } from '../record/record-context.js';
import { addressOf, freshCallOf } from '../transport/request.js';
import type { BulkItem } from './bulk-item.js';
import type { BulkOptions, Source } from './bulk-run.js';
import { isFailureOfRows } from './look-up.js';

/** How many records are read again together: the page size of most resources. */
const READ_AT_ONCE = 250;

/** Reads the records of a bulk write again, in as few requests as the API allows, and yields them. New ones are not read. */
export async function* withCurrentRows(
  items: Source<BulkItem>,
  options: BulkOptions,
  sent: () => void,
): AsyncGenerator<BulkItem, void, undefined> {
  let waiting: BulkItem[] = [];
  for await (const item of items) {
    waiting.push(item);
    if (waiting.length < READ_AT_ONCE) continue;
    await readRows(waiting, options, sent);
    yield* waiting;
    waiting = [];
  }
  await readRows(waiting, options, sent);
  yield* waiting;
}

/** @throws StaleRecordError or RecordNotFoundError if the record has been changed or deleted on the store since it was read */
export function assertCurrent({ context, now }: BulkItem, plan: SavePlan): void {
  if (plan.isCreating || plan.isEmpty || takeLock(context, plan) || now === undefined) return;
  if (now !== null) {
    assertUnchanged(context, plan, now);
    return;
  }
  const { name, key, version } = context.metadata.resource;
  const path = addressOf({ version, path: collectionPath(scopeOfRecord(context)) });
  throw new RecordNotFoundError(
    `No ${name} with ${key} ${savedKey(context)} at ${path}: it was deleted since it was read. Nothing was sent.`,
    { status: 404, method: 'GET', path, body: undefined, headers: {} },
  );
}

async function readRows(items: readonly BulkItem[], options: BulkOptions, sent: () => void): Promise<void> {
  const sessions = new Map<object, number>();
  const groups = grouped(items, (item) => {
    if (item.refusal !== undefined || !isToBeRead(item.context)) return undefined;
    const { resource, params, session } = scopeOfRecord(item.context);
    if (!sessions.has(session)) sessions.set(session, sessions.size);
    const scope = JSON.stringify(scopeQuery({ resource, params }));
    return `${sessions.get(session)} ${resource.version} ${collectionPath({ resource, params })} ${scope}`;
  });
  await Promise.all([...groups.values()].flatMap(readTogether).map((group) => readGroup(group, options, sent)));
}

/** Splits a group into what one request can read: the whole group, or one record if the API cannot list by key. */
function readTogether(items: BulkItem[]): BulkItem[][] {
  const resource = items[0]?.context.metadata.resource;
  if (resource === undefined || resource.addressing === 'single' || canListByKey(resource)) return [items];
  return [...grouped(items, ({ context }) => String(savedKey(context))).values()];
}

/** Whether a record has to be read again: it is on the store, and the API does not check its state itself. */
function isToBeRead(context: RecordContext): boolean {
  const { lock } = context.metadata.resource;
  return !context.isNew && !context.rare.isDestroyed && (lock === undefined || storedValue(context, lock) === undefined);
}

/** Reads the rows of a group. If that fails, its records fail without being sent; other groups are not affected. */
async function readGroup(items: readonly BulkItem[], options: BulkOptions, sent: () => void): Promise<void> {
  const [first] = items;
  if (first === undefined) return;
  const scope = scopeOfRecord(first.context);
  try {
    const rows = await currentRows(scope, items, options, sent);
    for (const item of items) item.now = rows.get(recordName(scope, nameValues(scope, item))) ?? null;
  } catch (error) {
    if (!isFailureOfRows(error, options)) throw error;
    for (const item of items) item.refusal = error;
  }
}

/** Returns the current rows of records, by {@link recordName}. */
async function currentRows(
  scope: BoundScope,
  items: readonly BulkItem[],
  options: BulkOptions,
  sent: () => void,
): Promise<Map<string, Row>> {
  const { resource } = scope;
  const call = freshCallOf(options);
  const search = { scope, filters: {}, params: {}, ...call };
  if (resource.addressing === 'single') {
    sent();
    const row = await findSingle(search);
    return new Map(items.map((item) => [recordName(scope, nameValues(scope, item)), row]));
  }
  const keys = [...new Map(items.map(({ context }) => [String(savedKey(context)), savedKey(context)])).values()];
  if (!canListByKey(resource)) {
    for (const _ of keys) sent();
    const found = await rowsByKey(search, keys);
    return new Map([...found.values()].map((row) => [recordName(scope, row), row]));
  }
  const rows = new Map<string, Row>();
  const state = { ...initialState(scope), filters: { [`${resource.keyFilter}:in`]: keys.map(String) } };
  for await (const page of readPages(scope, state, { ...call, isEager: true, sent }))
    for (const row of page.rows) rows.set(recordName(scope, row), row);
  return rows;
}

const nameValues = ({ resource }: Scope, { context }: BulkItem): Row => ({ ...identityOf(context), [resource.key]: addressKey(context) });

const recordName = ({ resource }: Scope, values: Row): string =>
  JSON.stringify([resource.key, ...resource.identity].map((name) => String(values[name] ?? '').toLowerCase()));

import { RecordNotFoundError } from '../errors/record-not-found-error.js';
import { counted } from '../query/counted.js';
import { findSingle, rowsByKey } from '../query/find.js';
import { read } from '../query/reading.js';
import { saidOf } from '../query/said.js';
import { canListByKey, collectionPath, type Row, type Scope } from '../query/scope.js';
import type { BulkOptions } from '../session/bulk-run.js';
import { addressOf, freshCallOf } from '../transport/request.js';
import type { Item } from './bulk-item.js';
import { storedValue } from './changes.js';
import { assertSame, takeLock } from './lifecycle.js';
import { isFailureOfRows } from './look-up.js';
import { identityOf, recordScope, type Saving, savedKey } from './saving.js';

/** Records that are read again together: as many as a page holds in most resources. */
const READ_AT_ONCE = 250;

/** Reads the records of a bulk write again, as they come, in as few requests as the API allows. New ones need no reading. */
export async function* withCurrentRows(
  items: AsyncIterable<Item>,
  options: BulkOptions,
  sent: () => void,
): AsyncGenerator<Item, void, undefined> {
  let waiting: Item[] = [];
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

/** @throws StaleRecordError, RecordNotFoundError where the record is not on the store any more as it was read */
export function assertCurrent({ the, now }: Item, saving: Saving): void {
  if (saving.isCreating || saving.isEmpty || takeLock(the, saving) || now === undefined) return;
  if (now !== null) {
    assertSame(the, saving, now);
    return;
  }
  const { name, key, version } = the.plan.resource;
  const path = addressOf({ version, path: collectionPath(recordScope(the)) });
  throw new RecordNotFoundError(`No ${name} with ${key} ${savedKey(the)} at ${path}: it was deleted since it was read. Nothing was sent.`, {
    status: 404,
    method: 'GET',
    path,
    body: undefined,
    headers: {},
  });
}

async function readRows(items: readonly Item[], options: BulkOptions, sent: () => void): Promise<void> {
  const groups = new Map<string, Item[]>();
  const sessions = new Map<object, number>();
  for (const item of items) {
    const { the } = item;
    const { lock } = the.plan.resource;
    if (
      item.refusal !== undefined ||
      the.state.isNew ||
      the.state.isDestroyed ||
      (lock !== undefined && storedValue(the, lock) !== undefined)
    )
      continue;
    const scope = recordScope(the);
    const { session } = scope;
    if (session !== undefined && !sessions.has(session)) sessions.set(session, sessions.size);
    const under = `${sessions.get(session as object)} ${scope.resource.version} ${collectionPath(scope)}`;
    const group = groups.get(under);
    if (group === undefined) groups.set(under, [item]);
    else group.push(item);
  }
  await Promise.all([...groups.values()].flatMap(readTogether).map((group) => readGroup(group, options, sent)));
}

/** The parts of a group that one request reads: all of it, or one record where the API has no list of them. */
function readTogether(items: Item[]): Item[][] {
  const resource = items[0]?.the.plan.resource;
  if (resource === undefined || resource.addressing === 'single' || canListByKey(resource)) return [items];
  const byKey = new Map<string, Item[]>();
  for (const item of items) {
    const key = String(savedKey(item.the));
    byKey.set(key, [...(byKey.get(key) ?? []), item]);
  }
  return [...byKey.values()];
}

/** A record that could not be read again fails without being sent; the others are not concerned. */
async function readGroup(items: readonly Item[], options: BulkOptions, sent: () => void): Promise<void> {
  const [first] = items as [Item, ...Item[]];
  const scope = recordScope(first.the);
  try {
    const rows = await rowsOf(scope, items, options, sent);
    for (const item of items)
      item.now = rows.get(nameOf(scope, { ...identityOf(item.the), [scope.resource.key]: savedKey(item.the) })) ?? null;
  } catch (error) {
    if (!isFailureOfRows(error, options)) throw error;
    for (const item of items) item.refusal = error;
  }
}

/** The rows of these records by what tells them apart. */
async function rowsOf(scope: Scope<object>, items: readonly Item[], options: BulkOptions, sent: () => void): Promise<Map<string, Row>> {
  const { resource } = scope;
  const call = freshCallOf(options);
  const context = { scope, filters: {}, params: {}, ...call };
  if (resource.addressing === 'single') {
    sent();
    const row = await findSingle(context);
    return new Map(items.map(({ the }) => [nameOf(scope, { ...identityOf(the), [resource.key]: savedKey(the) }), row]));
  }
  const keys = [...new Map(items.map(({ the }) => [String(savedKey(the)), savedKey(the)])).values()];
  if (!canListByKey(resource)) {
    for (const _ of keys) sent();
    const found = await rowsByKey(context, keys);
    return new Map([...found.values()].map((row) => [nameOf(scope, row), row]));
  }
  const rows = new Map<string, Row>();
  const said = { ...saidOf(scope), filters: { [`${resource.keyFilter}:in`]: keys.map(String) } };
  for await (const page of counted(read(scope, said, { ...call, isEager: true }), sent))
    for (const row of page.rows) rows.set(nameOf(scope, row), row);
  return rows;
}

const nameOf = ({ resource }: Scope<object>, values: Readonly<Record<string, unknown>>): string =>
  JSON.stringify([resource.key, ...resource.identity].map((name) => String(values[name] ?? '').toLowerCase()));

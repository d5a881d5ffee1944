import { jsonObjectsIn } from '../json-object.js';
import { allRows, readPages } from '../query/page-strategies.js';
import { hasKey, isSameKey, rowOf } from '../query/parse-rows.js';
import { initialState } from '../query/query-state.js';
import { type BoundScope, collectionPath, type Row } from '../query/scope.js';
import { agreesWith } from '../record/agreement.js';
import type { RecordContext } from '../record/record-context.js';
import type { UpdateMode } from '../schema/through.js';
import { untilAborted } from '../transport/abort.js';
import type { Key } from '../transport/path.js';
import { type ApiResponse, type CallOptions, freshCallOf, type RequestDescription } from '../transport/request.js';
import type { Sending } from './parent-route.js';

type Request = Omit<RequestDescription, 'signal'>;

/** A change of one child. */
export interface ChildChange {
  /** The key of a child that the store has. */
  readonly key: Key | undefined;
  /** The attributes to set. */
  readonly body: Row;
  readonly isRemoved?: boolean;
}

/** Decides what the body of a parent has of its children, and what that does to them. */
export interface ChildEntries {
  readonly update: UpdateMode | undefined;
  /** Returns the value of the attribute that has the children. */
  entriesOf(list: ChildList, sending: Sending): unknown;
  /** Is called after a child was written with this body. */
  noteWritten(child: RecordContext, body: Row): void;
}

/** Changes of the children at one path. */
export interface ChildList {
  readonly scope: BoundScope;
  readonly route: ChildEntries;
  readonly changes: readonly ChildChange[];
  /** Whether the store is to have no other children. Only where an update replaces them. */
  readonly isWhole: boolean;
}

/** An update of a record with changes of its children. */
export interface ParentUpdate {
  /** The changes of the record itself. */
  readonly body: Row;
  readonly lists: readonly [ChildList, ...ChildList[]];
}

/** What the store has after an update: its row of the parent, and those of the changed children, as far as they are known. */
interface Updated {
  readonly response: ApiResponse;
  readonly row: Row | undefined;
  readonly rows: ReadonlyMap<ChildChange, Row>;
}

/** The path of the parent, and its attribute that has the children: those of `/orders/1/products` are `products` of `/orders/1`. */
export function placeInParent(scope: BoundScope): { path: string; attribute: string } {
  const path = collectionPath(scope);
  const end = path.lastIndexOf('/');
  return { path: path.slice(0, end), attribute: path.slice(end + 1).replaceAll('-', '_') };
}

/** Writes children inside their parent, and returns what the store has of them then. */
export async function updateParent(update: ParentUpdate, sending: Sending): Promise<Updated> {
  const request = await parentRequest(update, sending);
  const response = await sending.send(request);
  const row = rowOf(request, response);
  const rows = new Map<ChildChange, Row>();
  for (const list of update.lists) for (const [change, each] of await rowsAfter(list, row, sending)) rows.set(change, each);
  return { response, row, rows };
}

/** Returns the request of an update. What it replaces is read first. */
export async function parentRequest({ body: own, lists }: ParentUpdate, sending: Sending): Promise<Request> {
  const body: Record<string, unknown> = { ...own };
  let isOnce = false;
  for (const list of lists) {
    const { scope, route, changes, isWhole } = list;
    const { attribute } = placeInParent(scope);
    if (changes.length === 0 && !isWhole) continue;
    const isNew = changes.some(({ key }) => key === undefined);
    body[attribute] = await route.entriesOf(list, sending);
    // What is replaced by the same records again is the same, whatever their keys are.
    isOnce ||= isNew && scope.resource.addressing !== 'single' && route.update !== 'replace';
  }
  const [{ scope }] = lists;
  const request: Request = { method: 'PUT', version: scope.resource.version, path: placeInParent(scope).path, query: {}, body };
  return isOnce ? { ...request, isOnce } : request;
}

/** Returns the entry of a child where the others stay as they are. */
export const mergeEntry = ({ scope }: ChildList, { key, body }: ChildChange, changed: Row = body): Row =>
  key === undefined ? body : { [scope.resource.key]: key, ...changed };

/** Reads all children, to the end: a list that ends early would delete the rest. */
export function readAll(scope: BoundScope, sending: Sending): Promise<Row[]> {
  const pages = readPages(scope, initialState(scope), {
    ...freshCallOf(sending.call),
    isEager: false,
    isAwaited: true,
    sent: () => sending.sent(),
  });
  return allRows(pages);
}

/**
 * Returns the rows of changed children after an update: those that the response embeds. Keys of new children that it does not tell are
 * looked up; if that fails, they stay unknown, since the children are there.
 */
async function rowsAfter(list: ChildList, parent: Row | undefined, sending: Sending): Promise<Map<ChildChange, Row>> {
  const { scope, changes } = list;
  const embedded = parent?.[placeInParent(scope).attribute];
  if (scope.resource.addressing === 'single') return new Map();
  if (Array.isArray(embedded)) return matchRows(list, jsonObjectsIn(embedded));
  if (changes.every(({ key }) => key !== undefined)) return new Map();
  try {
    return matchRows(list, await readAll(scope, sending));
  } catch {
    return new Map();
  }
}

/** Matches rows to the changes: by key, and new ones to the latest rows with their values, in the order in which they were sent. */
function matchRows({ scope, changes }: ChildList, rows: readonly Row[]): Map<ChildChange, Row> {
  const { key: name } = scope.resource;
  const found = new Map<ChildChange, Row>();
  const left = new Set([...rows].filter((row) => hasKey(row, name)).sort((a, b) => Number(b[name]) - Number(a[name])));
  const added = changes.filter(({ key }) => key === undefined);
  for (const change of [...changes.filter(({ key }) => key !== undefined), ...added.reverse()]) {
    const { key, body } = change;
    const row = [...left].find((each) => (key === undefined ? agreesWith(plainIn(body), each) : isSameKey(each[name], key)));
    if (row === undefined) continue;
    found.set(change, row);
    left.delete(row);
  }
  return found;
}

/** Returns the plain values of a body: the store writes nested ones in another form. */
const plainIn = (body: Row): Row => Object.fromEntries(Object.entries(body).filter(([, value]) => typeof value !== 'object'));

/** The last update of each parent, which the next one waits for. */
const turns = new Map<string, Promise<unknown>>();

/** Runs work when no other write inside the same parent is running: it may depend on what it reads before. */
export async function inParentTurn<T>(scope: BoundScope, { signal }: CallOptions, work: () => Promise<T>): Promise<T> {
  const name = `${scope.session.storeHash} ${scope.resource.version} ${placeInParent(scope).path}`;
  const before = turns.get(name);
  const result = before === undefined ? work() : untilAborted(before, signal).then(work);
  const ended = Promise.allSettled([before, result]).then(() => {
    if (turns.get(name) === ended) turns.delete(name);
  });
  turns.set(name, ended);
  return result;
}

import { RecordNotFoundError } from '../errors/record-not-found-error.js';
import { jsonObjectsIn } from '../json-object.js';
import { countRequests } from '../query/count-requests.js';
import { readPages } from '../query/page-strategies.js';
import { hasKey, isSameKey, keySpelling, rowOf } from '../query/parse-rows.js';
import { initialState } from '../query/query-state.js';
import { type BoundScope, collectionPath, type Row } from '../query/scope.js';
import { agreesWith } from '../record/agreement.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import type { Through } from '../schema/through.js';
import { untilAborted } from '../transport/abort.js';
import type { Key } from '../transport/path.js';
import { type ApiResponse, addressOf, type CallOptions, freshCallOf, type RequestDescription } from '../transport/request.js';
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

/** Changes of the children at one path. */
export interface ChildList {
  readonly scope: BoundScope;
  readonly through: Pick<Through, 'update' | 'remove'>;
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
export function placeOf(scope: BoundScope): { path: string; attribute: string } {
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

/** Returns the request of an update. What it replaces is read first. @throws RecordNotFoundError for a child that is not there any more */
export async function parentRequest({ body: own, lists }: ParentUpdate, sending: Sending): Promise<Request> {
  const body: Record<string, unknown> = { ...own };
  let isOnce = false;
  for (const list of lists) {
    const { scope, through, changes, isWhole } = list;
    const { attribute } = placeOf(scope);
    if (changes.length === 0 && !isWhole) continue;
    const isNew = changes.some(({ key }) => key === undefined);
    if (scope.resource.addressing === 'single') body[attribute] = Object.assign({}, ...changes.map((change) => change.body));
    else if (through.update !== 'replace') body[attribute] = changes.map((change) => mergeEntry(list, change));
    else {
      const isKnown = isWhole && changes.every(({ key }) => key === undefined);
      body[attribute] = replacement(list, isKnown ? [] : await readAll(scope, sending));
    }
    // What is replaced by the same records again is the same, whatever their keys are.
    isOnce ||= isNew && scope.resource.addressing !== 'single' && through.update !== 'replace';
  }
  const [{ scope }] = lists;
  const request: Request = { method: 'PUT', version: scope.resource.version, path: placeOf(scope).path, query: {}, body };
  return isOnce ? { ...request, isOnce } : request;
}

/** Returns the entry of a child where the others stay as they are. */
function mergeEntry({ scope, through }: ChildList, { key, body, isRemoved = false }: ChildChange): Row {
  return key === undefined ? body : { [scope.resource.key]: key, ...(isRemoved ? through.remove : body) };
}

/** Returns the entries of all children that remain: the changed ones first, so that the positions in error messages are theirs. */
function replacement({ scope, changes, isWhole }: ChildList, current: readonly Row[]): Row[] {
  const { resource } = scope;
  const left = new Map(current.map((row) => [keySpelling(row[resource.key]), row]));
  const entries: Row[] = [];
  for (const { key, body, isRemoved } of changes) {
    const row = key === undefined ? {} : left.get(keySpelling(key));
    if (row === undefined) throw notFound(scope, key);
    if (key !== undefined) left.delete(keySpelling(key));
    if (isRemoved !== true) entries.push({ ...writableIn(resource, row), ...body });
  }
  return isWhole ? entries : [...entries, ...[...left.values()].map((row) => writableIn(resource, row))];
}

/** Returns the key and the attributes of a row that a request may have. */
function writableIn({ key, attributes }: ResourceDeclaration, row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name === key || attributes[name]?.readOnly === false));
}

function notFound(scope: BoundScope, key: Key | undefined): RecordNotFoundError {
  const { name, key: keyName, version } = scope.resource;
  const path = addressOf({ version, path: collectionPath(scope) });
  return new RecordNotFoundError(`No ${name} with ${keyName} ${key} at ${path}: it was deleted since it was read. Nothing was changed.`, {
    status: 404,
    method: 'GET',
    path,
    body: undefined,
    headers: {},
  });
}

/** Reads all children, to the end: a list that ends early would delete the rest. */
async function readAll(scope: BoundScope, sending: Sending): Promise<Row[]> {
  const rows: Row[] = [];
  const pages = readPages(scope, initialState(scope), { ...freshCallOf(sending.call), isEager: false, isAwaited: true });
  for await (const page of countRequests(pages, () => sending.sent())) rows.push(...page.rows);
  return rows;
}

/**
 * Returns the rows of changed children after an update: those that the response embeds. Keys of new children that it does not tell are
 * looked up; if that fails, they stay unknown, since the children are there.
 */
async function rowsAfter(list: ChildList, parent: Row | undefined, sending: Sending): Promise<Map<ChildChange, Row>> {
  const { scope, changes } = list;
  const embedded = parent?.[placeOf(scope).attribute];
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
  const take = (change: ChildChange, row: Row | undefined): void => {
    if (row === undefined) return;
    found.set(change, row);
    left.delete(row);
  };
  for (const change of changes)
    if (change.key !== undefined)
      take(
        change,
        [...left].find((row) => isSameKey(row[name], change.key)),
      );
  for (const change of changes.toReversed())
    if (change.key === undefined)
      take(
        change,
        [...left].find((row) => agreesWith(plainIn(change.body), row)),
      );
  return found;
}

/** Returns the plain values of a body: the store writes nested ones in another form. */
const plainIn = (body: Row): Row => Object.fromEntries(Object.entries(body).filter(([, value]) => typeof value !== 'object'));

/** The last update of each parent, which the next one waits for. */
const turns = new Map<string, Promise<unknown>>();

/** Runs work when no other write inside the same parent is running: it may depend on what it reads before. */
export async function inParentTurn<T>(scope: BoundScope, { signal }: CallOptions, work: () => Promise<T>): Promise<T> {
  const name = `${scope.session.storeHash} ${scope.resource.version} ${placeOf(scope).path}`;
  const before = turns.get(name);
  const result = before === undefined ? work() : untilAborted(before, signal).then(work);
  const ended = Promise.allSettled([before, result]).then(() => {
    if (turns.get(name) === ended) turns.delete(name);
  });
  turns.set(name, ended);
  return result;
}

import { RecordNotFoundError } from '../errors/record-not-found-error.js';
import { copyJson } from '../schema/wire.js';
import { discard } from '../session/rejected-responses.js';
import type { StoreSession } from '../session/session.js';
import type { Key } from '../transport/path.js';
import { addressOf, type CallOptions, callOf, type QueryValue, type RequestDescription } from '../transport/request.js';
import { BatchLoader } from './batch-loader.js';
import { allRows, readPages } from './page-strategies.js';
import { assertRowOf, isSameKey, keySpelling, rowIfAny, rowOf, unexpected } from './parse-rows.js';
import { initialState, pageSizeOf } from './query-state.js';
import { NO_CONTENT, readList } from './read-list.js';
import { type BoundScope, canListByKey, checkRecordKey, collectionPath, type Row, scopeQuery } from './scope.js';
import { splitByUrlLength } from './split-lists.js';

/** A search for records by key: where, with which further filters and parameters. */
export interface FindContext extends CallOptions {
  readonly scope: BoundScope;
  readonly filters: Readonly<Record<string, QueryValue>>;
  readonly params: Readonly<Record<string, QueryValue>>;
  /** Whether the search has parameters that only the record's own path takes, so that no other search may share its request. */
  readonly isAlone?: boolean;
}

/**
 * Finds the row with this key. Searches of one tick under the same path share a request if the API can list by key; a single
 * search goes to the record's own path.
 *
 * @throws RecordNotFoundError for its own key only
 */
export async function findOne(context: FindContext, key: Key): Promise<Row> {
  const checked = checkRecordKey(context.scope.resource, key);
  const { filters, isAlone, signal, retry, timeout, cache } = context;
  // Searches with a signal or limits of their own go alone: aborting one must not end the others.
  const isPlain = isAlone !== true && Object.keys(filters).length === 0 && (signal ?? retry ?? timeout ?? cache) === undefined;
  const isJoinable = isPlain && canListByKey(context.scope.resource);
  const row = isJoinable ? await findTogether(context, checked) : await findAlone(context, checked);
  if (row === undefined) throw notFound(context, [checked]);
  return row;
}

/** Reads the only row of a singleton resource. @throws RecordNotFoundError */
export async function findSingle({ scope, filters, params, ...call }: FindContext): Promise<Row> {
  const { version } = scope.resource;
  const query = { ...scopeQuery(scope), ...filters, ...params };
  const request: RequestDescription = { method: 'GET', version, path: collectionPath(scope), query, ...callOf(call) };
  const response = await scope.session.send(request);
  const row = rowIfAny(request, response);
  if (row !== undefined) return row;
  discard(response);
  if (response.status !== NO_CONTENT) throw unexpected(request, response, 'an object', response.body);
  const path = addressOf(request);
  throw new RecordNotFoundError(`GET ${path} returned no record.`, { status: 404, method: 'GET', path, body: undefined, headers: {} });
}

/** Finds the rows with these keys. Returns them by key, as given; keys that name the same record share its row. One error names all missing keys. */
export async function findMany(context: FindContext, keys: readonly Key[]): Promise<ReadonlyMap<string, Row>> {
  const { resource } = context.scope;
  const checked = keys.map((key) => checkRecordKey(resource, key));
  const distinct = new Map(checked.map((key) => [keySpelling(key), key]));
  const rows = await rowsByKey(context, [...distinct.values()]);
  const missing = [...distinct.values()].filter((key) => !rows.has(String(key)));
  if (missing.length > 0) throw notFound(context, missing);
  return new Map(checked.map((key) => [String(key), rows.get(String(distinct.get(keySpelling(key)))) as Row]));
}

/** Reads the rows with these distinct keys, in as few requests as the API allows. Returns those found, by key as given. */
export async function rowsByKey(context: FindContext, keys: readonly Key[]): Promise<Map<string, Row>> {
  const { key } = context.scope.resource;
  const rows =
    keys.length === 0 ? [] : canListByKey(context.scope.resource) ? await listByKeys(context, keys) : await oneByOne(context, keys);
  const found = new Map(rows.map((row) => [keySpelling(row[key]), row]));
  const byKey = new Map<string, Row>();
  for (const requestedKey of keys) {
    const row = found.get(keySpelling(requestedKey));
    if (row !== undefined) byKey.set(String(requestedKey), row);
  }
  return byKey;
}

/** Collects the searches of each session that may share a request. */
const loaders = new WeakMap<StoreSession, BatchLoader<Key, Row>>();

async function findTogether(context: FindContext, key: Key): Promise<Row | undefined> {
  const { resource, params, session } = context.scope;
  let loader = loaders.get(session);
  if (loader === undefined) loaders.set(session, (loader = new BatchLoader()));
  const group = JSON.stringify([resource.version, resource.path, params, context.params]);
  const row = await loader.load(group, key, async (keys) => {
    const [only = key] = keys;
    if (keys.length > 1) return rowsByKey(context, keys);
    const found = await findAlone(context, only);
    return new Map(found === undefined ? [] : [[String(only), found]]);
  });
  if (row === undefined) return undefined;
  // The first caller gets the row, others a copy: a row becomes the baseline of one record.
  if (usedRows.has(row)) return copyJson(row);
  usedRows.add(row);
  return row;
}

const usedRows = new WeakSet<Row>();

/** Reads one row from its own path, or from the list if there are filters or records have no path. */
async function findAlone(context: FindContext, key: Key): Promise<Row | undefined> {
  const { scope, filters, params, signal, retry, timeout, cache } = context;
  const { resource } = scope;
  const listed = resource.addressing === 'filter' || Object.keys(filters).length > 0 || !resource.operations.includes('get');
  if (listed && canListByKey(resource)) {
    const rows = await listByKeys(context, [key]);
    return rows.find((row) => isSameKey(row[resource.key], key));
  }
  if (!resource.operations.includes('get') && resource.operations.includes('list')) {
    const rows = await listAll(context);
    return rows.find((row) => isSameKey(row[resource.key], key));
  }
  const request: RequestDescription = {
    method: 'GET',
    version: resource.version,
    path: `${collectionPath(scope)}/${encodeURIComponent(key)}`,
    query: resource.scope.length === 0 ? { ...filters, ...params } : { ...scopeQuery(scope), ...filters, ...params },
    signal,
    retry,
    timeout,
    cache,
  };
  const response = await scope.session.send(request);
  const row = rowOf(request, response);
  if (row === undefined) {
    discard(response);
    if (response.status !== NO_CONTENT) throw unexpected(request, response, 'an object', undefined);
  } else if (row[resource.key] !== key) assertRowOf(resource, key, request, response, row);
  return row;
}

/** Reads the whole list of a resource that can be read in no other way. */
function listAll({ scope, filters, params, ...call }: FindContext): Promise<Row[]> {
  const state = { ...initialState(scope), filters, params };
  return allRows(readPages(scope, state, { ...callOf(call), isEager: false, isAwaited: true }));
}

async function listByKeys(context: FindContext, keys: readonly Key[]): Promise<Row[]> {
  const { scope, filters, params } = context;
  const { resource } = scope;
  const size = pageSizeOf(resource, { params });
  const lists = await Promise.all(
    splitByUrlLength(keys, size).map(async (part) => {
      const query = {
        ...scopeQuery(scope),
        ...filters,
        ...params,
        [`${resource.keyFilter}:in`]: part,
        ...(keys.length > 1 ? { limit: size } : {}),
      };
      const request: RequestDescription = {
        method: 'GET',
        version: resource.version,
        path: collectionPath(scope),
        query,
        ...callOf(context),
      };
      return readList(scope.session, request, resource, part);
    }),
  );
  return lists.flat();
}

async function oneByOne(context: FindContext, keys: readonly Key[]): Promise<Row[]> {
  const { key: name } = context.scope.resource;
  const rows = await Promise.all(
    keys.map((key) =>
      findAlone(context, key).then(
        (row) => (row === undefined ? undefined : { ...row, [name]: row[name] ?? key }),
        (error: unknown) => {
          if (error instanceof RecordNotFoundError) return undefined;
          throw error;
        },
      ),
    ),
  );
  return rows.filter((row) => row !== undefined);
}

function notFound({ scope }: FindContext, keys: readonly Key[]): RecordNotFoundError {
  const { resource } = scope;
  const path = addressOf({ version: resource.version, path: collectionPath(scope) });
  const named = keys.slice(0, 100).join(', ') + (keys.length > 100 ? `, … (${keys.length} in total)` : '');
  return new RecordNotFoundError(
    `No ${resource.name} with ${resource.key} ${named} at ${path}. It may have been deleted; findBy() returns null instead of throwing.`,
    { status: 404, method: 'GET', path, body: { missing: keys }, headers: {} },
  );
}

import { RecordNotFoundError } from '../errors/record-not-found-error.js';
import { copyJson } from '../schema/wire.js';
import { discard } from '../session/rejected-responses.js';
import type { StoreSession } from '../session/session.js';
import type { Key } from '../transport/path.js';
import { addressOf, type CallOptions, callOf, type QueryValue, type RequestDescription } from '../transport/request.js';
import { BatchLoader } from './batch-loader.js';
import { assertRowOf, isSameKey, keySpelling, rowIfAny, rowOf, unexpected } from './parse-rows.js';
import { pageSizeOf } from './query-state.js';
import { readList } from './read-list.js';
import { type BoundScope, canListByKey, checkRecordKey, collectionPath, type Row } from './scope.js';
import { splitByUrlLength } from './split-lists.js';

/** How V2 answers where there is nothing. An empty body of another status says nothing at all. */
const NO_CONTENT = 204;

/** A search for records by key: where, under which further filters, and with which extras. */
export interface FindContext extends CallOptions {
  readonly scope: BoundScope;
  readonly filters: Readonly<Record<string, QueryValue>>;
  readonly params: Readonly<Record<string, QueryValue>>;
}

/**
 * The row with this key. Searches of the same tick for one place are one request where the API can list by keys; a lone
 * one goes to the record's own path.
 *
 * @throws RecordNotFoundError for its own key only
 */
export async function findOne(context: FindContext, key: Key): Promise<Row> {
  const checked = checkRecordKey(context.scope.resource, key);
  const { filters, signal, retry, timeout, cache } = context;
  // Searches with a signal or limits of their own go alone: aborting one must not end the others.
  const isPlain = Object.keys(filters).length === 0 && (signal ?? retry ?? timeout ?? cache) === undefined;
  const isJoinable = isPlain && canListByKey(context.scope.resource);
  const row = isJoinable ? await findTogether(context, checked) : await findAlone(context, checked);
  if (row === undefined) throw notFound(context, [checked]);
  return row;
}

/** The one row of a resource that has no more than one. @throws RecordNotFoundError */
export async function findSingle({ scope, params, ...call }: FindContext): Promise<Row> {
  const { version } = scope.resource;
  const request: RequestDescription = { method: 'GET', version, path: collectionPath(scope), query: { ...params }, ...callOf(call) };
  const answer = await scope.session.send(request);
  const row = rowIfAny(request, answer);
  if (row !== undefined) return row;
  discard(answer);
  if (answer.status !== NO_CONTENT) throw unexpected(request, answer, 'an object', answer.body);
  const path = addressOf(request);
  throw new RecordNotFoundError(`GET ${path} answered with nothing.`, { status: 404, method: 'GET', path, body: undefined, headers: {} });
}

/** The rows with these keys, by key as it was given; keys of one record share its row. One error names all that are missing. */
export async function findMany(context: FindContext, keys: readonly Key[]): Promise<ReadonlyMap<string, Row>> {
  const { resource } = context.scope;
  const checked = keys.map((key) => checkRecordKey(resource, key));
  const distinct = new Map(checked.map((key) => [keySpelling(key), key]));
  const rows = await rowsByKey(context, [...distinct.values()]);
  const missing = [...distinct.values()].filter((key) => !rows.has(String(key)));
  if (missing.length > 0) throw notFound(context, missing);
  return new Map(checked.map((key) => [String(key), rows.get(String(distinct.get(keySpelling(key)))) as Row]));
}

/** What was found of these distinct keys, by key as it was given: in as few requests as the API allows. */
export async function rowsByKey(context: FindContext, keys: readonly Key[]): Promise<Map<string, Row>> {
  const { key } = context.scope.resource;
  const rows =
    keys.length === 0 ? [] : canListByKey(context.scope.resource) ? await listByKeys(context, keys) : await oneByOne(context, keys);
  const found = new Map(rows.map((row) => [keySpelling(row[key]), row]));
  const byKey = new Map<string, Row>();
  for (const asked of keys) {
    const row = found.get(keySpelling(asked));
    if (row !== undefined) byKey.set(String(asked), row);
  }
  return byKey;
}

/** Searches of one store that may be joined. */
const loaders = new WeakMap<StoreSession, BatchLoader<Key, Row>>();

async function findTogether(context: FindContext, key: Key): Promise<Row | undefined> {
  const { resource, params, session } = context.scope;
  let loader = loaders.get(session);
  if (loader === undefined) loaders.set(session, (loader = new BatchLoader()));
  const under = JSON.stringify([resource.version, resource.path, params, context.params]);
  const row = await loader.load(under, key, async (keys) => {
    const [only = key] = keys;
    if (keys.length > 1) return rowsByKey(context, keys);
    const found = await findAlone(context, only);
    return new Map(found === undefined ? [] : [[String(only), found]]);
  });
  if (row === undefined) return undefined;
  // The first caller gets the row, others a copy: a row becomes the baseline of one record.
  if (handedOut.has(row)) return copyJson(row);
  handedOut.add(row);
  return row;
}

const handedOut = new WeakSet<Row>();

/** The row from its own path, or from the list where filters narrow it or records have no path. */
async function findAlone(context: FindContext, key: Key): Promise<Row | undefined> {
  const { scope, filters, params, signal, retry, timeout, cache } = context;
  const { resource } = scope;
  const listed = resource.addressing === 'filter' || Object.keys(filters).length > 0 || !resource.operations.includes('get');
  if (listed && canListByKey(resource)) {
    const rows = await listByKeys(context, [key]);
    return rows.find((row) => isSameKey(row[resource.key], key));
  }
  const request: RequestDescription = {
    method: 'GET',
    version: resource.version,
    path: `${collectionPath(scope)}/${encodeURIComponent(key)}`,
    query: { ...filters, ...params },
    signal,
    retry,
    timeout,
    cache,
  };
  const answer = await scope.session.send(request);
  const row = rowOf(request, answer);
  if (row === undefined) {
    discard(answer);
    if (answer.status !== NO_CONTENT) throw unexpected(request, answer, 'an object', undefined);
  } else if (row[resource.key] !== key) assertRowOf(resource, key, request, answer, row);
  return row;
}

async function listByKeys(context: FindContext, keys: readonly Key[]): Promise<Row[]> {
  const { scope, filters, params } = context;
  const { resource } = scope;
  const size = pageSizeOf(resource, { params });
  const answers = await Promise.all(
    splitByUrlLength(keys, size).map(async (part) => {
      const query = { ...filters, ...params, [`${resource.keyFilter}:in`]: part, ...(keys.length > 1 ? { limit: size } : {}) };
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
  return answers.flat();
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
  const named = keys.slice(0, 100).join(', ') + (keys.length > 100 ? `, … (${keys.length} in all)` : '');
  return new RecordNotFoundError(
    `No ${resource.name} with ${resource.key} ${named} at ${path}. It may have been deleted; findBy() gives null instead of throwing.`,
    { status: 404, method: 'GET', path, body: { missing: keys }, headers: {} },
  );
}

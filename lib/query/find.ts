import { RecordNotFoundError } from '../errors/record-not-found-error.js';
import { type Key } from '../transport/path.js';
import { addressOf, type CallOptions, type QueryValue, type RequestDescription } from '../transport/request.js';
import { rowOf, rowsOf } from './rows.js';
import { checkRecordKey, collectionPath, memberPath, type Row, type Scope, sessionOf } from './scope.js';

/** A search for records by key: where, under which further filters, and with which extras. */
export interface FindContext extends CallOptions {
  readonly scope: Scope<object>;
  readonly filters: Readonly<Record<string, QueryValue>>;
  readonly params: Readonly<Record<string, QueryValue>>;
}

/** An address longer than this is refused by some gateways. */
const MAX_QUERY_LENGTH = 2000;

/** The row with this key: from its own path, or from the list where filters narrow it or records have no path. */
export async function findOne(context: FindContext, key: Key): Promise<Row> {
  const { scope, filters, params, signal } = context;
  const { resource } = scope;
  const checked = checkRecordKey(resource, key);
  const listed = resource.addressing === 'filter' || Object.keys(filters).length > 0 || !resource.operations.includes('get');
  if (listed && canList(context)) {
    const [row] = await listByKeys(context, [checked]);
    if (row === undefined) throw notFound(context, [checked]);
    return row;
  }
  const request: RequestDescription = {
    method: 'GET',
    version: resource.version,
    path: memberPath(scope, checked),
    query: { ...filters, ...params },
    signal,
  };
  const row = rowOf(request, await sessionOf(scope).send(request));
  if (row === undefined) throw notFound(context, [checked]);
  return row;
}

/** The rows with these keys, in their order; one error names all that are missing. */
export async function findMany(context: FindContext, keys: readonly Key[]): Promise<Row[]> {
  const checked = keys.map((key) => checkRecordKey(context.scope.resource, key));
  const distinct = [...new Map(checked.map((key) => [String(key), key])).values()];
  if (distinct.length === 0) return [];
  const found = canList(context) ? await listByKeys(context, distinct) : await oneByOne(context, distinct);
  const rows = new Map(found.map((row) => [String(row[context.scope.resource.key]), row]));
  const missing = distinct.filter((key) => !rows.has(String(key)));
  if (missing.length > 0) throw notFound(context, missing);
  return checked.map((key) => rows.get(String(key)) as Row);
}

/** Whether the resource can list by keys: V3's `id:in`, where it is documented. */
function canList({ scope: { resource } }: FindContext): boolean {
  if (resource.addressing === 'filter') return true;
  return resource.filters !== undefined && Object.hasOwn(resource.filters, `${resource.key}:in`);
}

async function listByKeys(context: FindContext, keys: readonly Key[]): Promise<Row[]> {
  const { scope, filters, params, signal } = context;
  const { resource } = scope;
  const session = sessionOf(scope);
  const answers = await Promise.all(
    chunks(keys, resource.pageSize).map(async (chunk) => {
      const query = { ...filters, ...params, [`${resource.key}:in`]: chunk, ...(keys.length > 1 ? { limit: resource.pageSize } : {}) };
      const request: RequestDescription = { method: 'GET', version: resource.version, path: collectionPath(scope), query, signal };
      return rowsOf(request, await session.send(request));
    }),
  );
  return answers.flat();
}

async function oneByOne(context: FindContext, keys: readonly Key[]): Promise<Row[]> {
  const rows = await Promise.all(
    keys.map((key) =>
      findOne(context, key).catch((error: unknown) => {
        if (error instanceof RecordNotFoundError) return undefined;
        throw error;
      }),
    ),
  );
  return rows.flatMap((row, index) =>
    row === undefined ? [] : [{ ...row, [context.scope.resource.key]: row[context.scope.resource.key] ?? keys[index] }],
  );
}

function chunks(keys: readonly Key[], most: number): Key[][] {
  const all: Key[][] = [];
  let chunk: Key[] = [];
  let length = 0;
  for (const key of keys) {
    const added = encodeURIComponent(key).length + 1;
    if (chunk.length >= most || (length + added > MAX_QUERY_LENGTH && chunk.length > 0)) {
      all.push(chunk);
      [chunk, length] = [[], 0];
    }
    chunk.push(key);
    length += added;
  }
  if (chunk.length > 0) all.push(chunk);
  return all;
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

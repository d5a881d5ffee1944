import { BigRecordError } from '../errors/bigrecord-error.js';
import { UnsupportedOperationError } from '../errors/unsupported-operation-error.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import { type CallOptions, callOf, freshCallOf, type QueryValue, type RequestDescription } from '../transport/request.js';
import { type Chunks, chunksOf } from './chunks.js';
import { operatorParameter } from './filters.js';
import { pageSizeOf, type Said, sortParams } from './said.js';
import { listPath, type Row, type Scope, sessionOf } from './scope.js';
import { type RowPage, type Walk, walkPages } from './walk.js';

type Request = Omit<RequestDescription, 'signal'>;

/** How a query is read: page by number, by cursor, in the order of keys, or by lists of keys. */
export interface Reading {
  readonly kind: 'pages' | 'cursor' | 'stable' | 'keys';
  readonly size: number;
  readonly chunks: Chunks;
}

/** Decides how a query is read. @throws ArgumentError, UnsupportedOperationError */
export function readingOf(resource: ResourceDeclaration, said: Said): Reading {
  const size = pageSizeOf(resource, said);
  const chunks = chunksOf(resource, said.filters, size);
  if (said.isStable) return { kind: 'stable', size, chunks };
  if (chunks.byKey) return { kind: 'keys', size, chunks };
  return { kind: resource.cursor ? 'cursor' : 'pages', size, chunks };
}

/** The request for one page of a query. */
export function pageRequest(scope: Scope<object>, said: Said, page: number, size: number, filters = said.filters): Request {
  const { version } = scope.resource;
  const query = { ...filters, ...said.params, ...(page > 1 ? { page } : {}), limit: size };
  return { method: 'GET', version, path: listPath(scope), query };
}

/** The request that a query begins with. */
export function firstRequest(scope: Scope<object>, said: Said): Request {
  const { limit = Number.POSITIVE_INFINITY } = said;
  const { kind, size, chunks } = readingOf(scope.resource, said);
  const [filters = said.filters] = chunks.all;
  if (kind === 'keys') return pageRequest(scope, said, 1, size, filters);
  if (kind === 'stable') return afterKey(scope, said, size, filters, undefined);
  return pageRequest(scope, said, 1, Math.min(size, limit), filters);
}

/** Reads a query, page after page. */
export async function* read(
  scope: Scope<object>,
  said: Said,
  options: CallOptions & { isEager: boolean },
): AsyncGenerator<RowPage, void, undefined> {
  const { limit = Number.POSITIVE_INFINITY } = said;
  const reading = readingOf(scope.resource, said);
  const size = Math.min(reading.size, limit);
  const session = sessionOf(scope);
  // One page is for somebody who waits; what goes on from there is a job.
  const priority = limit <= size ? 'interactive' : 'bulk';
  const common: Omit<Walk, 'request' | 'hasMore' | 'pagesKnown' | 'size'> = {
    resource: scope.resource,
    keyOf: identityOf(scope.resource),
    window: session.concurrency,
    send: (request) => session.sendAhead({ ...request, priority }),
    isEager: options.isEager,
    ...(reading.kind === 'stable' ? freshCallOf(options) : callOf(options)),
    limit,
  };
  if (reading.kind === 'keys') {
    yield* inAskedOrder(scope.resource, said, reading, walkPages({ ...common, ...byKeys(scope, said, reading), size: reading.size }));
    return;
  }
  let number = 0;
  for (const filters of reading.chunks.all) {
    const walk: Walk = { ...common, ...STEPS[reading.kind](scope, { ...said, filters }, size), size };
    for await (const page of walkPages(walk)) yield reading.chunks.all.length === 1 ? page : { number: ++number, rows: page.rows };
  }
}

/** The key, with whatever else tells one record from another. */
const identityOf =
  ({ key, identity }: ResourceDeclaration) =>
  (row: Row): unknown =>
    identity.length === 0 || row[key] === undefined ? row[key] : JSON.stringify([key, ...identity].map((name) => row[name]));

type Steps = Pick<Walk, 'request' | 'hasMore' | 'pagesKnown'>;

const STEPS = {
  /** By number: the first page tells how many there are (V3), or each tells by being full that there may be another (V2). */
  pages: (scope: Scope<object>, said: Said, size: number): Steps => {
    let promised = 0;
    return {
      request: (number) => pageRequest(scope, said, number, size),
      hasMore: (page) => {
        // A later page may know of fewer: what it holds itself tells whether the first was wrong.
        promised = Math.max(promised, page.totalPages ?? 0);
        return hasMore(page, size) || (page.number < promised && page.rows.length >= size);
      },
      pagesKnown: ({ totalPages = 0 }) => totalPages,
    };
  },

  /** By cursor, where the answers have one; else by number. */
  cursor: (scope: Scope<object>, said: Said, size: number): Steps => ({
    request: (number, previous) => {
      const request = pageRequest(scope, said, typeof previous?.endCursor === 'string' ? 1 : number, size);
      return typeof previous?.endCursor === 'string' ? { ...request, query: { ...request.query, after: previous.endCursor } } : request;
    },
    hasMore: (page) => (page.endCursor === undefined ? hasMore(page, size) : page.endCursor !== null && page.rows.length > 0),
    pagesKnown: ({ endCursor, totalPages = 0 }) => (endCursor === undefined ? totalPages : 0),
  }),

  /** Each page begins after the last key of the one before: what is inserted or deleted meanwhile shifts nothing. */
  stable: (scope: Scope<object>, said: Said, size: number): Steps => ({
    request: (_, previous) => afterKey(scope, said, size, said.filters, lastKey(scope.resource, previous)),
    hasMore: ({ rows, totalPages }) => (totalPages === undefined ? rows.length >= size : totalPages > 1 && rows.length > 0),
    pagesKnown: () => 0,
  }),
};

/** Each part of the list of keys is one page, in the order in which the keys were asked for. */
function byKeys(scope: Scope<object>, said: Said, { chunks, size }: Reading): Steps {
  const { all } = chunks;
  return {
    request: (number) => pageRequest(scope, said, 1, size, all[number - 1]),
    hasMore: ({ number }) => number < all.length,
    pagesKnown: () => all.length,
  };
}

/** The records of a list of keys come in the order of the list; where `order()` was said, in that, over all parts. */
async function* inAskedOrder(
  { key, keyFilter }: ResourceDeclaration,
  said: Said,
  { chunks, size }: Reading,
  pages: AsyncGenerator<RowPage, void, undefined>,
): AsyncGenerator<RowPage, void, undefined> {
  if (said.params['sort'] === undefined) {
    for await (const page of pages) {
      const places = new Map(
        (chunks.all[page.number - 1] as Record<string, string[]>)[`${keyFilter}:in`]?.map((each, place) => [each, place]),
      );
      const place = (row: Row): number => places.get(String(row[key])) ?? places.size;
      yield { ...page, rows: [...page.rows].sort((a, b) => place(a) - place(b)) };
    }
  } else if (chunks.all.length <= 1) yield* pages;
  else {
    const rows: Row[] = [];
    for await (const page of pages) rows.push(...page.rows);
    rows.sort(comparison(said.params));
    for (let number = 1; (number - 1) * size < rows.length; number++)
      yield { number, rows: rows.slice((number - 1) * size, number * size) };
  }
}

function comparison(params: Said['params']): (a: Row, b: Row) => number {
  const [name = '', suffix] = String(params['sort']).split(':');
  const sign = (suffix ?? params['direction']) === 'desc' ? -1 : 1;
  return (a, b) => {
    const [x, y] = [a[name], b[name]];
    return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x ?? '').localeCompare(String(y ?? '')));
  };
}

function hasMore({ number, rows, totalPages }: RowPage, size: number): boolean {
  if (totalPages === undefined || number > totalPages) return rows.length >= size;
  return number < totalPages;
}

function afterKey(scope: Scope<object>, said: Said, size: number, filters: Said['filters'], last: number | undefined): Request {
  const { resource } = scope;
  const request = pageRequest(scope, said, 1, size, filters);
  const after = last === undefined ? {} : keysAfter(resource, last);
  return { ...request, query: { ...filters, ...said.params, ...sortParams(resource, resource.key, 'asc'), ...after, limit: size } };
}

/** The filter for keys beyond one: V3's `id:greater`, V2's `min_id`. @throws UnsupportedOperationError where there is none */
export function keysAfter(resource: ResourceDeclaration, last: number): Record<string, QueryValue> {
  const dialect = dialectOf(resource.version);
  const isExclusive = dialect.parameter(resource.key, 'greater') !== undefined;
  try {
    return { [operatorParameter(resource, dialect, resource.key, isExclusive ? 'greater' : 'min')]: isExclusive ? last : last + 1 };
  } catch {
    throw new UnsupportedOperationError(
      `${resource.name} cannot be walked in the order of its keys: the API has no filter for keys beyond one. Nothing was sent.`,
    );
  }
}

/** @throws BigRecordError when the page is not in the order of keys; UnsupportedOperationError when keys are no numbers */
function lastKey({ name, key }: ResourceDeclaration, page: RowPage | undefined): number | undefined {
  let last: number | undefined;
  for (const row of page?.rows ?? []) {
    const value = row[key];
    if (typeof value !== 'number')
      throw new UnsupportedOperationError(`${name}: stable() needs keys that are numbers, got ${typeof value}.`);
    if (last !== undefined && value <= last)
      throw new BigRecordError(
        `${name}: the store does not answer in the order of \`${key}\`, so stable() cannot keep its promise; the walk was ended.`,
      );
    last = value;
  }
  return last;
}

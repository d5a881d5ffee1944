import { BigRecordError } from '../errors/bigrecord-error.js';
import { UnsupportedOperationError } from '../errors/unsupported-operation-error.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import type { Priority } from '../session/priority-queue.js';
import { type CallOptions, callOf, freshCallOf, type QueryValue, type RequestDescription } from '../transport/request.js';
import { type Chunks, chunksOf } from './chunks.js';
import { operatorParameter } from './filters.js';
import { type Budget, inFullPages, merged, oneAfterAnother, type Rows, rowsAtHand } from './parts.js';
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
  const { resource } = scope;
  const order = said.isStable ? sortParams(resource, resource.key, 'asc') : {};
  const query = { ...filters, ...said.params, ...order, ...(page > 1 ? { page } : {}), limit: size };
  return { method: 'GET', version: resource.version, path: listPath(scope), query };
}

/** The request that a query begins with. */
export function firstRequest(scope: Scope<object>, said: Said): Request {
  const { limit = Number.POSITIVE_INFINITY } = said;
  const { kind, size, chunks } = readingOf(scope.resource, said);
  const [filters = said.filters] = chunks.all;
  return pageRequest(scope, said, 1, kind === 'keys' ? size : Math.min(size, limit), filters);
}

/** What the walks of one query have in common. */
type Common = Omit<Walk, 'request' | 'hasMore' | 'pagesKnown'>;

/**
 * Reads a query, page after page. Where lists in its filters are cut, the parts are read as the one list that they are.
 * `isAwaited`: somebody waits for all of it, and is told at once where the store is down.
 */
export async function* read(
  scope: Scope<object>,
  said: Said,
  options: CallOptions & { isEager: boolean; isAwaited?: boolean },
): AsyncGenerator<RowPage, void, undefined> {
  const { limit = Number.POSITIVE_INFINITY } = said;
  const reading = readingOf(scope.resource, said);
  const { kind, chunks } = reading;
  const size = kind === 'keys' ? reading.size : Math.min(reading.size, limit);
  const session = sessionOf(scope);
  // One page is for somebody who waits, and so is the first of a list that is awaited; what goes on from there is a job.
  const later: Priority = limit <= size ? 'interactive' : 'bulk';
  let priority: Priority = options.isAwaited === true ? 'interactive' : later;
  const common: Common = {
    resource: scope.resource,
    keyOf: identityOf(scope.resource),
    window: session.concurrency,
    send: (request) => {
      const sent = session.sendAhead({ ...request, priority });
      priority = later;
      return sent;
    },
    isEager: options.isEager,
    ...(kind === 'stable' ? freshCallOf(options) : callOf(options)),
    limit,
    size,
  };
  if (chunks.all.length > 1) {
    const budget = { left: limit };
    yield* inFullPages(rowsOfParts(scope, said, reading, common, budget), common.keyOf, reading.size, budget);
  } else if (kind === 'keys') yield* byKeys(scope, said, reading, common);
  else yield* walkPages({ ...common, ...STEPS[kind](scope, { ...said, filters: chunks.all[0] ?? said.filters }, size) });
}

/** The rows of all parts: in the order that was asked for, or in that of the keys; else part after part. */
async function* rowsOfParts(scope: Scope<object>, said: Said, reading: Reading, common: Common, budget: Budget): Rows {
  const { kind, chunks } = reading;
  const { resource } = scope;
  const isSorted = kind === 'stable' || said.params['sort'] !== undefined;
  const wanted = isSorted ? withSortField(resource, said) : said;
  if (kind === 'keys') {
    const keyList = `${resource.keyFilter}:in`;
    const isCutTwice = new Set(chunks.all.map((filters) => String(filters[keyList]))).size < chunks.all.length;
    if (!isSorted && !isCutTwice) {
      yield* oneAfterAnother([() => byKeys(scope, wanted, reading, common)]);
      return;
    }
    const parts: Rows[] = [];
    for await (const { rows } of byKeys(scope, wanted, reading, { ...common, limit: Number.POSITIVE_INFINITY }))
      parts.push(rowsAtHand(rows));
    yield* merged(parts, isSorted ? comparison(resource, said) : inOrderOf(resource, said.filters[keyList] as readonly string[]));
    return;
  }
  const walkOf = (filters: Said['filters'], most: number) =>
    walkPages({ ...common, limit: most, ...STEPS[kind](scope, { ...wanted, filters }, common.size) });
  if (isSorted)
    yield* merged(
      chunks.all.map((filters) => oneAfterAnother([() => walkOf(filters, common.limit)])),
      comparison(resource, said),
    );
  else yield* oneAfterAnother(chunks.all.map((filters) => () => walkOf(filters, budget.left)));
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
    hasMore: (page) => (page.endCursor === undefined ? hasMore(page, size) : page.endCursor !== null),
    pagesKnown: ({ endCursor, totalPages = 0 }) => (endCursor === undefined ? totalPages : 0),
  }),

  /** Each page begins after the last key of the one before: what is inserted or deleted meanwhile shifts nothing. */
  stable: (scope: Scope<object>, said: Said, size: number): Steps => ({
    request: (_, previous) => afterKey(scope, said, size, said.filters, lastKey(scope.resource, previous)),
    hasMore: ({ rows, totalPages }) => (totalPages === undefined ? rows.length >= size : totalPages > 1 && rows.length > 0),
    pagesKnown: () => 0,
  }),
};

/**
 * Each part of the list of keys is one page, so all of them can be asked for at once. They come in the order in which the keys
 * were asked for; where another order was, in that.
 */
async function* byKeys(scope: Scope<object>, said: Said, reading: Reading, common: Common): AsyncGenerator<RowPage, void, undefined> {
  const { resource } = scope;
  const { all } = reading.chunks;
  const partAt = (number: number): Said['filters'] => all[number - 1] as Said['filters'];
  const pages = walkPages({
    ...common,
    isBounded: true,
    request: (number) => pageRequest(scope, said, 1, reading.size, partAt(number)),
    hasMore: ({ number }) => number < all.length,
    pagesKnown: () => all.length,
  });
  for await (const page of pages) {
    const part = partAt(page.number);
    const keys = part[`${resource.keyFilter}:in`] as readonly string[];
    const rows = isWhole(page, keys.length) ? page.rows : await wholePart(scope, { ...said, filters: part }, common);
    yield { ...page, rows: said.params['sort'] === undefined ? [...rows].sort(inOrderOf(resource, keys)) : rows };
  }
}

/** Whether a page holds all that was asked for. A store whose pages are shorter than declared cuts the part once more. */
const isWhole = ({ rows, totalPages = 1, endCursor }: RowPage, asked: number): boolean =>
  rows.length >= asked || (totalPages <= 1 && typeof endCursor !== 'string');

async function wholePart(scope: Scope<object>, said: Said, common: Common): Promise<Row[]> {
  const rows: Row[] = [];
  const steps = STEPS[scope.resource.cursor ? 'cursor' : 'pages'](scope, said, common.size);
  for await (const page of walkPages({ ...common, ...steps, limit: Number.POSITIVE_INFINITY })) rows.push(...page.rows);
  return rows;
}

function inOrderOf({ key }: ResourceDeclaration, keys: readonly string[]): (a: Row, b: Row) => number {
  const places = new Map([...new Set(keys)].map((each, place) => [String(each), place]));
  const place = (row: Row): number => places.get(String(row[key])) ?? places.size;
  return (a, b) => place(a) - place(b);
}

/** The attribute that a query is sorted by, and whether from the greatest on. */
function orderOf({ key }: ResourceDeclaration, { params, isStable }: Said): { name: string; isDescending: boolean } {
  if (isStable) return { name: key, isDescending: false };
  const [name = '', suffix] = String(params['sort']).split(':');
  return { name, isDescending: (suffix ?? params['direction']) === 'desc' };
}

/** Parts can be put in order only where the answers hold what they are ordered by. */
function withSortField(resource: ResourceDeclaration, said: Said): Said {
  const fields = said.params['include_fields'];
  if (!Array.isArray(fields)) return said;
  return { ...said, params: { ...said.params, include_fields: [...new Set([...(fields as string[]), orderOf(resource, said).name])] } };
}

/** The order in which the store sorts, as far as it can be known. */
function comparison(resource: ResourceDeclaration, said: Said): (a: Row, b: Row) => number {
  const { name, isDescending } = orderOf(resource, said);
  const isDate = resource.attributes[name]?.type === 'date';
  const sign = isDescending ? -1 : 1;
  return (a, b) => sign * compareValues(a[name] ?? '', b[name] ?? '', isDate);
}

/** V2 writes amounts as texts. */
const AMOUNT = /^-?\d+\.\d+$/;

function compareValues(a: unknown, b: unknown, isDate: boolean): number {
  if (isDate && typeof a === 'string' && typeof b === 'string') return Date.parse(a || '0') - Date.parse(b || '0');
  const areNumbers = (typeof a === 'number' || AMOUNT.test(String(a))) && (typeof b === 'number' || AMOUNT.test(String(b)));
  return areNumbers ? Number(a) - Number(b) : String(a).localeCompare(String(b), undefined, { sensitivity: 'accent' });
}

function hasMore({ number, rows, totalPages }: RowPage, size: number): boolean {
  if (totalPages === undefined || number > totalPages) return rows.length >= size;
  return number < totalPages;
}

function afterKey(scope: Scope<object>, said: Said, size: number, filters: Said['filters'], last: number | undefined): Request {
  const request = pageRequest(scope, said, 1, size, filters);
  return last === undefined ? request : { ...request, query: { ...request.query, ...keysAfter(scope.resource, last) } };
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

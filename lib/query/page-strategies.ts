import { BigRecordError } from '../errors/bigrecord-error.js';
import { HttpError } from '../errors/http-error.js';
import { UnsupportedOperationError } from '../errors/unsupported-operation-error.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import type { Priority } from '../session/priority-queue.js';
import { type CallOptions, callOf, freshCallOf, type RequestDescription } from '../transport/request.js';
import { continued, trackCursors, type WalkedPage } from './cursor.js';
import { keysAfter } from './key-order.js';
import { type Budget, concatenated, inFullPages, inMemoryRows, merged, type Rows, refilled } from './merge-lists.js';
import { type PageSource, paginate, type RowPage } from './paginator.js';
import { pageSizeOf, type QueryState, sortParams } from './query-state.js';
import { identityOf, listPath, type Row, type Scope, scopeQuery, sessionOf } from './scope.js';
import { type FilterParts, splitFilters } from './split-lists.js';

type Request = Omit<RequestDescription, 'signal'>;

/** How a query is read: pages by number, pages by cursor, in the order of keys, or by arrays of keys. */
export interface ReadPlan {
  readonly kind: 'pages' | 'cursor' | 'stable' | 'keys';
  readonly size: number;
  readonly parts: FilterParts;
}

/** Decides how a query is read. @throws ArgumentError, UnsupportedOperationError */
export function readPlanOf(resource: ResourceDeclaration, state: QueryState): ReadPlan {
  const size = pageSizeOf(resource, state);
  const parts = splitFilters(resource, state.filters, size);
  if (state.isStable) return { kind: 'stable', size, parts };
  if (parts.byKey) return { kind: 'keys', size, parts };
  return { kind: resource.cursor ? 'cursor' : 'pages', size, parts };
}

/** Returns the request for one page of a query. */
export function pageRequest(scope: Scope, state: QueryState, page: number, size: number, filters = state.filters): Request {
  const { resource } = scope;
  const order = state.isStable ? sortParams(resource, resource.key, 'asc') : {};
  const query = { ...scopeQuery(scope), ...filters, ...state.params, ...order, ...(page > 1 ? { page } : {}), limit: size };
  return { method: 'GET', version: resource.version, path: listPath(scope), query };
}

/** Returns the first request of a query. */
export function firstRequest(scope: Scope, given: QueryState): Request {
  const state = continued(scope, given);
  const { limit = Number.POSITIVE_INFINITY } = state;
  const { kind, size, parts } = readPlanOf(scope.resource, state);
  const [filters = state.filters] = parts.all;
  const most = kind === 'keys' ? size : Math.min(size, limit);
  return pageRequest(scope, state, startOf(state, most).first ?? 1, most, filters);
}

/** Returns where the pages of a query start: at the first one, or where a cursor says. */
function startOf({ after }: QueryState, size: number): Pick<PageSource, 'first' | 'skip' | 'seen' | 'found'> {
  if (after === undefined || after.k === 'key') return {};
  const { k, at: found, seen } = after;
  if (k !== 'page') return { seen, found };
  // What came before on the page is known by its keys, except where pages had another size.
  return { first: Math.floor(found / size) + 1, skip: Math.max(0, (found % size) - seen.length), seen, found };
}

/** What the page sources of one query have in common. */
type Common = Omit<PageSource, 'request' | 'hasMore' | 'pagesKnown'>;

/** How a query is read, and by whom. */
export interface WalkOptions extends CallOptions {
  readonly isEager: boolean;
  /** The caller waits for the first page, so it is sent with interactive priority. */
  readonly isAwaited?: boolean;
  /** Is called for every request. */
  readonly sent?: (() => void) | undefined;
}

/** Reads a query page by page. If arrays in its filters were split, the parts are merged into one list. */
export async function* readPages(scope: Scope, given: QueryState, options: WalkOptions): AsyncGenerator<WalkedPage, void, undefined> {
  const { limit = Number.POSITIVE_INFINITY } = given;
  const state = continued(scope, given);
  if (state.nothing) return;
  const plan = readPlanOf(scope.resource, state);
  const size = plan.kind === 'keys' ? plan.size : Math.min(plan.size, limit);
  const session = sessionOf(scope);
  // A single page is interactive, and so is the first page of an awaited list; the pages that follow are bulk work.
  const later: Priority = limit <= size ? 'interactive' : 'bulk';
  let priority: Priority = options.isAwaited === true ? 'interactive' : later;
  const common: Common = {
    resource: scope.resource,
    keyOf: identityOf(scope.resource),
    window: session.concurrency,
    send: (request) => {
      options.sent?.();
      const sent = session.sendAhead({ ...request, priority });
      priority = later;
      return sent;
    },
    isEager: options.isEager,
    ...(plan.kind === 'stable' ? freshCallOf(options) : callOf(options)),
    limit,
    size,
  };
  const track = trackCursors(scope, given, { ...plan, size });
  let isFirst = true;
  try {
    for await (const page of pagesOf(scope, state, plan, common)) {
      isFirst = false;
      yield track(page);
    }
  } catch (error) {
    if (isFirst && state.after?.end !== undefined) explainRefusal(error);
    throw error;
  }
}

/** How a store may refuse a cursor of its own. */
const REFUSALS = [400, 404, 410, 422];

function explainRefusal(error: unknown): void {
  if (error instanceof HttpError && REFUSALS.includes(error.status))
    error.message +=
      " The API's own cursor, which after() was given, may have expired: start without after()." +
      ' Cursors of stable(), and of an order by the key, do not expire.';
}

function pagesOf(scope: Scope, state: QueryState, plan: ReadPlan, common: Common): AsyncGenerator<RowPage, void, undefined> {
  const { kind, parts } = plan;
  const { after } = state;
  if (parts.all.length > 1) {
    const skip = after !== undefined && kind !== 'stable' && (kind !== 'keys' || state.params['sort'] !== undefined) ? after.at : 0;
    const budget = { left: common.limit + skip };
    return inFullPages(rowsOfParts(scope, state, plan, { ...common, limit: budget.left }, budget), common.keyOf, plan.size, budget, skip);
  }
  if (kind === 'keys') return byKeys(scope, state, plan, common);
  const steps = STEPS[kind](scope, { ...state, filters: parts.all[0] ?? state.filters }, common);
  const pages = paginate({ ...common, ...startOf(state, common.size), ...steps });
  return kind === 'stable' ? refilled(pages, common.size) : pages;
}

/** Yields the rows of all parts: in the requested order, or in the order of the keys; otherwise part by part. */
async function* rowsOfParts(scope: Scope, state: QueryState, plan: ReadPlan, common: Common, budget: Budget): Rows {
  const { kind, parts } = plan;
  const { resource } = scope;
  const isSorted = kind === 'stable' || state.params['sort'] !== undefined;
  const wanted = isSorted ? withSortField(resource, state) : state;
  if (kind === 'keys') {
    const keyList = `${resource.keyFilter}:in`;
    const isCutTwice = new Set(parts.all.map((filters) => String(filters[keyList]))).size < parts.all.length;
    if (!isSorted && !isCutTwice) {
      yield* concatenated([() => byKeys(scope, wanted, plan, common)]);
      return;
    }
    const lists: Rows[] = [];
    for await (const { rows } of byKeys(scope, wanted, plan, { ...common, limit: Number.POSITIVE_INFINITY }))
      lists.push(inMemoryRows(rows));
    yield* merged(lists, isSorted ? comparison(resource, state) : inOrderOf(resource, state.filters[keyList] as readonly string[]));
    return;
  }
  const pagesOf = (filters: QueryState['filters'], most: number) =>
    paginate({ ...common, limit: most, ...STEPS[kind](scope, { ...wanted, filters }, { ...common, limit: most }) });
  if (isSorted)
    yield* merged(
      parts.all.map((filters) => concatenated([() => pagesOf(filters, common.limit)])),
      comparison(resource, state),
    );
  else yield* concatenated(parts.all.map((filters) => () => pagesOf(filters, budget.left)));
}

type Steps = Pick<PageSource, 'request' | 'hasMore' | 'pagesKnown' | 'follows' | 'count' | 'counted'>;

/** The page size and the number of records that are wanted. */
type Extent = Pick<PageSource, 'size' | 'limit'>;

const STEPS = {
  /** By number: the first page has the number of pages (V3), or they are counted (V2); until then, a full page means that there may be another. */
  pages: (scope: Scope, state: QueryState, { size }: Extent): Steps => {
    const count = countAhead(scope, state);
    let promised = 0;
    let counted: number | undefined;
    let isEndUnknown = count === undefined && !dialectOf(scope.resource.version).announcesTotals;
    return {
      request: (number) => pageRequest(scope, state, number, size),
      hasMore: (page) => {
        // A later page may report fewer pages. If it is full, the first number is believed.
        promised = Math.max(promised, page.totalPages ?? 0);
        if (page.totalPages === undefined && promised > 0) return page.number < promised; // a page without totals ends nothing
        if (counted === page.number * size) return false; // the last page is full
        return hasMore(page, size) || (page.number < promised && page.rows.length >= size);
      },
      pagesKnown: ({ number, totalPages, total }) => {
        if (totalPages !== undefined || total !== undefined) return totalPages ?? 0;
        if (counted !== undefined) return Math.ceil(counted / size);
        // Where nobody knows the end, as many pages are tried at once as half of those that were full.
        return isEndUnknown && number > 1 ? number + (number >> 1) : 0;
      },
      count,
      counted: (total) => {
        counted = total;
        isEndUnknown = total === undefined;
      },
    };
  },

  /** By cursor if the responses have one, otherwise by number. */
  cursor: (scope: Scope, state: QueryState, { size }: Extent): Steps => ({
    request: (number, previous) => {
      const end = previous === undefined ? state.after?.end : previous.endCursor;
      const request = pageRequest(scope, state, typeof end === 'string' ? 1 : number, size);
      return typeof end === 'string' ? { ...request, query: { ...request.query, after: end } } : request;
    },
    hasMore: (page) => (page.endCursor === undefined ? hasMore(page, size) : page.endCursor !== null),
    pagesKnown: ({ endCursor, totalPages = 0 }) => (endCursor === undefined ? totalPages : 0),
  }),

  stable: inKeyOrder,
};

/** Pages with fewer rows are read one after another: a row in common would cost too much. */
const LEAST_SIZE = 10;

/**
 * In the order of keys, so insertions and deletions do not shift the pages. A page that is requested ahead is counted from a key
 * that is known already, and begins with the last row of the page before it: having that row in common proves that no record is
 * missing between the two. Where they have none, the page is requested again, after the last key of the previous one.
 */
function inKeyOrder(scope: Scope, state: QueryState, { size, limit }: Extent): Steps {
  const { resource } = scope;
  const isLimited = limit < Number.POSITIVE_INFINITY;
  /** Where a page is: the rank of its first row, and its number among the pages after the key that it is counted from. */
  let place = { start: 0, page: 1 };
  let requested: (typeof place)[] = [];
  /** The keys of the page in turn, and the last one so far. */
  let keys: readonly number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  /** How far pages are requested: up to this rank, and this number. */
  let end = 0;
  let latest = 0;
  let step = size;
  let overlap = 1;
  let counted = 0;
  return {
    request: (number, previous) => {
      const isNext = previous !== undefined || keys.length === 0;
      if (isNext) requested = [];
      const ahead = isNext ? keys.length - 1 : end - overlap - 1 - place.start;
      const at = isNext ? ahead : Math.min(ahead % step, keys.length - 1);
      const page = isNext ? 1 : Math.floor(ahead / step) + 1;
      const start = place.start + at + 1 + (page - 1) * step;
      requested.push({ start, page });
      [latest, end] = [number, start + step];
      const request = pageRequest(scope, state, page, size);
      const key = keys[at];
      return key === undefined ? request : { ...request, query: { ...request.query, ...keysAfter(resource, key) } };
    },
    follows: ({ number, rows, totalPages }) => {
      const next = requested.shift() ?? place;
      const found = keysInOrder(resource, rows);
      if (next.page > 1 && !(Number(found[0]) <= last)) {
        overlap = Math.min(overlap * 2, step >> 1);
        return false;
      }
      if (number === 1 && found.length > 0 && totalPages !== undefined) step = found.length;
      [place, keys] = [next, found];
      last = Math.max(last, found.at(-1) ?? last);
      return true;
    },
    hasMore: ({ rows, totalPages }) => (totalPages === undefined ? rows.length >= size : totalPages > place.page && rows.length > 0),
    pagesKnown: ({ total }) => {
      const wanted = Math.min(limit, total === undefined ? counted : place.start - (place.page - 1) * step + total);
      const known = latest + Math.ceil((wanted - end) / (step - overlap));
      // Rows in common take no further page where somebody has said how many records he wants.
      return step < LEAST_SIZE || wanted <= end || (isLimited && known > Math.ceil(wanted / step)) ? 0 : known;
    },
    count: size < LEAST_SIZE || isLimited ? undefined : countAhead(scope, state),
    counted: (total = 0) => {
      counted = total;
    },
  };
}

/** Returns the request that counts the records of a list whose pages do not tell, if the API has one. */
const countAhead = (scope: Scope, state: QueryState): Request | undefined =>
  dialectOf(scope.resource.version).announcesTotals || !scope.resource.operations.includes('count')
    ? undefined
    : countRequest(scope, state, state.filters);

/** Returns the request that counts the records of a query. */
export function countRequest(scope: Scope, { params }: QueryState, filters: QueryState['filters']): Request {
  const { version } = scope.resource;
  const { subpath, query } = dialectOf(version).count;
  return { method: 'GET', version, path: `${listPath(scope)}${subpath}`, query: { ...scopeQuery(scope), ...filters, ...params, ...query } };
}

/**
 * Reads each part of an array of keys as one page, all of them concurrently. Rows come in the requested sort order, or in the
 * order of the keys.
 */
async function* byKeys(scope: Scope, state: QueryState, plan: ReadPlan, common: Common): AsyncGenerator<RowPage, void, undefined> {
  const { resource } = scope;
  const { all } = plan.parts;
  const partAt = (number: number): QueryState['filters'] => all[number - 1] as QueryState['filters'];
  const pages = paginate({
    ...common,
    isBounded: true,
    request: (number) => pageRequest(scope, state, 1, plan.size, partAt(number)),
    hasMore: ({ number }) => number < all.length,
    pagesKnown: () => all.length,
  });
  for await (const page of pages) {
    const part = partAt(page.number);
    const keys = part[`${resource.keyFilter}:in`] as readonly string[];
    const rows = isWhole(page, keys.length) ? page.rows : await wholePart(scope, { ...state, filters: part }, common);
    yield { ...page, rows: state.params['sort'] === undefined ? [...rows].sort(inOrderOf(resource, keys)) : rows };
  }
}

/** Whether a page has all requested rows. If the store's pages are shorter than declared, further pages must be read. */
const isWhole = ({ rows, totalPages = 1, endCursor }: RowPage, requested: number): boolean =>
  rows.length >= requested || (totalPages <= 1 && typeof endCursor !== 'string');

async function wholePart(scope: Scope, state: QueryState, common: Common): Promise<Row[]> {
  const all = { ...common, limit: Number.POSITIVE_INFINITY };
  return allRows(paginate({ ...all, ...STEPS[scope.resource.cursor ? 'cursor' : 'pages'](scope, state, all) }));
}

/** Returns the rows of all pages. */
export async function allRows(pages: AsyncIterable<RowPage>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const page of pages) rows.push(...page.rows);
  return rows;
}

function inOrderOf({ key }: ResourceDeclaration, keys: readonly string[]): (a: Row, b: Row) => number {
  const places = new Map([...new Set(keys)].map((each, place) => [String(each), place]));
  const place = (row: Row): number => places.get(String(row[key])) ?? places.size;
  return (a, b) => place(a) - place(b);
}

/** Returns the attribute that a query is sorted by, and the direction. */
function orderOf({ key }: ResourceDeclaration, { params, isStable }: QueryState): { name: string; isDescending: boolean } {
  if (isStable) return { name: key, isDescending: false };
  const [name = '', suffix] = String(params['sort']).split(':');
  return { name, isDescending: (suffix ?? params['direction']) === 'desc' };
}

/** Adds the sort attribute to the selected fields: without it, parts cannot be merged in order. */
function withSortField(resource: ResourceDeclaration, state: QueryState): QueryState {
  const fields = state.params['include_fields'];
  if (!Array.isArray(fields)) return state;
  return { ...state, params: { ...state.params, include_fields: [...new Set([...(fields as string[]), orderOf(resource, state).name])] } };
}

/** Returns a comparison that approximates the order in which the store sorts. */
function comparison(resource: ResourceDeclaration, state: QueryState): (a: Row, b: Row) => number {
  const { name, isDescending } = orderOf(resource, state);
  const isDate = resource.attributes[name]?.type === 'date';
  const sign = isDescending ? -1 : 1;
  return (a, b) => sign * compareValues(a[name] ?? '', b[name] ?? '', isDate);
}

/** V2 writes amounts as strings. */
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

/** @throws BigRecordError if the page is not in the order of keys; UnsupportedOperationError if keys are not numbers */
function keysInOrder({ name, key }: ResourceDeclaration, rows: readonly Row[]): number[] {
  const keys: number[] = [];
  for (const row of rows) {
    const value = row[key];
    if (typeof value !== 'number') throw new UnsupportedOperationError(`${name}: stable() needs numeric keys, got ${typeof value}.`);
    if (value <= (keys.at(-1) ?? Number.NEGATIVE_INFINITY))
      throw new BigRecordError(
        `${name}: the store did not return records in the order of \`${key}\`, so stable() might miss some. Reading stopped; iterate without stable().`,
      );
    keys.push(value);
  }
  return keys;
}

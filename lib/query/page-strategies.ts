import { HttpError } from '../errors/http-error.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import type { Priority } from '../session/priority-queue.js';
import { type CallOptions, callOf, freshCallOf } from '../transport/request.js';
import { continued, trackCursors, type WalkedPage } from './cursor.js';
import { inKeyOrder } from './in-key-order.js';
import { type Budget, concatenated, inFullPages, inMemoryRows, merged, type Rows, refilled } from './merge-lists.js';
import { countAhead, type PageRequest, pageRequest } from './page-requests.js';
import type { Extent, PageSource, PageSteps, RowPage } from './page-source.js';
import { paginate } from './paginator.js';
import { pageSizeOf, type QueryState } from './query-state.js';
import { identityOf, type Row, type Scope, sessionOf } from './scope.js';
import { type FilterParts, splitFilters } from './split-lists.js';

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

/** Returns the first request of a query. */
export function firstRequest(scope: Scope, given: QueryState): PageRequest {
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
    error.message += ' The cursor may have expired: start again without after(). The cursors of stable() do not expire.';
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

const STEPS = {
  /** By number: the first page has the number of pages (V3), or they are counted (V2); until then, a full page means that there may be another. */
  pages: (scope: Scope, state: QueryState, { size }: Extent): PageSteps => {
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
  cursor: (scope: Scope, state: QueryState, { size }: Extent): PageSteps => ({
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

import { BigRecordError } from '../errors/bigrecord-error.js';
import { UnsupportedOperationError } from '../errors/unsupported-operation-error.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import type { Priority } from '../session/priority-queue.js';
import { type CallOptions, callOf, freshCallOf, type QueryValue, type RequestDescription } from '../transport/request.js';
import { operatorParameter } from './filters.js';
import { type Budget, inFullPages, merged, oneAfterAnother, type Rows, rowsAtHand } from './merge-lists.js';
import { type PageSource, paginate, type RowPage } from './paginator.js';
import { pageSizeOf, type QueryState, sortParams } from './query-state.js';
import { listPath, type Row, type Scope, sessionOf } from './scope.js';
import { type FilterParts, splitFilters } from './split-lists.js';

type Request = Omit<RequestDescription, 'signal'>;

/** How a query is read: page by number, by cursor, in the order of keys, or by lists of keys. */
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

/** The request for one page of a query. */
export function pageRequest(scope: Scope, state: QueryState, page: number, size: number, filters = state.filters): Request {
  const { resource } = scope;
  const order = state.isStable ? sortParams(resource, resource.key, 'asc') : {};
  const query = { ...filters, ...state.params, ...order, ...(page > 1 ? { page } : {}), limit: size };
  return { method: 'GET', version: resource.version, path: listPath(scope), query };
}

/** The request that a query begins with. */
export function firstRequest(scope: Scope, state: QueryState): Request {
  const { limit = Number.POSITIVE_INFINITY } = state;
  const { kind, size, parts } = readPlanOf(scope.resource, state);
  const [filters = state.filters] = parts.all;
  return pageRequest(scope, state, 1, kind === 'keys' ? size : Math.min(size, limit), filters);
}

/** What the walks of one query have in common. */
type Common = Omit<PageSource, 'request' | 'hasMore' | 'pagesKnown'>;

/**
 * Reads a query, page after page. Where lists in its filters are cut, the parts are read as the one list that they are.
 * `isAwaited`: somebody waits for all of it, and is told at once where the store is down.
 */
export async function* readPages(
  scope: Scope,
  state: QueryState,
  options: CallOptions & { isEager: boolean; isAwaited?: boolean },
): AsyncGenerator<RowPage, void, undefined> {
  const { limit = Number.POSITIVE_INFINITY } = state;
  const plan = readPlanOf(scope.resource, state);
  const { kind, parts } = plan;
  const size = kind === 'keys' ? plan.size : Math.min(plan.size, limit);
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
  if (parts.all.length > 1) {
    const budget = { left: limit };
    yield* inFullPages(rowsOfParts(scope, state, plan, common, budget), common.keyOf, plan.size, budget);
  } else if (kind === 'keys') yield* byKeys(scope, state, plan, common);
  else yield* paginate({ ...common, ...STEPS[kind](scope, { ...state, filters: parts.all[0] ?? state.filters }, size) });
}

/** The rows of all parts: in the order that was asked for, or in that of the keys; else part after part. */
async function* rowsOfParts(scope: Scope, state: QueryState, plan: ReadPlan, common: Common, budget: Budget): Rows {
  const { kind, parts } = plan;
  const { resource } = scope;
  const isSorted = kind === 'stable' || state.params['sort'] !== undefined;
  const wanted = isSorted ? withSortField(resource, state) : state;
  if (kind === 'keys') {
    const keyList = `${resource.keyFilter}:in`;
    const isCutTwice = new Set(parts.all.map((filters) => String(filters[keyList]))).size < parts.all.length;
    if (!isSorted && !isCutTwice) {
      yield* oneAfterAnother([() => byKeys(scope, wanted, plan, common)]);
      return;
    }
    const lists: Rows[] = [];
    for await (const { rows } of byKeys(scope, wanted, plan, { ...common, limit: Number.POSITIVE_INFINITY })) lists.push(rowsAtHand(rows));
    yield* merged(lists, isSorted ? comparison(resource, state) : inOrderOf(resource, state.filters[keyList] as readonly string[]));
    return;
  }
  const walkOf = (filters: QueryState['filters'], most: number) =>
    paginate({ ...common, limit: most, ...STEPS[kind](scope, { ...wanted, filters }, common.size) });
  if (isSorted)
    yield* merged(
      parts.all.map((filters) => oneAfterAnother([() => walkOf(filters, common.limit)])),
      comparison(resource, state),
    );
  else yield* oneAfterAnother(parts.all.map((filters) => () => walkOf(filters, budget.left)));
}

/** The key, with whatever else tells one record from another. */
const identityOf =
  ({ key, identity }: ResourceDeclaration) =>
  (row: Row): unknown =>
    identity.length === 0 || row[key] === undefined ? row[key] : JSON.stringify([key, ...identity].map((name) => row[name]));

type Steps = Pick<PageSource, 'request' | 'hasMore' | 'pagesKnown'>;

const STEPS = {
  /** By number: the first page tells how many there are (V3), or each tells by being full that there may be another (V2). */
  pages: (scope: Scope, state: QueryState, size: number): Steps => {
    let promised = 0;
    return {
      request: (number) => pageRequest(scope, state, number, size),
      hasMore: (page) => {
        // A later page may know of fewer: what it holds itself tells whether the first was wrong.
        promised = Math.max(promised, page.totalPages ?? 0);
        return hasMore(page, size) || (page.number < promised && page.rows.length >= size);
      },
      pagesKnown: ({ totalPages = 0 }) => totalPages,
    };
  },

  /** By cursor, where the answers have one; else by number. */
  cursor: (scope: Scope, state: QueryState, size: number): Steps => ({
    request: (number, previous) => {
      const request = pageRequest(scope, state, typeof previous?.endCursor === 'string' ? 1 : number, size);
      return typeof previous?.endCursor === 'string' ? { ...request, query: { ...request.query, after: previous.endCursor } } : request;
    },
    hasMore: (page) => (page.endCursor === undefined ? hasMore(page, size) : page.endCursor !== null),
    pagesKnown: ({ endCursor, totalPages = 0 }) => (endCursor === undefined ? totalPages : 0),
  }),

  /** Each page begins after the last key of the one before: what is inserted or deleted meanwhile shifts nothing. */
  stable: (scope: Scope, state: QueryState, size: number): Steps => ({
    request: (_, previous) => afterKey(scope, state, size, state.filters, lastKey(scope.resource, previous)),
    hasMore: ({ rows, totalPages }) => (totalPages === undefined ? rows.length >= size : totalPages > 1 && rows.length > 0),
    pagesKnown: () => 0,
  }),
};

/**
 * Each part of the list of keys is one page, so all of them can be asked for at once. They come in the order in which the keys
 * were asked for; where another order was, in that.
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

/** Whether a page holds all that was asked for. A store whose pages are shorter than declared cuts the part once more. */
const isWhole = ({ rows, totalPages = 1, endCursor }: RowPage, asked: number): boolean =>
  rows.length >= asked || (totalPages <= 1 && typeof endCursor !== 'string');

async function wholePart(scope: Scope, state: QueryState, common: Common): Promise<Row[]> {
  const rows: Row[] = [];
  const steps = STEPS[scope.resource.cursor ? 'cursor' : 'pages'](scope, state, common.size);
  for await (const page of paginate({ ...common, ...steps, limit: Number.POSITIVE_INFINITY })) rows.push(...page.rows);
  return rows;
}

function inOrderOf({ key }: ResourceDeclaration, keys: readonly string[]): (a: Row, b: Row) => number {
  const places = new Map([...new Set(keys)].map((each, place) => [String(each), place]));
  const place = (row: Row): number => places.get(String(row[key])) ?? places.size;
  return (a, b) => place(a) - place(b);
}

/** The attribute that a query is sorted by, and whether from the greatest on. */
function orderOf({ key }: ResourceDeclaration, { params, isStable }: QueryState): { name: string; isDescending: boolean } {
  if (isStable) return { name: key, isDescending: false };
  const [name = '', suffix] = String(params['sort']).split(':');
  return { name, isDescending: (suffix ?? params['direction']) === 'desc' };
}

/** Parts can be put in order only where the answers hold what they are ordered by. */
function withSortField(resource: ResourceDeclaration, state: QueryState): QueryState {
  const fields = state.params['include_fields'];
  if (!Array.isArray(fields)) return state;
  return { ...state, params: { ...state.params, include_fields: [...new Set([...(fields as string[]), orderOf(resource, state).name])] } };
}

/** The order in which the store sorts, as far as it can be known. */
function comparison(resource: ResourceDeclaration, state: QueryState): (a: Row, b: Row) => number {
  const { name, isDescending } = orderOf(resource, state);
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

function afterKey(scope: Scope, state: QueryState, size: number, filters: QueryState['filters'], last: number | undefined): Request {
  const request = pageRequest(scope, state, 1, size, filters);
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

import { createHash } from 'node:crypto';
import { ArgumentError } from '../errors/argument-error.js';
import { asJsonObject } from '../json-object.js';
import { describe } from '../transport/path.js';
import { canWalkKeys, keysAfter } from './key-order.js';
import type { RowPage } from './paginator.js';
import { isSameKey, keySpelling } from './parse-rows.js';
import { type Cursor, type QueryState, sortParams } from './query-state.js';
import { identityOf, knownSessionOf, listPath, type Row, type Scope, scopeQuery } from './scope.js';

const FORMAT = 1;

const KINDS = ['key', 'page', 'cursor', 'ids'] as const;

/** What the hashes of a cursor stand for. */
const PARTS = ['store', 'version', 'path', 'filters', 'order'];

/** Parameters that change what comes with a record, not which records come, nor in which order. */
const PRESENTATION = ['include', 'include_fields', 'exclude_fields', 'sort', 'direction'];

/** Returns the hashes of what identifies a query. That of the store is empty as long as there is no session. */
function identify(scope: Scope, { filters, params, isStable }: QueryState): string[] {
  const { resource } = scope;
  const { sort, direction } = isStable ? sortParams(resource, resource.key, 'asc') : params;
  const wanted = Object.entries({ ...scopeQuery(scope), ...filters, ...params }).filter(([name]) => !PRESENTATION.includes(name));
  return [
    knownSessionOf(scope)?.storeId,
    resource.version,
    listPath(scope),
    wanted.map(([name, value]) => `${name}=${value}`).sort(),
    [sort, direction],
  ].map((part) => (part === undefined ? '' : createHash('sha256').update(JSON.stringify(part)).digest('hex').slice(0, 8)));
}

/** Reads a cursor. @throws ArgumentError if it is none, or that of another query */
export function readCursor(scope: Scope, state: QueryState, text: unknown): Cursor {
  let given: unknown;
  try {
    given = JSON.parse(Buffer.from(typeof text === 'string' ? text : '', 'base64url').toString());
  } catch {}
  const { v, k, q, last, at, end, seen } = asJsonObject(given);
  const kind = KINDS.find((each) => each === k);
  if (
    v !== FORMAT ||
    kind === undefined ||
    !(Array.isArray(q) && q.length === PARTS.length) ||
    !isCount(at) ||
    !(last === undefined || isCount(last)) ||
    !(end === undefined || typeof end === 'string') ||
    !Array.isArray(seen)
  )
    throw new ArgumentError(`after() takes the \`cursor\` of a page, as it was, got ${describe(text)}. Nothing was sent.`);
  const cursor: Cursor = { k: kind, q: q.map(String), last, at, end, seen };
  assertSameQuery(scope, state, cursor);
  return cursor;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** @throws ArgumentError that says what differs, if a cursor is of another query */
function assertSameQuery(scope: Scope, state: QueryState, { q }: Cursor): void {
  const differing = identify(scope, state).flatMap((part, at) => (part === '' || part === q[at] ? [] : [PARTS[at]]));
  if (differing.length > 0)
    throw new ArgumentError(
      `The cursor is of another query: the ${differing.join(' and the ')} differ${differing.length > 1 ? '' : 's'}.` +
        ' Call after() last, on the query whose page it is of. Nothing was sent.',
    );
}

/** Returns the keys of the filter by key, each once, if a query has one. */
const idsOf = ({ resource }: Scope, { filters }: QueryState): (string | number)[] | undefined => {
  const ids = filters[`${resource.keyFilter}:in`];
  return Array.isArray(ids) ? [...new Map(ids.map((id) => [keySpelling(id), id])).values()] : undefined;
};

/** Returns the query that reads what follows its cursor: by keys, that is a filter. @throws ArgumentError if the cursor is of another query */
export function continued(scope: Scope, state: QueryState): QueryState {
  const { after } = state;
  if (after === undefined) return state;
  assertSameQuery(scope, state, after);
  const { resource } = scope;
  if (after.k === 'key')
    return {
      ...state,
      isStable: true,
      filters: { ...state.filters, ...(after.last === undefined ? {} : keysAfter(resource, after.last)) },
    };
  const ids = after.k === 'ids' && isInOrderOfIds(scope, state) ? idsOf(scope, state) : undefined;
  if (ids === undefined) return state;
  const left = ids.slice(after.at);
  return { ...state, nothing: left.length === 0, filters: { ...state.filters, [`${resource.keyFilter}:in`]: left } };
}

const isInOrderOfIds = ({ resource }: Scope, { params }: QueryState): boolean =>
  resource.identity.length === 0 && params['sort'] === undefined;

/** A page whose cursor can be asked for. */
export interface WalkedPage extends RowPage {
  /** Returns the cursor after the first `count` rows. */
  cursorAfter(count: number): string;
}

type Position = Pick<Cursor, 'last' | 'at' | 'end'>;

/** How a query is read, as far as its cursors depend on it. */
interface Walk {
  readonly kind: 'pages' | 'cursor' | 'stable' | 'keys';
  readonly size: number;
  readonly parts: { readonly all: readonly unknown[] };
}

/**
 * Returns a function that takes the pages of a walk one after another, and gives each the cursors of where the walk continues after it.
 *
 * @param state the query as it was built, before it was continued
 * @param from where the first page begins
 */
export function trackCursors(
  scope: Scope,
  state: QueryState,
  { kind, size, parts }: Walk,
  from: Position = state.after ?? { at: 0 },
): (page: RowPage) => WalkedPage {
  const { resource } = scope;
  const { key } = resource;
  const { sort, direction = 'asc' } = state.params;
  const isSplit = parts.all.length > 1;
  const isInOrder = kind === 'stable' || (sort === sortParams(resource, key, 'asc')['sort'] && direction === 'asc');
  /** Whether the rows come in the order of their keys: as requested, or as found in a list without an order. */
  let isByKey = kind === 'stable' || (!isSplit && (isInOrder || (kind === 'pages' && sort === undefined)) && canWalkKeys(resource));
  let position = from;
  return (page) => {
    const before = position;
    const { number, rows, received = rows, endCursor } = page;
    let { last } = before;
    for (const row of rows) {
      const value = row[key];
      if (typeof value !== 'number' || value <= (last ?? -1)) isByKey = false;
      else last = value;
    }
    position = { last, at: before.at + rows.length, end: typeof endCursor === 'string' ? endCursor : before.end };
    // One row alone is in any order.
    const isKeyKnown = isByKey && (isInOrder || position.at > 1);

    function cursorAfter(count: number): Pick<Cursor, 'k'> & Partial<Cursor> {
      const row = rows[count - 1];
      const at = before.at + count;
      if (isKeyKnown) return { k: 'key', at: 0, last: row === undefined ? before.last : Number(row[key]) };
      if (isSplit || kind === 'keys') return { k: 'ids', at: idsUpTo(scope, state, row, before.at) ?? at };
      if (typeof endCursor === 'string' && count === rows.length) return { k: 'cursor', at, end: endCursor };
      const left = new Set(rows.slice(count));
      const seen = received.filter((each) => !left.has(each)).map(identityOf(resource));
      if (endCursor !== undefined) return { k: 'cursor', at, end: before.end, seen };
      return { k: 'page', at: (number - 1) * size + seen.length, seen };
    }

    return {
      ...page,
      cursorAfter: (count) =>
        Buffer.from(JSON.stringify({ v: FORMAT, q: identify(scope, state), seen: [], ...cursorAfter(count) })).toString('base64url'),
    };
  };
}

/** Returns how many keys of the array in the filter are done with a row; `undefined` if the rows are not in their order. */
function idsUpTo(scope: Scope, state: QueryState, row: Row | undefined, before: number): number | undefined {
  if (!isInOrderOfIds(scope, state)) return undefined;
  if (row === undefined) return before;
  const ids = idsOf(scope, state);
  return ids && ids.findIndex((id) => isSameKey(id, row[scope.resource.key])) + 1;
}

import { createHash } from 'node:crypto';
import { ArgumentError } from '../errors/argument-error.js';
import { asJsonObject } from '../json-object.js';
import { describe } from '../transport/path.js';
import { canWalkKeys, keysAfter } from './key-order.js';
import type { RowPage } from './paginator.js';
import { isSameKey, keySpelling } from './parse-rows.js';
import { type Cursor, type QueryState, sortParams } from './query-state.js';
import { knownSessionOf, listPath, type Row, type Scope, scopeQuery } from './scope.js';

const FORMAT = 1;

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
  if (
    v !== FORMAT ||
    (k !== 'key' && k !== 'page' && k !== 'cursor' && k !== 'ids') ||
    !(Array.isArray(q) && q.length === PARTS.length) ||
    !isCount(at) ||
    !(last === undefined || isCount(last)) ||
    !(end === undefined || typeof end === 'string') ||
    !Array.isArray(seen)
  )
    throw new ArgumentError(`after() takes the \`cursor\` of a page, as it was, got ${describe(text)}. Nothing was sent.`);
  const cursor: Cursor = { k, q: q.map(String), last, at, end, seen };
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

/** What a track needs to know of how a query is read. */
interface Walk {
  readonly kind: 'pages' | 'cursor' | 'stable' | 'keys';
  readonly size: number;
  /** Whether the rows are those of several lists. */
  readonly isSplit: boolean;
  keyOf(row: Row): unknown;
}

/** Follows a walk, so that each of its pages knows where the walk continues after it. */
export class CursorTrack {
  readonly #scope: Scope;
  readonly #state: QueryState;
  readonly #walk: Walk;
  /** Whether the rows come in the order of their keys: as requested, or as found in a list without an order. */
  #isByKey: boolean;
  readonly #isRequested: boolean;
  #position: Position;

  /** @param state the query as it was built, before it was continued */
  constructor(scope: Scope, state: QueryState, walk: Walk, position: Position = state.after ?? { at: 0 }) {
    const { resource } = scope;
    const { sort, direction = 'asc' } = state.params;
    const isByKey = sort === sortParams(resource, resource.key, 'asc')['sort'] && direction === 'asc';
    this.#scope = scope;
    this.#state = state;
    this.#walk = walk;
    this.#isRequested = walk.kind === 'stable' || isByKey;
    this.#isByKey =
      walk.kind === 'stable' || (!walk.isSplit && (isByKey || (walk.kind === 'pages' && sort === undefined)) && canWalkKeys(resource));
    this.#position = position;
  }

  /** Moves on to a page. */
  take(page: RowPage): WalkedPage {
    const before = this.#position;
    let { last, at } = before;
    for (const row of page.rows) {
      const key = row[this.#scope.resource.key];
      if (typeof key !== 'number' || key <= (last ?? -1)) this.#isByKey = false;
      else last = key;
    }
    at += page.rows.length;
    const { endCursor } = page;
    this.#position = { last, at, end: typeof endCursor === 'string' ? endCursor : before.end };
    // One row alone is in any order.
    const isByKey = this.#isByKey && (this.#isRequested || at > 1);
    return {
      ...page,
      cursorAfter: (count) => this.#write(isByKey ? this.#key(page, count, before.last) : this.#other(page, count, before)),
    };
  }

  #key({ rows }: RowPage, count: number, before: number | undefined): Omit<Cursor, 'q'> {
    const last = rows[count - 1]?.[this.#scope.resource.key];
    return { k: 'key', at: 0, last: typeof last === 'number' ? last : before, seen: [] };
  }

  #other({ number, rows, received = rows, endCursor }: RowPage, count: number, before: Position): Omit<Cursor, 'q'> {
    const { kind, size, isSplit, keyOf } = this.#walk;
    const at = before.at + count;
    if (isSplit || kind === 'keys') return { k: 'ids', at: this.#idsUpTo(rows[count - 1], before.at) ?? at, seen: [] };
    const isWhole = count === rows.length;
    if (endCursor !== undefined && isWhole && endCursor !== null) return { k: 'cursor', at, end: endCursor, seen: [] };
    const rest = new Set(rows.slice(count));
    const seen = received.filter((row) => !rest.has(row)).map(keyOf);
    if (endCursor !== undefined) return { k: 'cursor', at, end: before.end, seen };
    return { k: 'page', at: (number - 1) * size + seen.length, seen };
  }

  /** Returns how many keys of the array in the filter are done with a row; `undefined` if the rows are not in their order. */
  #idsUpTo(row: Row | undefined, before: number): number | undefined {
    if (!isInOrderOfIds(this.#scope, this.#state)) return undefined;
    if (row === undefined) return before;
    const ids = idsOf(this.#scope, this.#state);
    return ids && ids.findIndex((id) => isSameKey(id, row[this.#scope.resource.key])) + 1;
  }

  #write(cursor: Omit<Cursor, 'q'>): string {
    return Buffer.from(JSON.stringify({ v: FORMAT, q: identify(this.#scope, this.#state), ...cursor })).toString('base64url');
  }
}

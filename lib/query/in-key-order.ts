import { BigRecordError } from '../errors/bigrecord-error.js';
import { UnsupportedOperationError } from '../errors/unsupported-operation-error.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { keysAfter } from './key-order.js';
import { countAhead, pageRequest } from './page-requests.js';
import type { Extent, PageSteps } from './page-source.js';
import type { QueryState } from './query-state.js';
import type { Row, Scope } from './scope.js';

/** Pages with fewer rows are read one after another: a row in common would cost too much. */
const LEAST_SIZE = 10;

/**
 * In the order of keys, so insertions and deletions do not shift the pages. A page that is requested ahead is counted from a key
 * that is known already, and begins with the last row of the page before it: having that row in common proves that no record is
 * missing between the two. Where they have none, the page is requested again, after the last key of the previous one.
 */
export function inKeyOrder(scope: Scope, state: QueryState, { size, limit }: Extent): PageSteps {
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
      // Rows in common take no further page where the query has a limit.
      return step < LEAST_SIZE || wanted <= end || (isLimited && known > Math.ceil(wanted / step)) ? 0 : known;
    },
    count: size < LEAST_SIZE || isLimited ? undefined : countAhead(scope, state),
    counted: (total = 0) => {
      counted = total;
    },
  };
}

/** @throws BigRecordError if the page is not in the order of keys; UnsupportedOperationError if keys are not numbers */
function keysInOrder({ name, key }: ResourceDeclaration, rows: readonly Row[]): number[] {
  const keys: number[] = [];
  for (const row of rows) {
    const value = row[key];
    if (typeof value !== 'number') throw new UnsupportedOperationError(`${name}: stable() needs numeric keys, got ${typeof value}.`);
    if (value <= (keys.at(-1) ?? Number.NEGATIVE_INFINITY))
      throw new BigRecordError(
        `${name}: the store did not return records in the order of \`${key}\`, so stable() might miss some: read without it.`,
      );
    keys.push(value);
  }
  return keys;
}

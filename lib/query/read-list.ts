import type { ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import { discard } from '../session/rejected-responses.js';
import type { StoreSession } from '../session/session.js';
import type { Key } from '../transport/path.js';
import type { ApiResponse, RequestDescription } from '../transport/request.js';
import { isSameKey, rowsOf, unexpected } from './parse-rows.js';
import type { Row } from './scope.js';

/** V2 responds with 204 if there is no record. An empty body with another status is an error. */
export const NO_CONTENT = 204;

/**
 * Reads the rows with some keys, which should fit on one page. If the store's pages are shorter than declared, further pages are
 * read until one is empty.
 *
 * @throws ParseError if the store ignored the filter by key
 */
export async function readList(
  session: StoreSession,
  request: RequestDescription,
  resource: ResourceDeclaration,
  keys: readonly Key[],
): Promise<Row[]> {
  const all: Row[] = [];
  const responses: ApiResponse[] = [];
  const done = (): Row[] => {
    // The caller learns that a record is missing and may ask again: the cache must not keep this response.
    const found = new Set(all.map((row) => String(row[resource.key]).toLowerCase()));
    if (!keys.every((key) => found.has(String(key).toLowerCase()))) for (const response of responses) discard(response);
    return all;
  };
  let query = request.query;
  for (let page = 1; ; page++) {
    const response = await session.send({ ...request, query });
    const rows = rowsOf(request, response, resource);
    if (response.body === undefined && response.status !== NO_CONTENT) throw unexpected(request, response, 'an array', undefined);
    // None of these rows was requested: the store ignored the filter, so missing records may exist.
    if (rows.length > 0 && !rows.some((row) => keys.some((key) => isSameKey(row[resource.key], key))))
      throw unexpected(request, response, `${resource.name} with ${resource.key} ${keys.slice(0, 10).join(', ')}`, rows, 'others');
    all.push(...rows);
    responses.push(response);
    const { totalPages = 1, endCursor } = dialectOf(request.version).totals(response.body);
    const hasMore = typeof endCursor === 'string' || page < totalPages;
    if (rows.length === 0 || all.length >= keys.length || !hasMore) return done();
    query = { ...request.query, ...(typeof endCursor === 'string' ? { after: endCursor } : { page: page + 1 }) };
  }
}

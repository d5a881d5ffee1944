import type { ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import { discard } from '../session/rejected-responses.js';
import type { StoreSession } from '../session/session.js';
import type { Key } from '../transport/path.js';
import type { ApiResponse, RequestDescription } from '../transport/request.js';
import { isSameKey, rowsOf, unexpected } from './parse-rows.js';
import type { Row } from './scope.js';

/** How V2 answers where there is nothing. An empty body of another status says nothing at all. */
const NO_CONTENT = 204;

/**
 * The rows of a list of keys, which one page should hold. A store whose pages are shorter than declared tells of further ones:
 * these are read too, as long as they bring something.
 *
 * @throws ParseError where the store has not heeded the keys
 */
export async function readList(
  session: StoreSession,
  request: RequestDescription,
  resource: ResourceDeclaration,
  keys: readonly Key[],
): Promise<Row[]> {
  const all: Row[] = [];
  const answers: ApiResponse[] = [];
  const done = (): Row[] => {
    // Somebody is told that a record is missing, and asks again.
    const there = new Set(all.map((row) => String(row[resource.key]).toLowerCase()));
    if (!keys.every((key) => there.has(String(key).toLowerCase()))) for (const answer of answers) discard(answer);
    return all;
  };
  let query = request.query;
  for (let page = 1; ; page++) {
    const answer = await session.send({ ...request, query });
    const rows = rowsOf(request, answer, resource);
    if (answer.body === undefined && answer.status !== NO_CONTENT) throw unexpected(request, answer, 'a list', undefined);
    // None of them was asked for: the filter was not heeded, and what is missing may be there all the same.
    if (rows.length > 0 && !rows.some((row) => keys.some((key) => isSameKey(row[resource.key], key))))
      throw unexpected(request, answer, `${resource.name} with ${resource.key} ${keys.slice(0, 10).join(', ')}`, rows, 'others');
    all.push(...rows);
    answers.push(answer);
    const { totalPages = 1, endCursor } = dialectOf(request.version).totals(answer.body);
    const hasMore = typeof endCursor === 'string' || page < totalPages;
    if (rows.length === 0 || all.length >= keys.length || !hasMore) return done();
    query = { ...request.query, ...(typeof endCursor === 'string' ? { after: endCursor } : { page: page + 1 }) };
  }
}

import { BigRecordError } from '../errors/bigrecord-error.js';
import type { Totals } from '../schema/dialect.js';
import { dialectOf } from '../schema/dialects.js';
import { type Answer, addressOf, type RequestDescription } from '../transport/request.js';
import { rowsOf } from './rows.js';
import type { Row } from './scope.js';

/** A page before its rows become records. */
export interface RowPage extends Totals {
  readonly number: number;
  readonly rows: readonly Row[];
}

export interface Walk {
  /** The request for page `number`. */
  request(number: number): RequestDescription;
  send(request: RequestDescription): Promise<Answer>;
  readonly size: number;
  readonly key: string;
}

/**
 * Walks all pages. A row that a shifting set brings again on the next page is left out; where the set's size is not told
 * (V2), a page that is not full is the last. Only the keys of one page are remembered, so memory stays constant.
 *
 * @throws BigRecordError when the store answers two page numbers with the same page
 */
export async function* walkPages(walk: Walk): AsyncGenerator<RowPage, void, undefined> {
  let before = new Set<unknown>();
  for (let number = 1; ; number++) {
    const request = walk.request(number);
    const answer = await walk.send(request);
    const rows = rowsOf(request, answer);
    const totals = dialectOf(request.version).totals(answer.body);
    const fresh = rows.filter((row) => row[walk.key] === undefined || !before.has(row[walk.key]));
    if (rows.length > 0 && fresh.length === 0 && before.size > 0 && rows.length === before.size) {
      throw new BigRecordError(
        `Page loop: ${addressOf(request)} answered page ${number} with the records of page ${number - 1} again; the walk was ended.`,
      );
    }
    before = new Set(rows.map((row) => row[walk.key]).filter((key) => key !== undefined));
    yield { number, rows: fresh, ...totals };
    if (isLast(number, rows.length, walk.size, totals)) return;
  }
}

function isLast(number: number, rows: number, size: number, { totalPages }: Totals): boolean {
  return totalPages === undefined ? rows < size : number >= totalPages || (rows === 0 && number > totalPages);
}

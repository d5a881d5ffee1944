import { createHash } from 'node:crypto';
import { BigRecordError } from '../errors/bigrecord-error.js';
import { addressOf } from '../transport/request.js';
import { KeySet } from './key-set.js';
import type { PageSource, RowPage } from './page-source.js';
import { ReadAhead } from './read-ahead.js';
import type { Row } from './scope.js';

/** The number of consecutive pages without a new record that counts as an endless loop. */
const MAX_STALE = 3;

/**
 * Yields all pages in order. Pages that are known to exist are requested ahead, several at once; others when the previous one
 * has arrived. The distance adapts to the consumer: a slow one never accumulates pages. No record is yielded twice, even if the
 * set shifts. Leaving the loop, or an error, aborts the running requests.
 *
 * @throws BigRecordError if the store announces more records, but three consecutive pages, or the last ones, have nothing new
 */
export async function* paginate(source: PageSource): AsyncGenerator<RowPage, void, undefined> {
  const progress = new Progress(source);
  const ahead = new ReadAhead(source);
  const { first = 1, skip = 0 } = source;
  try {
    let previous: RowPage | undefined;
    for (let number = first; ; number++) {
      let page = await ahead.take(number);
      if (source.follows?.(page) === false) {
        page = await ahead.again(number, previous);
        source.follows(page);
      }
      previous = page;
      const rows = progress.take(number === first && skip > 0 ? page.rows.slice(skip) : page.rows);
      const hasMore = progress.hasMore(page);
      if (hasMore) ahead.fill(page, number + Math.ceil(progress.left / source.size));
      yield { ...page, rows, received: page.rows };
      if (!hasMore) return;
    }
  } finally {
    ahead.stop();
  }
}

/** Tracks how many rows were read, and detects endless loops. */
class Progress {
  readonly #source: PageSource;
  readonly #seen: Seen;
  /** The number of rows still wanted. */
  left: number;
  #found: number;
  /** The number of consecutive pages without a new row. */
  #stale = 0;

  constructor(source: PageSource) {
    this.#source = source;
    this.#seen = new Seen(source.keyOf, source.seen);
    this.#found = source.found ?? 0;
    this.left = source.limit;
  }

  /** Returns the rows of a page that no previous page had. */
  take(rows: readonly Row[]): readonly Row[] {
    const { fresh, isNew } = this.#seen.take(rows);
    this.#stale = isNew ? 0 : this.#stale + 1;
    this.left -= fresh.length;
    this.#found += fresh.length;
    return fresh;
  }

  /** Whether to continue after a page. @throws BigRecordError if the store announces more records that never come */
  hasMore(page: RowPage): boolean {
    if (this.left <= 0) return false;
    if (this.#source.isBounded) return this.#source.hasMore(page);
    const isOver = this.#stale >= MAX_STALE;
    if (!this.#source.hasMore(page) || (isOver && this.#isExhausted(page))) {
      // The last page has only known rows, but the total is higher: a list that merely shifted would end with new rows.
      if (this.#stale > 0 && page.rows.length > 0 && this.#found < (page.total ?? 0)) throw endless(this.#source, page, this.#stale);
      return false;
    }
    if (isOver) throw endless(this.#source, page, this.#stale);
    return true;
  }

  /** Whether pages without rows are the end: only the number of pages, which may be too high, suggests more. */
  #isExhausted({ rows, total = 0, endCursor }: RowPage): boolean {
    return rows.length === 0 && this.#found >= total && typeof endCursor !== 'string';
  }
}

/**
 * The rows yielded so far. Rows without a key are compared by content: two equal rows may be two records, so both are yielded,
 * but a page that has only such rows does not count as new.
 */
class Seen {
  readonly #keys = new KeySet();
  readonly #contents = new Set<string>();
  readonly #keyOf: PageSource['keyOf'];

  constructor(keyOf: PageSource['keyOf'], seen: readonly unknown[] = []) {
    this.#keyOf = keyOf;
    for (const key of seen) this.#keys.add(key);
  }

  take(rows: readonly Row[]): { fresh: readonly Row[]; isNew: boolean } {
    let isNew = false;
    const fresh = rows.filter((row) => {
      const key = this.#keyOf(row);
      const isFresh = key === undefined ? this.#addContent(row) : this.#keys.add(key);
      isNew ||= isFresh;
      return isFresh || key === undefined;
    });
    return { fresh, isNew };
  }

  #addContent(row: Row): boolean {
    const before = this.#contents.size;
    return this.#contents.add(createHash('sha1').update(JSON.stringify(row)).digest('base64')).size > before;
  }
}

function endless(source: PageSource, { number, total }: RowPage, stale: number): BigRecordError {
  const numbers = Array.from({ length: stale }, (_, at) => number - stale + 1 + at);
  const promised = total === undefined ? 'further records' : `${total} records`;
  return new BigRecordError(
    `Page loop: GET ${addressOf(source.request(number, undefined))} announces ${promised}, but page ${numbers.join(', ')} had none that was not on` +
      ' previous pages. Reading stopped. Check with session.get() that the resource supports `page` and `limit`, or its cursor.',
  );
}

import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { BigRecordError } from '../errors/bigrecord-error.js';
import { addCallSite } from '../errors/call-site.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import type { Totals } from '../schema/dialect.js';
import { dialectOf } from '../schema/dialects.js';
import { onAbort } from '../transport/abort.js';
import { type ApiResponse, addressOf, type CallOptions, callOf, type RequestDescription } from '../transport/request.js';
import { KeySet } from './key-set.js';
import { countOf, rowsOf } from './parse-rows.js';
import type { Row } from './scope.js';

/** A page before its rows become records. */
export interface RowPage extends Totals {
  readonly number: number;
  readonly rows: readonly Row[];
  /** All rows of the response, those of previous pages too. */
  readonly received?: readonly Row[];
}

/** Where a paginator gets its pages from. */
export interface PageSource extends CallOptions {
  /** Returns the request for page `number`; `previous` is the page before it, if already known. */
  request(number: number, previous: RowPage | undefined): Omit<RequestDescription, 'signal'>;
  /** Sends a request. Returns a function that parses the response when the page is needed. */
  send(request: RequestDescription): Promise<() => ApiResponse>;
  /** Whether this page indicates that another one follows. */
  hasMore(page: RowPage): boolean;
  /** Returns how many pages are known to exist: these can be requested before the previous ones arrive. */
  pagesKnown(page: RowPage): number;
  /**
   * Takes note of a page in turn. Returns `false` if records may be missing between the previous page and this one, as when a set
   * has shifted: it is then requested again, after the previous page.
   */
  follows?(page: RowPage): boolean;
  /** The request that counts the records, if the pages do not tell; sent when there is more than two pages. */
  readonly count?: Omit<RequestDescription, 'signal'> | undefined;
  /** Takes note of the count; `undefined` if there is none. */
  counted?(total: number | undefined): void;
  /** The resource of the rows; each row must have its key. */
  readonly resource: ResourceDeclaration;
  /** Returns what identifies a row; `undefined` if nothing does. */
  keyOf(row: Row): unknown;
  /** The maximum number of records, and the number per page. */
  readonly limit: number;
  readonly size: number;
  /** The maximum number of concurrent page requests. */
  readonly window: number;
  /** The pages are a fixed number of independent lists: an empty one does not mean the end. */
  readonly isBounded?: boolean;
  /** The number of the first page, of which the first `skip` rows are not wanted. */
  readonly first?: number;
  readonly skip?: number;
  /** What identifies rows that an earlier walk has yielded, and how many it has. */
  readonly seen?: readonly unknown[];
  readonly found?: number;
  /** Whether to read all pages as fast as possible. Otherwise reading ahead adapts to the speed of the consumer. */
  readonly isEager: boolean;
}

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

interface RequestedPage {
  /** Resolves to a function that parses the response. */
  readonly page: Promise<() => RowPage>;
  hasArrived: boolean;
}

/** Where pages take no longer than this, reading further ahead would cost memory and save no time. */
const WORTH_MS = 10;

/** The number of pages that are requested ahead of the slowest consumer. */
const LEAST_AHEAD = 2;

/** Waits for a page that was requested ahead. An error gets the call site of the consumer. */
async function awaitPage<T>(page: Promise<T>): Promise<T> {
  try {
    return await page;
  } catch (error) {
    throw addCallSite(error);
  }
}

/** The pages that were requested and not yet consumed. */
class ReadAhead {
  readonly #source: PageSource;
  readonly #waiting: RequestedPage[] = [];
  #controller = new AbortController();
  readonly #leave: () => void;
  #lastRequested: number;
  #isCounting = false;
  /** How many pages are requested ahead. */
  #distance: number;
  /** When the consumer got its latest page. */
  #takenAt: number | undefined;

  constructor(source: PageSource) {
    this.#source = source;
    this.#lastRequested = (source.first ?? 1) - 1;
    this.#distance = source.isEager ? source.window : Math.min(LEAST_AHEAD, source.window);
    source.signal?.throwIfAborted();
    this.#leave = onAbort(source.signal, () => this.#controller.abort(source.signal?.reason));
  }

  /** Returns the page with this number, and adapts the distance to the time that the consumer has taken for the previous one. */
  async take(number: number): Promise<RowPage> {
    const begun = performance.now();
    const consumerMs = begun - (this.#takenAt ?? begun);
    const isAhead = this.#waiting.every(({ hasArrived }) => hasArrived);
    if (this.#waiting.length === 0) this.#request(number, undefined);
    const next = this.#waiting[0] as RequestedPage;
    // Parsing several pages in one turn would block the event loop.
    if (next.hasArrived) await setImmediate();
    const page = await awaitPage(next.page);
    this.#waiting.shift();
    this.#takenAt = performance.now();
    if (number > 1 && !this.#source.isEager) this.#adapt(this.#takenAt - begun, consumerMs, isAhead);
    return page();
  }

  /**
   * If the consumer has to wait, pages must be requested as many more pages ahead as it could have taken meanwhile. If all pages are
   * there before a slow one needs them, one less is enough.
   */
  #adapt(waitedMs: number, consumerMs: number, isAhead: boolean): void {
    const by = waitedMs > WORTH_MS ? waitedMs / Math.max(1, consumerMs) : isAhead && consumerMs > WORTH_MS ? -1 : 0;
    this.#distance = Math.min(this.#source.window, Math.max(LEAST_AHEAD, this.#distance + Math.ceil(by)));
  }

  /** Requests a page after the previous one, and forgets what was requested ahead. */
  again(number: number, previous: RowPage | undefined): Promise<RowPage> {
    this.#controller.abort();
    this.#controller = new AbortController();
    this.#waiting.length = 0;
    this.#request(number, previous);
    return this.take(number);
  }

  /** Requests the pages that are worth requesting now that this page is known. */
  fill(page: RowPage, last: number): void {
    const { count, first = 1 } = this.#source;
    if (this.#waiting.length === 0 && this.#lastRequested === page.number) this.#request(page.number + 1, page);
    // Two pages are read without a count, and so is what a limit ends soon.
    if (count !== undefined && page.number === first + 1 && last > page.number + 2) void this.#count(count, page, last);
    this.#requestAhead(page, last);
  }

  #requestAhead(page: RowPage, last: number): void {
    const known = Math.min(last, this.#source.pagesKnown(page));
    while (this.#lastRequested < known && this.#waiting.length < this.#distance) this.#request(this.#lastRequested + 1, undefined);
  }

  /** Counts the records, and requests the pages that there are. */
  async #count(request: RequestDescription, page: RowPage, last: number): Promise<void> {
    this.#isCounting = true;
    try {
      const read = await this.#source.send({ ...request, ...callOf(this.#source), signal: this.#controller.signal });
      this.#source.counted?.(countOf(request, read()));
      this.#requestAhead(page, last);
    } catch {
      this.#source.counted?.(undefined); // it only helps to read faster
    }
    this.#isCounting = false;
  }

  /** Aborts running requests. */
  stop(): void {
    this.#leave();
    if (this.#isCounting || this.#waiting.length > 0) this.#controller.abort();
  }

  #request(number: number, previous: RowPage | undefined): void {
    this.#lastRequested = number;
    const requested: RequestedPage = { page: this.#read(number, previous), hasArrived: false };
    requested.page.then(
      () => (requested.hasArrived = true),
      () => {},
    );
    this.#waiting.push(requested);
  }

  async #read(number: number, previous: RowPage | undefined): Promise<() => RowPage> {
    const request = { ...this.#source.request(number, previous), ...callOf(this.#source), signal: this.#controller.signal };
    const read = await this.#source.send(request);
    return () => {
      const response = read();
      return { number, rows: rowsOf(request, response, this.#source.resource), ...dialectOf(request.version).totals(response.body) };
    };
  }
}

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
import { rowsOf } from './parse-rows.js';
import type { Row } from './scope.js';

/** A page before its rows become records. */
export interface RowPage extends Totals {
  readonly number: number;
  readonly rows: readonly Row[];
}

/** A walk over pages. */
export interface PageSource extends CallOptions {
  /** The request for page `number`; `previous` is the page before it, where that is known already. */
  request(number: number, previous: RowPage | undefined): Omit<RequestDescription, 'signal'>;
  /** Sends, and gives what parses the answer once the page is wanted. */
  send(request: RequestDescription): Promise<() => ApiResponse>;
  /** Whether there is a page after this one, as far as it tells. */
  hasMore(page: RowPage): boolean;
  /** How many pages are known to exist, so that they can be asked for without seeing the ones before. */
  pagesKnown(page: RowPage): number;
  /** Whose rows the pages hold: each has a key. */
  readonly resource: ResourceDeclaration;
  /** What tells a row from others; `undefined` where nothing does. */
  keyOf(row: Row): unknown;
  /** Records wanted, at the most, and records a page. */
  readonly limit: number;
  readonly size: number;
  /** Pages under way at once, at the most. */
  readonly window: number;
  /** The pages are a fixed number of lists: one without rows says nothing about the others. */
  readonly isBounded?: boolean;
  /** Whether all pages are wanted as fast as possible; otherwise the walk reads ahead no faster than it is consumed. */
  readonly isEager: boolean;
}

/** Pages in a row without a new record after which a walk is taken for endless. */
const MAX_STALE = 3;

/**
 * Walks all pages, in order. Pages that are known to exist are asked for ahead, several at once; others as soon as the one
 * before has come. How far ahead follows the consumer: a slow one never piles up pages. No record is yielded twice, however
 * the set shifts. Leaving the loop, or an error, ends the requests that are under way.
 *
 * @throws BigRecordError when the store promises more, and three pages in a row, or the last ones, bring nothing new
 */
export async function* paginate(walk: PageSource): AsyncGenerator<RowPage, void, undefined> {
  const progress = new Progress(walk);
  const ahead = new ReadAhead(walk);
  try {
    for (let number = 1; ; number++) {
      const page = await ahead.take(number);
      const rows = progress.take(page);
      const hasMore = progress.hasMore(page);
      if (hasMore) ahead.fill(page, number + Math.ceil(progress.left / walk.size));
      yield { ...page, rows };
      if (!hasMore) return;
    }
  } finally {
    ahead.stop();
  }
}

/** How far a walk has come, and whether it still gets anywhere. */
class Progress {
  readonly #walk: PageSource;
  readonly #seen: Seen;
  /** Rows that are still wanted. */
  left: number;
  #found = 0;
  /** Pages in a row that brought nothing new. */
  #stale = 0;

  constructor(walk: PageSource) {
    this.#walk = walk;
    this.#seen = new Seen(walk.keyOf);
    this.left = walk.limit;
  }

  /** The rows of a page that were not on the pages before. */
  take(page: RowPage): readonly Row[] {
    const { fresh, isNew } = this.#seen.take(page.rows);
    this.#stale = isNew ? 0 : this.#stale + 1;
    this.left -= fresh.length;
    this.#found += fresh.length;
    return fresh;
  }

  /** Whether to go on after a page. @throws BigRecordError when the store promises more, and it never comes */
  hasMore(page: RowPage): boolean {
    if (this.left <= 0) return false;
    if (this.#walk.isBounded) return this.#walk.hasMore(page);
    const isOver = this.#stale >= MAX_STALE;
    if (!this.#walk.hasMore(page) || (isOver && this.#isExhausted(page))) {
      // Rows that have come before, at the end of a list that has more: the end of one that has only shifted would be new.
      if (this.#stale > 0 && page.rows.length > 0 && this.#found < (page.total ?? 0)) throw endless(this.#walk, page, this.#stale);
      return false;
    }
    if (isOver) throw endless(this.#walk, page, this.#stale);
    return true;
  }

  /** Whether pages without rows are the end: only a number of pages, which may be too high, promises more. */
  #isExhausted({ rows, total = 0, endCursor }: RowPage): boolean {
    return rows.length === 0 && this.#found >= total && typeof endCursor !== 'string';
  }
}

/**
 * The rows that a walk has met. Those without a key are told apart by their content: two that are equal may well be two
 * records, so both are yielded, but a page of none but such rows brings nothing new.
 */
class Seen {
  readonly #keys = new KeySet();
  readonly #contents = new Set<string>();
  readonly #keyOf: PageSource['keyOf'];

  constructor(keyOf: PageSource['keyOf']) {
    this.#keyOf = keyOf;
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

function endless(walk: PageSource, { number, total }: RowPage, stale: number): BigRecordError {
  const numbers = Array.from({ length: stale }, (_, at) => number - stale + 1 + at);
  const promised = total === undefined ? 'further records' : `${total} records`;
  return new BigRecordError(
    `Page loop: GET ${addressOf(walk.request(number, undefined))} promises ${promised}, but page ${numbers.join(', ')} brought none that was not on` +
      ' the pages before. The walk was ended. Check with session.get() that the resource heeds `page` and `limit`, or its cursor.',
  );
}

interface Asked {
  /** What makes the page of the answer. */
  readonly page: Promise<() => RowPage>;
  isHere: boolean;
}

/** A wait for a page that is worth reading further ahead. */
const WORTH_MS = 10;

/** A page that was asked for ahead: its failure belongs to whoever takes it. */
async function taken<T>(page: Promise<T>): Promise<T> {
  try {
    return await page;
  } catch (error) {
    throw addCallSite(error);
  }
}

/** The pages that were asked for and not yet taken. */
class ReadAhead {
  readonly #walk: PageSource;
  readonly #waiting: Asked[] = [];
  readonly #controller = new AbortController();
  readonly #leave: () => void;
  readonly #least: number;
  #lastAsked = 0;
  #distance: number;

  constructor(walk: PageSource) {
    this.#walk = walk;
    this.#least = Math.min(2, walk.window);
    this.#distance = walk.isEager ? walk.window : this.#least;
    walk.signal?.throwIfAborted();
    this.#leave = onAbort(walk.signal, () => this.#controller.abort(walk.signal?.reason));
  }

  /**
   * The page with this number. Having to wait for it shows that the consumer is faster than the distance kept so far, unless
   * the store answers at once: reading ahead would then take memory and save no time. Where all that was asked for is here,
   * the distance is longer than the consumer needs.
   */
  async take(number: number): Promise<RowPage> {
    if (this.#waiting.length === 0) this.#ask(number, undefined);
    const isAhead = this.#waiting.every(({ isHere }) => isHere);
    const next = this.#waiting.shift() as Asked;
    // Several that are here must not make one long pause for everything else in the process.
    if (next.isHere) await setImmediate();
    const begun = performance.now();
    const page = await taken(next.page);
    if (isAhead) this.#distance = Math.max(this.#least, this.#distance - 1);
    else if (number > 1 && performance.now() - begun > WORTH_MS) this.#distance = Math.min(this.#walk.window, this.#distance * 2);
    return page();
  }

  /** Asks for what is worth asking for once this page is known. */
  fill(page: RowPage, last: number): void {
    if (this.#waiting.length === 0 && this.#lastAsked === page.number) this.#ask(page.number + 1, page);
    const known = Math.min(last, this.#walk.pagesKnown(page));
    while (this.#lastAsked < known && this.#waiting.length < this.#distance) this.#ask(this.#lastAsked + 1, undefined);
  }

  /** Ends what is under way. */
  stop(): void {
    this.#leave();
    if (this.#waiting.length > 0) this.#controller.abort();
  }

  #ask(number: number, previous: RowPage | undefined): void {
    this.#lastAsked = number;
    const asked: Asked = { page: this.#read(number, previous), isHere: false };
    asked.page.then(
      () => (asked.isHere = true),
      () => {},
    );
    this.#waiting.push(asked);
  }

  async #read(number: number, previous: RowPage | undefined): Promise<() => RowPage> {
    const request = { ...this.#walk.request(number, previous), ...callOf(this.#walk), signal: this.#controller.signal };
    const read = await this.#walk.send(request);
    return () => {
      const answer = read();
      return { number, rows: rowsOf(request, answer, this.#walk.resource), ...dialectOf(request.version).totals(answer.body) };
    };
  }
}

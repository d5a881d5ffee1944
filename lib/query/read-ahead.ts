import { setImmediate } from 'node:timers/promises';
import { addCallSite } from '../errors/call-site.js';
import { dialectOf } from '../schema/dialects.js';
import { onAbort } from '../transport/abort.js';
import { callOf } from '../transport/request.js';
import type { PageSource, RowPage } from './page-source.js';
import { countOf, rowsOf } from './parse-rows.js';

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
export class ReadAhead {
  readonly #source: PageSource;
  readonly #waiting: RequestedPage[] = [];
  #controller = new AbortController();
  readonly #leave: () => void;
  #lastRequested: number;
  /** The page that was read last, and the last page that is wanted: a count that arrives later continues from here. */
  #latest: { readonly page: RowPage; readonly last: number } | undefined;
  /** Whether the request that counts the records is under way; `undefined` before it is sent. */
  #isCounting: boolean | undefined;
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
    else if (number === this.#second) void this.#countRecords();
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
    this.#latest = { page, last };
    if (this.#waiting.length === 0 && this.#lastRequested === page.number) this.#request(page.number + 1, page);
    if (page.number === this.#second) void this.#countRecords();
    this.#requestAhead();
  }

  get #second(): number {
    return (this.#source.first ?? 1) + 1;
  }

  #requestAhead(): void {
    if (this.#latest === undefined) return;
    const { page, last } = this.#latest;
    const known = Math.min(last, this.#source.pagesKnown(page));
    while (this.#lastRequested < known && this.#waiting.length < this.#distance) this.#request(this.#lastRequested + 1, undefined);
  }

  /**
   * Counts the records, once, and requests the pages that there are. Called when the consumer waits for the second page or has got it:
   * a list of one page needs no count, nor does a list that a limit ends soon.
   */
  async #countRecords(): Promise<void> {
    const { count, counted } = this.#source;
    if (count === undefined || this.#isCounting !== undefined || this.#latest === undefined || this.#latest.last <= this.#second + 2)
      return;
    this.#isCounting = true;
    try {
      const read = await this.#source.send({ ...count, ...callOf(this.#source), signal: this.#controller.signal });
      counted?.(countOf(count, read()));
      this.#requestAhead();
    } catch {
      counted?.(undefined); // the count only makes reading faster
    }
    this.#isCounting = false;
  }

  /** Aborts running requests. */
  stop(): void {
    this.#leave();
    if (this.#isCounting === true || this.#waiting.length > 0) this.#controller.abort();
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

import type { ResourceDeclaration } from '../schema/declaration.js';
import type { Totals } from '../schema/dialect.js';
import type { ApiResponse, CallOptions, RequestDescription } from '../transport/request.js';
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

/** What a way of reading pages decides. */
export type PageSteps = Pick<PageSource, 'request' | 'hasMore' | 'pagesKnown' | 'follows' | 'count' | 'counted'>;

/** The page size and the number of records that are wanted. */
export type Extent = Pick<PageSource, 'size' | 'limit'>;

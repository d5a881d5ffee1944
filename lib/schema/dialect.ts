import type { QueryValue, Version } from '../transport/request.js';
import type { Guessed, OPERATORS } from './guesses.js';

/** The operators of a filter besides equality. */
export interface Operators<Value> extends Partial<Guessed<typeof OPERATORS>>, KnownOperators<Value> {}

interface KnownOperators<Value> {
  /** One of these. */
  in?: readonly Value[];
  /** None of these. */
  notIn?: readonly Value[];
  /** At least. */
  min?: Value;
  /** At most. */
  max?: Value;
  /** More than. */
  greater?: Value;
  /** Less than. */
  less?: Value;
  /** Contains this string. */
  like?: Value;
}

export type Operator = keyof KnownOperators<unknown>;

/** What a page reports about the whole set. V2 reports nothing. */
export interface Totals {
  readonly total?: number;
  readonly totalPages?: number;
  /** The cursor of the next page, for resources with cursors; `null` on the last page. */
  readonly endCursor?: string | null;
}

/** The differences between the two API generations. */
export interface Dialect {
  readonly version: Version;
  /** How a sort order is written, unless a resource declares another way. */
  readonly ordering: 'direction' | 'suffix';
  /** Whether a page reports the total. */
  readonly announcesTotals: boolean;
  /** Whether a list may be limited to some attributes, by `include_fields`. */
  readonly selectsFields: boolean;
  /** Whether dates are written as `JSON.stringify` writes them. */
  readonly writesJsonDates: boolean;
  /** Returns the path that lists the records of all parents, if it can be derived from the resource's own: `/products/images`. */
  pathOfAllParents(path: string): string | undefined;
  /** Returns the value inside the envelope. */
  unwrap(body: unknown): unknown;
  totals(body: unknown): Totals;
  /** Returns the parameter for an operator on a name; `undefined` if this generation has no such operator. */
  parameter(name: string, operator: Operator): string | undefined;
  /** Splits a parameter into attribute and operator. */
  parse(parameter: string): { name: string; operator: string | undefined };
  /** Joins an attribute and an operator to a parameter: the inverse of `parse`. */
  join(name: string, operator: string): string;
  /** Whether the general operators work on every documented name. */
  readonly generalOperators: boolean;
  writeDate(date: Date): string;
  /** How a resource is counted: the path below its own, and the query. */
  readonly count: { readonly subpath: string; readonly query: Readonly<Record<string, QueryValue>> };
  readCount(body: unknown): number | undefined;
}

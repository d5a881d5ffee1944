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

/** What a response tells about the whole set of which it is a page; V2 tells nothing. */
export interface Totals {
  readonly total?: number;
  readonly totalPages?: number;
  /** The cursor of the next page, for resources with cursors; `null` on the last page. */
  readonly endCursor?: string | null;
}

/** Everything in which the two API generations differ. */
export interface Dialect {
  readonly version: Version;
  /** Status codes of success, by kind of write, unless the declaration of a resource says otherwise. */
  readonly statuses: { readonly create: number; readonly update: number; readonly delete: number };
  /** How a sort order is written, unless the declaration of a resource says otherwise. */
  readonly ordering: 'direction' | 'suffix';
  /** Whether a page tells the total. */
  readonly announcesTotals: boolean;
  /** Whether a list may be limited to some attributes, by `include_fields`. */
  readonly selectsFields: boolean;
  /** Whether dates are written as `JSON.stringify` writes them. */
  readonly writesJsonDates: boolean;
  /** The path that lists the records of all parents, where it follows from the resource's own: `/products/images`. */
  pathOfAllParents(path: string): string | undefined;
  /** The value inside the envelope. */
  unwrap(body: unknown): unknown;
  totals(body: unknown): Totals;
  /** The parameter for an operator on a name; `undefined` if this generation has none. */
  parameter(name: string, operator: Operator): string | undefined;
  /** The attribute and the operator of a parameter. */
  parse(parameter: string): { name: string; operator: string | undefined };
  /** The parameter of an attribute and an operator: the inverse of `parse`. */
  join(name: string, operator: string): string;
  /** Whether the general operators work on every documented name. */
  readonly generalOperators: boolean;
  writeDate(date: Date): string;
  /** How a resource is counted: the path below its own, and the query. */
  readonly count: { readonly subpath: string; readonly query: Readonly<Record<string, QueryValue>> };
  readCount(body: unknown): number | undefined;
}

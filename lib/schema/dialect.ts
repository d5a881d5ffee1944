import type { QueryValue, Version } from '../transport/request.js';
import type { Guessed, OPERATORS } from './guesses.js';

/** What can be said of a filter besides equality. */
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
  /** Contains this text. */
  like?: Value;
}

export type Operator = keyof KnownOperators<unknown>;

/** What an answer tells about the set that its page is cut from; V2 tells nothing. */
export interface Totals {
  readonly total?: number;
  readonly totalPages?: number;
  /** Where the next page begins, for resources that are walked by cursor; `null` on the last page. */
  readonly endCursor?: string | null;
}

/** Everything in which the two API generations differ. */
export interface Dialect {
  readonly version: Version;
  /** Status codes of success, by kind of write, unless the declaration of a resource says otherwise. */
  readonly statuses: { readonly create: number; readonly update: number; readonly delete: number };
  /** How a sort order is written, unless the declaration of a resource says otherwise. */
  readonly ordering: 'direction' | 'suffix';
  /** Whether a page tells how many there are. */
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
  /** The parameter that stands for `name operator`, or `undefined` where this generation has none. */
  parameter(name: string, operator: Operator): string | undefined;
  /** The attribute that a parameter speaks of, and how. */
  parse(parameter: string): { name: string; operator: string | undefined };
  /** The parameter that `parse` takes apart. */
  join(name: string, operator: string): string;
  /** Whether the general operators may be put on a documented name. */
  readonly generalOperators: boolean;
  writeDate(date: Date): string;
  /** How a resource is counted: a path below it, and the query. */
  readonly count: { readonly subpath: string; readonly query: Readonly<Record<string, QueryValue>> };
  readCount(body: unknown): number | undefined;
}

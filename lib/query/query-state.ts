import type { ResourceDeclaration } from '../schema/declaration.js';
import { isAttribute } from '../schema/names.js';
import type { QueryValue } from '../transport/request.js';
import { compileFilters } from './filters.js';
import type { Scope } from './scope.js';

/** Where a walk continues. It comes from outside: it says where to go on in a query, never in which. */
export interface Cursor {
  /** After the key `last`; after `at` rows; after the API's own cursor `end`; after `at` keys of the array in the filter by key. */
  readonly k: 'key' | 'page' | 'cursor' | 'ids';
  /** Hashes of what identifies the query. */
  readonly q: readonly string[];
  readonly last?: number | undefined;
  readonly at: number;
  readonly end?: string | undefined;
  /** The keys of the page that may come again. */
  readonly seen: readonly unknown[];
}

/** The state of a query. Plain and immutable: each builder call creates a new one. */
export interface QueryState {
  readonly filters: Readonly<Record<string, QueryValue>>;
  /** A filter matches no record (`in: []`), so nothing needs to be sent. */
  readonly nothing: boolean;
  readonly params: Readonly<Record<string, QueryValue>>;
  readonly limit?: number;
  readonly perPage?: number;
  /** Paths of relations to load with each page: `brand`, `variants.metafields`. */
  readonly preload: readonly string[];
  /** Relations of these records are loaded for each record separately. */
  readonly isLazy: boolean;
  /** Read in the order of keys. */
  readonly isStable: boolean;
  /** Read what follows this cursor. */
  readonly after?: Cursor;
}

/** The state of a query without filters, options or relations. */
export const NO_STATE: QueryState = Object.freeze({ filters: {}, nothing: false, params: {}, preload: [], isLazy: false, isStable: false });

/**
 * Returns the initial state of a query: the conditions of its scope. If the resource does not declare filters, their names are
 * trusted, since a model declares them.
 */
export function initialState({ resource, conditions }: Pick<Scope, 'resource' | 'conditions'>): QueryState {
  if (conditions === undefined) return NO_STATE;
  const filters: Record<string, QueryValue> = {};
  for (const [name, value] of Object.entries(conditions)) {
    const isTrusted = resource.filters === undefined && !isAttribute(resource, name);
    if (isTrusted) filters[name] = value as QueryValue;
    else Object.assign(filters, compileFilters(resource, { [name]: value }).params);
  }
  return { ...NO_STATE, filters };
}

/** Returns the names in the `include` parameter. */
export function includedIn(params: QueryState['params']): readonly string[] {
  const include = params['include'];
  return Array.isArray(include) ? (include as string[]) : typeof include === 'string' ? include.split(',') : [];
}

/** Returns the page size: the maximum of the resource with the embedded relations, or less if `perPage` says so. */
export function pageSizeOf(resource: ResourceDeclaration, { params, perPage }: Pick<QueryState, 'params' | 'perPage'>): number {
  const sizes = includedIn(params).map((name) => resource.includePageSizes[name] ?? resource.pageSize);
  return Math.min(resource.pageSize, perPage ?? resource.pageSize, ...sizes);
}

/** Returns the parameters for a sort order. */
export function sortParams({ ordering }: ResourceDeclaration, name: string, direction: 'asc' | 'desc'): Record<string, QueryValue> {
  return ordering === 'suffix' ? { sort: `${name}:${direction}` } : { sort: name, direction };
}

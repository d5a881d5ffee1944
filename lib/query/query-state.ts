import type { ResourceDeclaration } from '../schema/declaration.js';
import { isAttribute } from '../schema/names.js';
import type { QueryValue } from '../transport/request.js';
import { compileFilters } from './filters.js';
import type { Scope } from './scope.js';

/** Everything that was said of a query. Plain and immutable: each call makes the next one. */
export interface QueryState {
  readonly filters: Readonly<Record<string, QueryValue>>;
  /** A filter can match no record (`in: []`): nothing needs to be sent. */
  readonly nothing: boolean;
  readonly params: Readonly<Record<string, QueryValue>>;
  readonly limit?: number;
  readonly perPage?: number;
  /** Paths of relations to load with each page: `brand`, `variants.metafields`. */
  readonly preload: readonly string[];
  /** Relations of these records load one by one. */
  readonly isLazy: boolean;
  /** Walked in the order of keys. */
  readonly isStable: boolean;
}

/** The state of a query of which nothing was said. */
export const NO_STATE: QueryState = Object.freeze({ filters: {}, nothing: false, params: {}, preload: [], isLazy: false, isStable: false });

/**
 * What a query begins with: the conditions of its scope. The model that declares them vouches for their names, where the
 * resource has no list of filters.
 */
export function initialState({ resource, conditions }: Pick<Scope, 'resource' | 'conditions'>): QueryState {
  if (conditions === undefined) return NO_STATE;
  const filters: Record<string, QueryValue> = {};
  for (const [name, value] of Object.entries(conditions)) {
    const isVouchedFor = resource.filters === undefined && !isAttribute(resource, name);
    if (isVouchedFor) filters[name] = value as QueryValue;
    else Object.assign(filters, compileFilters(resource, { [name]: value }).params);
  }
  return { ...NO_STATE, filters };
}

/** The names that `include` asks for. */
export function includedIn(params: QueryState['params']): readonly string[] {
  const asked = params['include'];
  return Array.isArray(asked) ? (asked as string[]) : typeof asked === 'string' ? asked.split(',') : [];
}

/** Records a page: the most that the resource allows with what is embedded, or fewer where that was asked for. */
export function pageSizeOf(resource: ResourceDeclaration, { params, perPage }: Pick<QueryState, 'params' | 'perPage'>): number {
  const sizes = includedIn(params).map((name) => resource.includePageSizes[name] ?? resource.pageSize);
  return Math.min(resource.pageSize, perPage ?? resource.pageSize, ...sizes);
}

/** How an order is spelt. */
export function sortParams({ ordering }: ResourceDeclaration, name: string, direction: 'asc' | 'desc'): Record<string, QueryValue> {
  return ordering === 'suffix' ? { sort: `${name}:${direction}` } : { sort: name, direction };
}

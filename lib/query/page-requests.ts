import { dialectOf } from '../schema/dialects.js';
import type { RequestDescription } from '../transport/request.js';
import { type QueryState, sortParams } from './query-state.js';
import { listPath, type Scope, scopeQuery } from './scope.js';

export type PageRequest = Omit<RequestDescription, 'signal'>;

/** Returns the request for one page of a query. */
export function pageRequest(scope: Scope, state: QueryState, page: number, size: number, filters = state.filters): PageRequest {
  const { resource } = scope;
  const order = state.isStable ? sortParams(resource, resource.key, 'asc') : {};
  const query = { ...scopeQuery(scope), ...filters, ...state.params, ...order, ...(page > 1 ? { page } : {}), limit: size };
  return { method: 'GET', version: resource.version, path: listPath(scope), query };
}

/** Returns the request that counts the records of a list whose pages do not tell, if the API has one. */
export const countAhead = (scope: Scope, state: QueryState): PageRequest | undefined =>
  dialectOf(scope.resource.version).announcesTotals || !scope.resource.operations.includes('count')
    ? undefined
    : countRequest(scope, state, state.filters);

/** Returns the request that counts the records of a query. */
export function countRequest(scope: Scope, { params }: QueryState, filters: QueryState['filters']): PageRequest {
  const { version } = scope.resource;
  const { subpath, query } = dialectOf(version).count;
  return { method: 'GET', version, path: `${listPath(scope)}${subpath}`, query: { ...scopeQuery(scope), ...filters, ...params, ...query } };
}

import { UnsupportedOperationError } from '../errors/unsupported-operation-error.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import type { QueryParams } from '../transport/request.js';
import { operatorParameter } from './filters.js';

/** Returns the filter that compares keys with one; `undefined` if the API has none. */
function comparedTo(key: number, operator: 'min' | 'max' | 'greater', resource: ResourceDeclaration): QueryParams | undefined {
  const dialect = dialectOf(resource.version);
  if (dialect.parameter(resource.key, operator) === undefined) return undefined;
  try {
    return { [operatorParameter(resource, dialect, resource.key, operator)]: key };
  } catch {
    return undefined;
  }
}

/** Returns the filters for keys from one number to another, both included; `undefined` if the API has none. */
export function keyRange(resource: ResourceDeclaration, from: number | undefined, to: number | undefined): QueryParams | undefined {
  const least = from === undefined ? {} : comparedTo(from, 'min', resource);
  const most = to === undefined ? {} : comparedTo(to, 'max', resource);
  return least && most && { ...least, ...most };
}

const filterAfter = (resource: ResourceDeclaration, last: number): QueryParams | undefined =>
  comparedTo(last, 'greater', resource) ?? comparedTo(last + 1, 'min', resource);

/** Whether the API can list the records whose keys are greater than a given one. */
export const canWalkKeys = (resource: ResourceDeclaration): boolean => filterAfter(resource, 0) !== undefined;

/** Returns the filter for keys greater than one: V3's `id:greater`, V2's `min_id`. @throws UnsupportedOperationError if there is none */
export function keysAfter(resource: ResourceDeclaration, last: number): QueryParams {
  const filter = filterAfter(resource, last);
  if (filter !== undefined) return filter;
  throw new UnsupportedOperationError(
    `${resource.name} does not support stable(): the API has no filter for keys greater than a given one. Nothing was sent.`,
  );
}

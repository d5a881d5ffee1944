import { UnsupportedOperationError } from '../errors/unsupported-operation-error.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import type { QueryParams } from '../transport/request.js';
import { operatorParameter } from './filters.js';

/** Returns the filters for keys from one number to another, both included; `undefined` if the API has none. */
export function keyRange(resource: ResourceDeclaration, from: number | undefined, to: number | undefined): QueryParams | undefined {
  const dialect = dialectOf(resource.version);
  try {
    return {
      ...(from === undefined ? {} : { [operatorParameter(resource, dialect, resource.key, 'min')]: from }),
      ...(to === undefined ? {} : { [operatorParameter(resource, dialect, resource.key, 'max')]: to }),
    };
  } catch {
    return undefined;
  }
}

/** Returns the filter for keys greater than one: V3's `id:greater`, V2's `min_id`. @throws UnsupportedOperationError if there is none */
export function keysAfter(resource: ResourceDeclaration, last: number): QueryParams {
  const dialect = dialectOf(resource.version);
  const isExclusive = dialect.parameter(resource.key, 'greater') !== undefined;
  try {
    return { [operatorParameter(resource, dialect, resource.key, isExclusive ? 'greater' : 'min')]: isExclusive ? last : last + 1 };
  } catch {
    throw new UnsupportedOperationError(
      `${resource.name} does not support stable(): the API has no filter for keys greater than a given one. Nothing was sent.`,
    );
  }
}

/** Whether the API can list the records whose keys are greater than a given one. */
export function canWalkKeys(resource: ResourceDeclaration): boolean {
  try {
    return keysAfter(resource, 0) !== undefined;
  } catch {
    return false;
  }
}

import { ArgumentError } from '../../errors/argument-error.js';
import { UnknownFilterError } from '../../errors/unknown-filter-error.js';
import { UnsupportedOperationError } from '../../errors/unsupported-operation-error.js';
import { UsageError } from '../usage-error.js';

/** Does work that depends on what the caller asked for: what cannot be asked for is a usage error. */
export function asUsage<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const isAsked = error instanceof ArgumentError || error instanceof UnknownFilterError || error instanceof UnsupportedOperationError;
    throw isAsked ? new UsageError(error.message, { cause: error }) : error;
  }
}

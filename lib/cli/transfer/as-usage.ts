import { ArgumentError } from '../../errors/argument-error.js';
import { UnknownFilterError } from '../../errors/unknown-filter-error.js';
import { UnsupportedOperationError } from '../../errors/unsupported-operation-error.js';
import { UsageError } from '../usage-error.js';
import type { NamedModel } from './model-named.js';

/** Does work that depends on what the caller asked for: what cannot be asked for is a usage error, in terms of the options. */
export function asUsage<T>(named: NamedModel, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof UnknownFilterError) throw new UsageError(filterText(named, error), { cause: error });
    const isAsked = error instanceof ArgumentError || error instanceof UnsupportedOperationError;
    throw isAsked ? new UsageError(error.message, { cause: error }) : error;
  }
}

function filterText({ name, model }: NamedModel, { filter, suggestion }: UnknownFilterError): string {
  const meant = suggestion === undefined ? '' : `; did you mean \`${suggestion}\`?`;
  const known = Object.keys(model.resource.filters ?? {}).join(', ') || 'none';
  return `--where: ${name} has no filter \`${filter}\`${meant || '.'} Nothing was sent. Filters of ${name}: ${known}.`;
}

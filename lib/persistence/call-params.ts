import { ArgumentError } from '../errors/argument-error.js';
import { splitParams, type Verb } from '../query/params.js';
import { paramsOf } from '../record/record-address.js';
import type { RecordContext } from '../record/record-context.js';
import type { GivenParams, QueryParams } from '../transport/request.js';

/**
 * Returns the query parameters that were given with a call on a record. Those of its scope are not among them: a new record takes them,
 * a saved one has them.
 *
 * @throws ArgumentError for an unknown parameter, or another scope than that of a saved record
 */
export function queryOfCall(context: RecordContext, verb: Verb, options: GivenParams): QueryParams | undefined {
  if (options.params === undefined) return undefined;
  const { resource } = context.metadata;
  const { own, others } = splitParams(resource, verb, options);
  const known = paramsOf(context);
  for (const [name, value] of Object.entries(own)) {
    if (context.isNew || String(known[name]) === String(value)) continue;
    const from = known[name] === undefined ? `without \`${name}\`` : `with \`${name}\` ${known[name]}`;
    throw new ArgumentError(
      `This ${resource.name} was read ${from}: with \`${name}\` ${value} it is another record. Read that one, with where({ ${name}: … }). Nothing was sent.`,
    );
  }
  if (context.isNew) context.params = { ...context.params, ...own };
  return others;
}

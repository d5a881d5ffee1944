import { isJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { targetOf } from '../../query/load-strategy.js';
import type { FilterType, Operation, RelationDeclaration, ResourceDeclaration } from '../../schema/declaration.js';
import type { RefusedName, Reply } from '../dialect.js';
import type { Endpoint, Incoming, Verb } from '../endpoint.js';

/** Adds to a verb what the API generation refuses by name: parameters and fields that the resource does not have. V3 ignores them. */
export const strict =
  (operation: Operation, verb: Verb): Verb =>
  (endpoint, incoming) =>
    refusalByName(endpoint, operation, incoming) ?? verb(endpoint, incoming);

function refusalByName({ resource, dialect }: Endpoint, operation: Operation, { query, body }: Incoming): Reply | undefined {
  // A resource without declared filters is not checked: nobody has said what it takes.
  if (dialect.refuseNames === undefined || resource.filters === undefined) return undefined;
  const refused = [...refusedParameters(resource, query), ...(isJsonObject(body) ? refusedFields(resource, operation, body) : [])];
  return refused.length === 0 ? undefined : dialect.refuseNames(refused);
}

/** Parameters that are no filters, and that lists take. */
const CONTROLS: readonly string[] = ['page', 'limit', 'sort', 'direction', 'include'];

/** Whether a value can be that of a filter of this type. An empty one is no value. */
const FITS = new Map<FilterType, (value: string) => boolean>([
  [Number, (value) => !Number.isNaN(Number(value))],
  [Boolean, (value) => /^(true|false|0|1)$/i.test(value)],
  [Date, (value) => !Number.isNaN(Date.parse(value))],
]);

function refusedParameters({ filters = {}, params = {} }: ResourceDeclaration, query: Incoming['query']): RefusedName[] {
  const known = new Set([...CONTROLS, ...Object.keys(filters), ...Object.values(params).flatMap((each) => Object.keys(each))]);
  return Object.entries(query).flatMap(([name, value]): RefusedName[] => {
    if (!known.has(name)) return [{ name, because: 'unknown' }];
    const type = filters[name];
    const fits = type === undefined ? undefined : FITS.get(type);
    return value === '' || (fits?.(value) ?? true) ? [] : [{ name, because: 'invalid' }];
  });
}

function refusedFields(resource: ResourceDeclaration, operation: Operation, body: JsonObject): RefusedName[] {
  return Object.entries(body).flatMap(([name, value]): RefusedName[] => {
    const relation = resource.relations[name];
    if (relation !== undefined) return refusedChildren(relation, operation, value);
    const attribute = Object.hasOwn(resource.attributes, name) ? resource.attributes[name] : undefined;
    if (attribute === undefined) return [{ name, because: 'unknown' }];
    return attribute.readOnly ? [{ name, because: 'readOnly' }] : [];
  });
}

/** Refuses related rows where they cannot be written inside the record, and fields of those that can. */
function refusedChildren(relation: RelationDeclaration, operation: Operation, value: unknown): RefusedName[] {
  const child = targetOf(relation);
  const isWritten = relation.inline || (operation === 'create' ? child.through?.create === true : child.through?.update !== undefined);
  if (!isWritten) return [{ name: relation.property, because: 'readOnly' }];
  const rows = relation.kind === 'hasMany' ? jsonObjectsIn(value) : [];
  // The key says which row is meant.
  return rows.flatMap(({ [child.key]: _, ...row }) => refusedFields(child, operation, row));
}

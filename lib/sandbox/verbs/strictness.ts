import { isJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { targetOf } from '../../query/load-strategy.js';
import type { FilterType, RelationDeclaration, ResourceDeclaration } from '../../schema/declaration.js';
import type { RefusedName, Reply } from '../dialect.js';
import type { Endpoint, Incoming, Verb } from '../endpoint.js';
import { familyOf } from '../families/index.js';
import { KEY } from '../resource-rows.js';

/** Adds to a verb what the API generation refuses by name: parameters and fields that the resource does not have. V3 ignores them. */
export const strict =
  (verb: Verb): Verb =>
  (endpoint, incoming) =>
    refusalByName(endpoint, incoming) ?? verb(endpoint, incoming);

function refusalByName({ resource, dialect }: Endpoint, incoming: Incoming): Reply | undefined {
  // A resource without declared filters is not checked: what it takes is not declared.
  if (dialect.refuseNames === undefined || resource.filters === undefined) return undefined;
  const refused = [...refusedParameters(resource, incoming.query), ...refusedFields(resource, fieldsOf(resource, incoming))];
  return refused.length === 0 ? undefined : dialect.refuseNames(refused);
}

/** Parameters that are no filters, and that lists take. */
const CONTROLS: readonly string[] = ['page', 'limit', 'sort', 'direction', 'include', 'exclude'];

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

/** The fields of a body, without a key that only repeats the one in the path, where the API takes that. */
function fieldsOf(resource: ResourceDeclaration, { body, params }: Incoming): JsonObject {
  if (!isJsonObject(body)) return {};
  if (familyOf(resource)?.repeatsKey !== true || String(body[resource.key]) !== params[KEY]) return body;
  const { [resource.key]: _, ...fields } = body;
  return fields;
}

function refusedFields(resource: ResourceDeclaration, body: JsonObject): RefusedName[] {
  return Object.entries(body).flatMap(([name, value]): RefusedName[] => {
    const relation = resource.relations[name];
    if (relation !== undefined) return refusedChildren(relation, value);
    const attribute = Object.hasOwn(resource.attributes, name) ? resource.attributes[name] : undefined;
    if (attribute === undefined) return [{ name, because: 'unknown' }];
    return attribute.readOnly ? [{ name, because: 'readOnly' }] : [];
  });
}

/** Refuses related rows that are not written inside the record, and fields of those that are. */
function refusedChildren(relation: RelationDeclaration, value: unknown): RefusedName[] {
  const child = targetOf(relation);
  if (!relation.inline && child.through === undefined) return [{ name: relation.property, because: 'readOnly' }];
  const rows = relation.kind === 'hasMany' ? jsonObjectsIn(value) : [];
  // The key says which row is meant.
  return rows.flatMap(({ [child.key]: _, ...row }) => refusedFields(child, row));
}

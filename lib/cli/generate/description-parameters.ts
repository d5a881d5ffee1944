import { asJsonObject, type JsonObject } from '../../json-object.js';
import type { FilterKind } from './sketch.js';

/** Query parameters that are no filters. */
const NO_FILTERS = new Set([
  'page',
  'limit',
  'sort',
  'direction',
  'include',
  'include_fields',
  'exclude_fields',
  'before',
  'after',
  'offset',
  'per_page',
]);

/** Returns the filters among the parameters of a list, by name; `undefined` if there are none. */
export function filtersIn(parameters: readonly JsonObject[]): Record<string, FilterKind> | undefined {
  const filters: Record<string, FilterKind> = {};
  for (const parameter of parameters) {
    const { name } = parameter;
    if (parameter['in'] === 'query' && typeof name === 'string' && !NO_FILTERS.has(name)) filters[name] = kindOf(parameter);
  }
  return Object.keys(filters).length === 0 ? undefined : filters;
}

function kindOf(parameter: JsonObject): FilterKind {
  const schema = { ...parameter, ...asJsonObject(parameter['schema']) };
  const inner = schema['type'] === 'array' ? asJsonObject(schema['items']) : schema;
  if (inner['type'] === 'integer' || inner['type'] === 'number') return 'Number';
  if (inner['type'] === 'boolean') return 'Boolean';
  const isDate = inner['format'] === 'date-time' || inner['format'] === 'date' || /^(min_|max_)?date_/.test(String(parameter['name']));
  return isDate ? 'Date' : 'String';
}

/** Returns what the parameter `include` takes. */
export function includesIn(parameters: readonly JsonObject[]): string[] {
  const parameter = parameters.find(({ name }) => name === 'include');
  const schema = { ...parameter, ...asJsonObject(parameter?.['schema']) };
  const values = asJsonObject(schema['items'])['enum'] ?? schema['enum'];
  return Array.isArray(values) ? values.filter((each) => typeof each === 'string') : [];
}

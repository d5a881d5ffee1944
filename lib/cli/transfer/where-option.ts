import { isJsonObject, type JsonObject } from '../../json-object.js';
import type { FilterType, ResourceDeclaration } from '../../schema/declaration.js';
import { reasonOf } from '../../session/safe-call.js';
import { UsageError } from '../usage-error.js';

type Scalar = string | number | boolean;

/** Filters as `where` takes them. */
export type Filters = Record<string, Scalar | Scalar[] | Record<string, Scalar | Scalar[]>>;

const OPERATORS: Readonly<Record<string, string>> = {
  in: 'in',
  notIn: 'notIn',
  not_in: 'notIn',
  min: 'min',
  max: 'max',
  greater: 'greater',
  less: 'less',
  like: 'like',
};

/**
 * Reads filters: JSON (`{"price:min": 10}`, `{"price": {"min": 10}}`), or `name=value`, `price:min=10`, `id:in=1,2,3`.
 *
 * @throws UsageError if a text is neither, or if a value is not of the documented type
 */
export function parseWhere(texts: readonly string[], resource: ResourceDeclaration): Filters {
  const filters: Filters = {};
  for (const text of texts)
    for (const [name, value] of Object.entries(text.trimStart().startsWith('{') ? fromJson(text) : fromPair(text)))
      add(filters, name, value, resource);
  return filters;
}

function fromJson(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch (error) {
    throw new UsageError(`--where ${text} is not valid JSON: ${reasonOf(error)}.`);
  }
  throw new UsageError(`--where takes an object of filters: '{"price:min": 10}'.`);
}

function fromPair(text: string): JsonObject {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`--where ${text}: write name=value, price:min=10, or JSON: '{"price:min": 10}'.`);
  return { [text.slice(0, at).trim()]: text.slice(at + 1) };
}

/** Adds a filter. An operator in its name becomes one of `where`, so that it works for both API generations. */
function add(filters: Filters, given: string, value: unknown, resource: ResourceDeclaration): void {
  const [name = given, suffix = ''] = given.split(':');
  const operator = Object.hasOwn(OPERATORS, suffix) ? OPERATORS[suffix] : undefined;
  const isList = operator === 'in' || operator === 'notIn';
  if (operator !== undefined) addOperators(filters, name, { [operator]: typed(value, isList, given, resource) });
  else if (isJsonObject(value)) {
    const operators = Object.entries(value).map(([each, operand]) => [
      each,
      typed(operand, each === 'in' || each === 'notIn', given, resource),
    ]);
    addOperators(filters, given, Object.fromEntries(operators));
  } else filters[given] = typed(value, Array.isArray(value), given, resource);
}

function addOperators(filters: Filters, name: string, operators: Record<string, Scalar | Scalar[]>): void {
  const known = filters[name];
  filters[name] = typeof known === 'object' && !Array.isArray(known) ? { ...known, ...operators } : operators;
}

/** Reads a value by the type that the filter is documented with. @throws UsageError */
function typed(value: unknown, isList: boolean, filter: string, resource: ResourceDeclaration): Scalar | Scalar[] {
  const type = typeOf(filter, resource);
  if (!isList) return scalar(value, type, filter);
  const values: readonly unknown[] = Array.isArray(value) ? value : String(value).split(',');
  return values.map((each) => scalar(typeof each === 'string' ? each.trim() : each, type, filter));
}

function typeOf(filter: string, { filters, attributes }: ResourceDeclaration): FilterType | undefined {
  const [name = filter] = filter.split(':');
  const documented = filters ?? {};
  for (const each of [filter, name, `${name}:in`, `min_${name}`, `max_${name}`])
    if (Object.hasOwn(documented, each)) return documented[each];
  const type = Object.hasOwn(attributes, name) ? attributes[name]?.type : undefined;
  return type === 'number' ? Number : type === 'boolean' ? Boolean : undefined;
}

function scalar(value: unknown, type: FilterType | undefined, filter: string): Scalar {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string') throw new UsageError(`--where ${filter}: ${JSON.stringify(value)} is not a value to filter by.`);
  if (type === String) return value;
  if (value === 'true' || value === 'false') return value === 'true';
  if (type === Number && !Number.isFinite(Number(value === '' ? 'none' : value)))
    throw new UsageError(`--where ${filter}: it takes a number, got ${JSON.stringify(value)}.`);
  if (type === Date && Number.isNaN(Date.parse(value)))
    throw new UsageError(`--where ${filter}: it takes a date such as 2026-01-31, got ${JSON.stringify(value)}.`);
  return value;
}

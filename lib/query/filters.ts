import { ArgumentError } from '../errors/argument-error.js';
import { UnknownFilterError } from '../errors/unknown-filter-error.js';
import type { FilterType, ResourceDeclaration } from '../schema/declaration.js';
import type { Dialect, Operator } from '../schema/dialect.js';
import { dialectOf } from '../schema/dialects.js';
import { describe } from '../transport/path.js';
import type { QueryValue } from '../transport/request.js';
import { checkWellFormed } from '../transport/well-formed.js';

const OPERATORS: ReadonlySet<string> = new Set<Operator>(['in', 'notIn', 'min', 'max', 'greater', 'less', 'like']);
const GENERAL: ReadonlySet<string> = new Set(['in', 'not_in', 'min', 'max', 'greater', 'less', 'like']);

/** Filters as parameters of the query; `nothing` when one of them can match no record (`in: []`). */
export interface CompiledFilters {
  readonly params: Readonly<Record<string, QueryValue>>;
  readonly nothing: boolean;
}

/**
 * Turns `where` into the parameters of a resource's API generation, checking every name and value.
 *
 * @throws UnknownFilterError for a name or operator that the resource does not have
 * @throws ArgumentError for a value that would filter nothing, such as `undefined`
 */
export function compileFilters(resource: ResourceDeclaration, where: Readonly<Record<string, unknown>>): CompiledFilters {
  const dialect = dialectOf(resource.version);
  const params: Record<string, QueryValue> = {};
  let nothing = false;

  function put(parameter: string, value: unknown): void {
    if (Array.isArray(value) && value.length === 0) nothing = true;
    else params[parameter] = writeValue(resource, parameter, value, dialect);
  }

  for (const name of Object.keys(where)) {
    const value = where[name];
    if (isOperators(value)) {
      const used = Object.keys(value);
      if (used.length === 0) throw new ArgumentError(`The filter \`${name}\` of ${resource.name} has no operator. Nothing was sent.`);
      for (const operator of used) {
        if (!OPERATORS.has(operator))
          throw new UnknownFilterError(resource, `${name}.${operator}`, [...OPERATORS], 'the operators are these');
        put(operatorParameter(resource, dialect, name, operator as Operator), value[operator]);
      }
    } else if (Array.isArray(value) && !name.includes(':')) {
      put(operatorParameter(resource, dialect, name, 'in'), value);
    } else {
      put(equalityParameter(resource, dialect, name), value);
    }
  }
  return { params, nothing };
}

/** Every name that a filter of the resource may have, for messages. */
function knownNames(resource: ResourceDeclaration): string[] {
  return Object.keys(resource.filters ?? {});
}

/** A documented name by itself; or `id:in` for equality where the resource documents only that. */
function equalityParameter(resource: ResourceDeclaration, dialect: Dialect, name: string): string {
  const { filters } = resource;
  if (filters === undefined || Object.hasOwn(filters, name)) return name;
  const list = dialect.parameter(name, 'in');
  if (list !== undefined && Object.hasOwn(filters, list)) return list;
  const { name: base, operator } = dialect.parse(name);
  const documented = knownNames(resource).some((known) => dialect.parse(known).name === base);
  if (dialect.generalOperators && documented && (operator === undefined || GENERAL.has(operator))) return name;
  throw new UnknownFilterError(resource, name, knownNames(resource));
}

/** The parameter that stands for `name operator`. @throws UnknownFilterError where the resource has none */
export function operatorParameter(resource: ResourceDeclaration, dialect: Dialect, name: string, operator: Operator): string {
  const parameter = dialect.parameter(name, operator);
  const shown = `${name}.${operator}`;
  if (parameter === undefined)
    throw new UnknownFilterError(resource, shown, knownNames(resource), `${resource.version} has no operator for it`);
  const { filters } = resource;
  if (filters === undefined || Object.hasOwn(filters, parameter)) return parameter;
  if (dialect.generalOperators && knownNames(resource).some((known) => dialect.parse(known).name === name)) return parameter;
  throw new UnknownFilterError(resource, dialect.generalOperators ? name : parameter, knownNames(resource));
}

function writeValue(resource: ResourceDeclaration, parameter: string, value: unknown, dialect: Dialect): QueryValue {
  const type = resource.filters?.[parameter];
  if (Array.isArray(value)) return value.map((entry) => String(writeScalar(resource, parameter, entry, dialect, type)));
  return writeScalar(resource, parameter, value, dialect, type);
}

function writeScalar(
  resource: ResourceDeclaration,
  parameter: string,
  value: unknown,
  dialect: Dialect,
  type: FilterType | undefined,
): string | number | boolean {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return dialect.writeDate(value);
  if (typeof value === 'boolean') return type === Number ? Number(value) : value;
  if (typeof value === 'string') return checkWellFormed(value, `The filter \`${parameter}\` of ${resource.name}`);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new ArgumentError(
    `The filter \`${parameter}\` of ${resource.name} cannot be ${describe(value)}: it would filter nothing.` +
      ' Leave the filter out if you mean all records. Nothing was sent.',
  );
}

const isOperators = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

import { ArgumentError } from '../errors/argument-error.js';
import { nearest } from '../errors/nearest.js';
import { UnknownFilterError } from '../errors/unknown-filter-error.js';
import type { AttributeType, FilterType, ResourceDeclaration } from '../schema/declaration.js';
import type { Dialect, Operator } from '../schema/dialect.js';
import { dialectOf } from '../schema/dialects.js';
import { meantOperator } from '../schema/guesses.js';
import { apiName } from '../schema/names.js';
import { describe } from '../transport/path.js';
import type { QueryValue } from '../transport/request.js';
import { checkWellFormed } from '../transport/well-formed.js';

const OPERATORS: readonly Operator[] = ['in', 'notIn', 'min', 'max', 'greater', 'less', 'like'];
const GENERAL: ReadonlySet<string> = new Set(['in', 'not_in', 'min', 'max', 'greater', 'less', 'like']);

/** Filters as query parameters; `nothing` if one of them can match no record (`in: []`). */
export interface CompiledFilters {
  readonly params: Readonly<Record<string, QueryValue>>;
  readonly nothing: boolean;
}

/**
 * Turns `where` into query parameters of the resource's API generation, and checks every name and value. Attributes may be given
 * by property or by API name; the API name is sent.
 *
 * @throws UnknownFilterError for a name or operator that the resource does not have
 * @throws ArgumentError for a value that would filter nothing, such as `undefined`
 */
export function compileFilters(resource: ResourceDeclaration, where: Readonly<Record<string, unknown>>): CompiledFilters {
  const dialect = dialectOf(resource.version);
  const params: Record<string, QueryValue> = {};
  let nothing = false;

  function put(parameter: string, value: unknown): void {
    const written = writeValue(resource, parameter, value, dialect);
    if (Object.hasOwn(params, parameter) && String(params[parameter]) !== String(written)) throw givenTwice(parameter);
    params[parameter] = written;
  }

  /** An empty `in` matches nothing; an empty `notIn` excludes nothing. */
  function putList(parameter: string, list: readonly unknown[], isWanted: boolean): void {
    if (list.length > 0) put(parameter, list);
    else if (isWanted) nothing = true;
  }

  for (const inputName of Object.keys(where)) {
    const value = where[inputName];
    const name = canonicalName(resource, dialect, inputName);
    if (isOperators(value)) {
      const used = Object.keys(value);
      if (used.length === 0)
        throw new ArgumentError(
          `The filter \`${inputName}\` of ${resource.name} is an object without an operator. Use one of ${operatorsOf(dialect).join(', ')}. Nothing was sent.`,
        );
      for (const given of used) {
        const operator = OPERATORS.find((each) => each === given) ?? refuseOperator(resource, dialect, inputName, given);
        const parameter = operatorParameter(resource, dialect, name, operator);
        const operand = value[operator];
        if (!Array.isArray(operand)) put(parameter, operand);
        else if (operator === 'in' || operator === 'notIn') putList(parameter, operand, operator === 'in');
        else
          throw new ArgumentError(
            `The filter \`${inputName}.${operator}\` of ${resource.name} takes one value, got an array. Nothing was sent.`,
          );
      }
    } else if (Array.isArray(value)) {
      const { operator } = dialect.parse(name);
      const parameter = name.includes(':') ? equalityParameter(resource, dialect, name) : operatorParameter(resource, dialect, name, 'in');
      putList(parameter, value, operator !== 'not_in');
    } else {
      const parameter = equalityParameter(resource, dialect, name);
      put(parameter, parameter === name ? value : withoutComma(resource, parameter, value));
    }
  }
  return { params, nothing };
}

/** The operators that the API generation can write. */
const operatorsOf = (dialect: Dialect): Operator[] => OPERATORS.filter((operator) => dialect.parameter('', operator) !== undefined);

function refuseOperator(resource: ResourceDeclaration, dialect: Dialect, name: string, operator: string): never {
  const operators: string[] = operatorsOf(dialect);
  const meant = meantOperator(operator) ?? '';
  throw new UnknownFilterError(resource, `${name}.${operator}`, operators, {
    why: `\`${operator}\` is not an operator`,
    suggestion: operators.includes(meant) ? meant : nearest(operator, operators),
    areOperators: true,
  });
}

export const givenTwice = (parameter: string): ArgumentError =>
  new ArgumentError(`The filter \`${parameter}\` is given twice, with different values. Nothing was sent.`);

/** Returns the API name of a filter that may be given by property, with or without an operator in the name. */
function canonicalName(resource: ResourceDeclaration, dialect: Dialect, inputName: string): string {
  const name = apiName(resource, inputName);
  if (
    (Object.hasOwn(resource.attributes, name) && name !== resource.key) ||
    (resource.filters !== undefined && Object.hasOwn(resource.filters, inputName))
  )
    return name;
  const { name: base, operator } = dialect.parse(inputName);
  if (operator !== undefined) return dialect.join(filterName(resource, apiName(resource, base)), operator);
  return filterName(resource, name);
}

/** Some resources have another name for the filter by key. */
const filterName = ({ key, keyFilter }: ResourceDeclaration, name: string): string => (name === key ? keyFilter : name);

/** Returns all filter names of the resource, for messages. */
function knownNames(resource: ResourceDeclaration): string[] {
  if (resource.filters !== undefined) return Object.keys(resource.filters);
  return [...new Set(Object.values(resource.attributes).flatMap(({ property, name }) => [property, name]))];
}

/** A model without declared filters can be filtered by its attributes. */
const isFilterable = (resource: ResourceDeclaration, name: string): boolean =>
  Object.hasOwn(resource.attributes, name) || name === resource.key || name === resource.keyFilter;

const UNDECLARED = 'the model declares neither filters nor an attribute of that name';

/** Returns the parameter for equality: a documented name itself, or `id:in` if the resource documents only that. */
function equalityParameter(resource: ResourceDeclaration, dialect: Dialect, name: string): string {
  const { filters } = resource;
  const { name: base, operator } = dialect.parse(name);
  if (filters === undefined) {
    const isKnownOperator = operator === undefined || GENERAL.has(operator);
    if (isFilterable(resource, name) || (isKnownOperator && isFilterable(resource, base))) return name;
    throw new UnknownFilterError(resource, name, knownNames(resource), { why: UNDECLARED, suggestion: meantParameter(name) });
  }
  if (Object.hasOwn(filters, name)) return name;
  const list = dialect.parameter(name, 'in');
  if (list !== undefined && Object.hasOwn(filters, list)) return list;
  const documented = knownNames(resource).some((known) => dialect.parse(known).name === base);
  if (dialect.generalOperators && documented && (operator === undefined || GENERAL.has(operator))) return name;
  throw new UnknownFilterError(resource, name, knownNames(resource), { suggestion: meantParameter(name) });
}

/** `id:greater` for `id:gt`. */
function meantParameter(name: string): string | undefined {
  const [base, operator = ''] = name.split(':');
  const meant = meantOperator(operator);
  return meant === undefined ? undefined : `${base}:${meant === 'notIn' ? 'not_in' : meant}`;
}

/** Returns the parameter for a name and an operator. @throws UnknownFilterError if the resource has none */
export function operatorParameter(resource: ResourceDeclaration, dialect: Dialect, name: string, operator: Operator): string {
  const parameter = dialect.parameter(name, operator);
  const shown = `${name}.${operator}`;
  if (parameter === undefined)
    throw new UnknownFilterError(resource, shown, knownNames(resource), { why: `${resource.version} has no such operator` });
  const { filters, attributes } = resource;
  if (filters === undefined) {
    if (isFilterable(resource, name)) return parameter;
    throw new UnknownFilterError(resource, name, knownNames(resource), { why: UNDECLARED, suggestion: meantParameter(name) });
  }
  if (Object.hasOwn(filters, parameter)) return parameter;
  // An attribute with several values is documented with a list of them: `channels=1,2`.
  if (operator === 'in' && attributes[name]?.type === 'array' && Object.hasOwn(filters, name)) return name;
  if (dialect.generalOperators && knownNames(resource).some((known) => dialect.parse(known).name === name)) return parameter;
  throw new UnknownFilterError(resource, dialect.generalOperators ? name : parameter, knownNames(resource));
}

const TYPES: Readonly<Partial<Record<AttributeType, FilterType>>> = { number: Number, boolean: Boolean, date: Date, string: String };

/** Returns the type of a parameter's value: as documented for it or for another operator on the same name, or that of its attribute. */
function typeOf(resource: ResourceDeclaration, parameter: string, dialect: Dialect): FilterType | undefined {
  const { filters = {}, attributes } = resource;
  if (Object.hasOwn(filters, parameter)) return filters[parameter];
  const { name } = dialect.parse(parameter);
  const alike = Object.keys(filters).find((known) => dialect.parse(known).name === name);
  if (alike !== undefined) return filters[alike];
  const attribute = Object.hasOwn(attributes, parameter)
    ? attributes[parameter]
    : Object.hasOwn(attributes, name)
      ? attributes[name]
      : undefined;
  return attribute === undefined ? undefined : TYPES[attribute.type];
}

function writeValue(resource: ResourceDeclaration, parameter: string, value: unknown, dialect: Dialect): QueryValue {
  const type = typeOf(resource, parameter, dialect);
  if (!Array.isArray(value)) return writeScalar(resource, parameter, value, dialect, type);
  return value.map((entry) => String(withoutComma(resource, parameter, writeScalar(resource, parameter, entry, dialect, type))));
}

/** The store would read a comma as a separator, and match other records. */
function withoutComma<V>(resource: ResourceDeclaration, parameter: string, value: V): V {
  if (typeof value !== 'string' || !value.includes(',')) return value;
  throw new ArgumentError(
    `The filter \`${parameter}\` of ${resource.name} is sent as a comma-separated list, so it cannot contain ${describe(value)}.` +
      ' Filter by that value alone, or by another attribute. Nothing was sent.',
  );
}

function writeScalar(
  resource: ResourceDeclaration,
  parameter: string,
  value: unknown,
  dialect: Dialect,
  type: FilterType | undefined,
): string | number | boolean {
  if (value instanceof Date && !Number.isNaN(value.getTime()))
    return type === Number ? Math.floor(value.getTime() / 1000) : dialect.writeDate(value);
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

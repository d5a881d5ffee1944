import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { describe } from '../transport/path.js';

/** Gives the API's name of an attribute that is named by its property or by the API's name. */
export type ToApiName = (name: string) => string;

/** A kind of value that an option takes. `Value` is its type. */
export interface Kind<Value> {
  /** Completes the sentence "must be …" of an error message. */
  readonly expected: string;
  accepts(value: unknown): boolean;
  /** Replaces names of properties with the API's names; absent where a value holds no names of attributes. */
  toApiNames?(value: Value, apiName: ToApiName): Value;
  /** The members of an object, so that a misspelt one is refused by name. */
  readonly members?: Readonly<Record<string, Kind<unknown>>>;
  /** Whether `undefined` is accepted for a member of an object. */
  readonly isOptional?: boolean;
}

/** The type of the values of a kind. */
export type ValueOf<K> = K extends Kind<infer Value> ? Value : never;

export const FLAG: Kind<boolean> = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' };

export const COUNT: Kind<number> = {
  expected: 'a whole number from 1',
  accepts: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
};

export const STATUS: Kind<number> = {
  expected: 'a status code from 200 to 299',
  accepts: (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 299,
};

export const STRING: Kind<string> = {
  expected: 'a string that is not empty',
  accepts: (value) => typeof value === 'string' && value !== '',
};

/** The name of an attribute, by its property or by the API's name. */
export const ATTRIBUTE: Kind<string> = {
  expected: 'the name of an attribute',
  accepts: STRING.accepts,
  toApiNames: (name, apiName) => apiName(name),
};

export const ATTRIBUTES: Kind<readonly string[]> = {
  ...listOf(ATTRIBUTE),
  expected: 'an array of attribute names',
  toApiNames: (names, apiName) => names.map(apiName),
};

export function oneOf<const Value extends string>(...values: Value[]): Kind<Value> {
  const all: readonly unknown[] = values;
  return { expected: values.map((value) => `'${value}'`).join(' or '), accepts: (value) => all.includes(value) };
}

/** One of several values that are given as they are, such as constructors. */
export function oneOfValues<Value>(expected: string, ...values: Value[]): Kind<Value> {
  const all: readonly unknown[] = values;
  return { expected, accepts: (value) => all.includes(value) };
}

export function listOf<Value>(entry: Kind<Value>): Kind<readonly Value[]> {
  return {
    expected: `an array, each entry ${entry.expected}`,
    accepts: (value) => Array.isArray(value) && value.every((each) => entry.accepts(each)),
  };
}

export function recordOf<Value>(entry: Kind<Value>): Kind<Readonly<Record<string, Value>>> {
  return {
    expected: `an object, each value ${entry.expected}`,
    accepts: (value) => isObject(value) && Object.values(Object(value)).every((each) => entry.accepts(each)),
  };
}

/** An object that must have these members. */
export function objectOf<Members extends Readonly<Record<string, Kind<unknown>>>>(
  members: Members,
): Kind<{ readonly [Name in keyof Members]: ValueOf<Members[Name]> }> {
  return { expected: `an object with ${Object.keys(members).join(', ')}`, accepts: isObject, members };
}

/** An object that may have these members. */
export function partialOf<Members extends Readonly<Record<string, Kind<unknown>>>>(
  members: Members,
): Kind<{ readonly [Name in keyof Members]?: ValueOf<Members[Name]> }> {
  const optional = Object.fromEntries(Object.entries(members).map(([name, kind]) => [name, { ...kind, isOptional: true }]));
  return { expected: `an object with any of ${Object.keys(members).join(', ')}`, accepts: isObject, members: optional };
}

/**
 * Checks a value against its kind, and the members of an object against theirs.
 *
 * @param name of the option: `batch`
 * @param owner whose option it is: `@Resource of Widget`
 * @throws ConfigurationError that names the option, what it must be, and what it is
 */
export function assertKind({ expected, accepts, members }: Kind<unknown>, value: unknown, name: string, owner: string): void {
  if (!accepts(value)) throw new ConfigurationError(`${owner}: \`${name}\` must be ${expected}, got ${describe(value)}.`);
  if (members === undefined) return;
  assertKnownOptions(value, members, `\`${name}\` of ${owner}`, ConfigurationError);
  const given: Readonly<Record<string, unknown>> = Object(value);
  for (const [member, kind] of Object.entries(members))
    if (given[member] !== undefined || kind.isOptional !== true) assertKind(kind, given[member], `${name}.${member}`, owner);
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

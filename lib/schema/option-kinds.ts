import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { describe } from '../transport/path.js';

/** Returns the API's name of an attribute, given its property or the API's name. */
export type ToApiName = (name: string) => string;

/** A kind of option value. `Value` is its type. */
export interface Kind<Value> {
  /** Completes the sentence "must be …" of an error message. */
  readonly expected: string;
  /** Whether a value is of this kind. For an object, the members are checked instead. */
  accepts(value: unknown): boolean;
  /** Replaces property names with the API's names; absent if values of this kind contain no names of attributes. */
  toApiNames?(value: Value, apiName: ToApiName): Value;
  /** The members of an object; others are refused. */
  readonly members?: Readonly<Record<string, Kind<unknown>>>;
  /** Whether the members may be left out. */
  readonly isPartial?: boolean;
}

/** The type of the values of a kind. */
export type ValueOf<K> = K extends Kind<infer Value> ? Value : never;

type Members = Readonly<Record<string, Kind<unknown>>>;

const kind = <Value>(expected: string, accepts: (value: unknown) => boolean): Kind<Value> => ({ expected, accepts });

export const FLAG = kind<boolean>('true or false', (value) => typeof value === 'boolean');
export const COUNT = kind<number>('a whole number from 1', (value) => Number.isSafeInteger(value) && Number(value) > 0);
export const STATUS = kind<number>('a status code from 200 to 299', (value) => COUNT.accepts(value) && /^2\d\d$/.test(String(value)));
export const STRING = kind<string>('a non-empty string', (value) => typeof value === 'string' && value !== '');

/** The name of an attribute, by its property or by the API's name. */
export const ATTRIBUTE: Kind<string> = {
  ...STRING,
  toApiNames: (name, apiName) => apiName(name),
};

export const ATTRIBUTES: Kind<readonly string[]> = {
  ...listOf(ATTRIBUTE),
  toApiNames: (names, apiName) => names.map(apiName),
};

/** Names of which all are meant; in an inner list, any one of them. */
export const REQUIRED: Kind<readonly (string | readonly string[])[]> = {
  ...kind(
    'an array of names, or of arrays of names',
    (value) => Array.isArray(value) && value.every((each) => ATTRIBUTE.accepts(each) || (ATTRIBUTES.accepts(each) && each.length > 1)),
  ),
  toApiNames: (names, apiName) => names.map((each) => (typeof each === 'string' ? apiName(each) : each.map(apiName))),
};

/** One of several strings, or of several constructors. */
export function oneOf<const Value extends string | { readonly name: string }>(...values: Value[]): Kind<Value> {
  const names = values.map((value) => (typeof value === 'string' ? `'${value}'` : value.name));
  return kind(names.join(' or '), (value) => values.some((each) => each === value));
}

export function listOf<Value>(entry: Kind<Value>): Kind<readonly Value[]> {
  return kind(`an array, each entry ${entry.expected}`, (value) => Array.isArray(value) && value.every((each) => entry.accepts(each)));
}

/** A value of one of two kinds. */
export const eitherOf = <Value>(first: Kind<Value>, second: Kind<Value>): Kind<Value> =>
  kind(`${first.expected}, or ${second.expected}`, (value) => first.accepts(value) || second.accepts(value));

export function recordOf<Value>(entry: Kind<Value>): Kind<Readonly<Record<string, Value>>> {
  return kind(
    `an object, each value ${entry.expected}`,
    (value) => typeof value === 'object' && value !== null && Object.values(value).every((each) => entry.accepts(each)),
  );
}

/** An object that must have these members. */
export const objectOf = <M extends Members>(members: M): Kind<{ readonly [Name in keyof M]: ValueOf<M[Name]> }> => ({
  ...kind('an object', () => true),
  members,
});

/** An object that may have these members. */
export const partialOf = <M extends Members>(members: M): Kind<{ readonly [Name in keyof M]?: ValueOf<M[Name]> }> => ({
  ...objectOf(members),
  isPartial: true,
});

/**
 * Checks a value against its kind, and the members of an object against theirs.
 *
 * @param name the name of the option, such as `batch`
 * @param owner the owner of the option, such as `@Resource of Widget`
 * @throws ConfigurationError that states what the option must be and what it is
 */
export function assertKind({ expected, accepts, members, isPartial }: Kind<unknown>, value: unknown, name: string, owner: string): void {
  if (!accepts(value)) throw new ConfigurationError(`${owner}: \`${name}\` must be ${expected}, got ${describe(value)}.`);
  if (members === undefined) return;
  assertKnownOptions(value, members, `\`${name}\` of ${owner}`, ConfigurationError);
  const given: Readonly<Record<string, unknown>> = Object(value);
  for (const [member, kind] of Object.entries(members))
    if (given[member] !== undefined || !isPartial) assertKind(kind, given[member], `${name}.${member}`, owner);
}

import { type JsonObject, jsonObjectsIn } from '../../json-object.js';
import type { Tables } from '../tables.js';
import { isBlank } from '../values.js';
import type { Refusal } from './family.js';

/** Why the values of some fields cannot be stored, by field. */
export type Reasons = Readonly<Record<string, string>>;

/** Whether a value was given, and is not empty. */
export const isSet = (value: unknown): boolean => !isBlank(value);

/** Returns the refusal of some fields; `undefined` if there is none. */
export const refusing = (fields: Reasons, rest: Omit<Refusal, 'fields'> = {}): Refusal | undefined =>
  Object.keys(fields).length === 0 ? undefined : { ...rest, fields };

/** Returns the refusal of values that are in conflict with other rows. */
export const conflicting = (fields: Reasons, message?: string): Refusal | undefined =>
  refusing(fields, { status: 409, ...(message === undefined ? {} : { message }) });

/** Applies a check to each of some values in a body, if they were given. */
function checked<Rule>(
  body: JsonObject,
  rules: Readonly<Record<string, Rule>>,
  check: (value: unknown, rule: Rule) => string | undefined,
): Reasons {
  const reasons: Record<string, string> = {};
  for (const [name, rule] of Object.entries(rules)) {
    const reason = isSet(body[name]) ? check(body[name], rule) : undefined;
    if (reason !== undefined) reasons[name] = `${name} ${reason}`;
  }
  return reasons;
}

/** Returns the texts in a body that have too many characters. */
export const tooLong = (body: JsonObject, limits: Readonly<Record<string, number>>): Reasons =>
  checked(body, limits, (value, most) => (String(value).length > most ? `may have at most ${most} characters` : undefined));

/** Returns the values in a body that are none of those that there are. */
export const notAmong = (body: JsonObject, choices: Readonly<Record<string, readonly unknown[]>>): Reasons =>
  checked(body, choices, (value, all) => (all.includes(value) ? undefined : `must be one of ${all.join(', ')}`));

/** Returns the numbers in a body that are too small or too large. */
export const outOfRange = (body: JsonObject, ranges: Readonly<Record<string, readonly [least: number, most: number]>>): Reasons =>
  checked(body, ranges, (value, [least, most]) =>
    Number(value) < least || Number(value) > most ? `must be from ${least} to ${most}` : undefined,
  );

/** Returns the names without a value in a body. */
export const missing = (body: JsonObject, ...names: readonly string[]): Reasons =>
  Object.fromEntries(names.filter((name) => !isSet(body[name])).map((name) => [name, `${name} is required`]));

/** Returns an error for a key that no row of a table has. */
export const unknownKey = (tables: Tables, path: string, name: string, key: unknown): Reasons =>
  tables.of(path).get(String(key), {}) === undefined ? { [name]: `${name} ${String(key)} does not exist` } : {};

/** Checks each row of an array in a body. The reasons are named after the place of the row: `images.0.image_url`. */
export function inEach(body: JsonObject, name: string, reasonsFor: (row: JsonObject, place: number) => Reasons): Reasons {
  const all = jsonObjectsIn(body[name]).map((row, place) =>
    Object.entries(reasonsFor(row, place)).map(([field, reason]) => [`${name}.${place}.${field}`, reason] as const),
  );
  return Object.fromEntries(all.flat());
}

/** Returns the values that a row has besides those given: those of new rows. */
export const defaultsFor = (body: JsonObject, defaults: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(defaults).filter(([name]) => body[name] === undefined));

/** Returns text as a path: `Copper Mug` becomes `/copper-mug/`. */
export const pathFor = (name: unknown): string =>
  `/${String(name ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^-+|-+$/g, '')}/`;

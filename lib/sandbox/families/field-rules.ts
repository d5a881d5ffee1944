import type { JsonObject } from '../../json-object.js';
import type { Tables } from '../tables.js';
import type { Reasons } from './rules.js';

/** The least and the most characters of a text. */
export type Lengths = Readonly<Record<string, readonly [least: number, most: number]>>;

/** Returns the texts of a body that are too short or too long. What is left out is not checked. */
export function mistakesInLengths(body: JsonObject, lengths: Lengths): Reasons {
  const wrong = Object.entries(lengths).filter(([name, [least, most]]) => {
    const value = body[name];
    return typeof value === 'string' && (value.length < least || value.length > most);
  });
  return Object.fromEntries(wrong.map(([name, [least, most]]) => [name, `must have ${least} to ${most} characters`]));
}

/** Returns the values of a body that are none of those that are documented. What is left out is not checked. */
export function mistakesInChoices(body: JsonObject, choices: Readonly<Record<string, readonly unknown[]>>): Reasons {
  const wrong = Object.entries(choices).filter(([name, values]) => body[name] !== undefined && !values.includes(body[name]));
  return Object.fromEntries(wrong.map(([name, values]) => [name, `must be one of ${values.join(', ')}`]));
}

/** Returns the keys of a body that no row of another resource has. What is left out, null and 0 are not checked. */
export function mistakesInKeys(body: JsonObject, paths: Readonly<Record<string, string>>, tables: Tables): Reasons {
  const wrong = Object.entries(paths).filter(([name, path]) => {
    const key = body[name];
    return key !== undefined && key !== null && key !== 0 && key !== '0' && tables.of(path).get(String(key), {}) === undefined;
  });
  return Object.fromEntries(wrong.map(([name]) => [name, `${String(body[name])} does not exist`]));
}

/** Whether a text looks like an email address. */
export const isEmail = (value: unknown): boolean => typeof value === 'string' && /^[^\s@]+@[^\s@]+$/.test(value);

export const mistakeInEmail = (body: JsonObject, name = 'email'): Reasons =>
  body[name] === undefined || isEmail(body[name]) ? {} : { [name]: 'must be an email address' };

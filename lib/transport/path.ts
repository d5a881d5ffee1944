import { ArgumentError } from '../errors/argument-error.js';
import { isThenable } from '../thenable.js';
import { checkWellFormed, quote } from './well-formed.js';

/** Values for the `:names` of a path template. */
export type PathParams = Readonly<Record<string, Key>>;

/** Identifies a record: a positive integer, or a string such as a uuid, token or code. */
export type Key = number | string;

const UNSAFE = /[/\\?#%;\p{Cc}\p{Zl}\p{Zp}]/u;
/** No record has this key: the store writes 0 for none. */
const ZERO = /^\s*[+-]?0+(\.0*)?\s*$/;
const PLAIN = /^[A-Za-z0-9_-]{1,500}$/;

/**
 * Checks that a value identifies one record, and returns it.
 *
 * An empty string would address the whole collection (`DELETE /products/` removes every product), and `..`, `%2e%2e`,
 * `\` or a tab would be rewritten by URL parsing into another path, so all of these are refused.
 *
 * @throws ArgumentError
 */
export function checkKey(value: unknown, what: string): Key {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value) && value > 0) return value;
    throw new ArgumentError(`${what} must be a positive whole number, got ${value}. Nothing was sent.`);
  }
  if (typeof value !== 'string') {
    throw new ArgumentError(`${what} must be a number or a string, got ${describe(value)}. Nothing was sent.`);
  }
  if (ZERO.test(value)) throw new ArgumentError(`${what} cannot be ${quote(value)}: 0 stands for "none". Nothing was sent.`);
  if (PLAIN.test(value)) return value;
  checkWellFormed(value, what);
  if (value.trim() === '' || value === '.' || value === '..' || value.length > 500 || UNSAFE.test(value)) {
    throw new ArgumentError(`${what} cannot be ${quote(value)}: it would lead to another address. Nothing was sent.`);
  }
  return value;
}

/**
 * Fills in a template: `/products/:product_id/options` with `{ product_id: 1 }` becomes `/products/1/options`.
 *
 * @throws ArgumentError when a value is missing or identifies no record
 */
export function expandPath(template: string, params: PathParams, resource: string): string {
  if (!template.includes(':')) return template;
  return template.replace(/:([A-Za-z_]\w*)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) {
      throw new ArgumentError(
        `${resource} lives under \`${template}\` and its \`${name}\` is not known.` +
          ` Say whose it is: ${resource}.of(${pathNames(template).join(', ')}). Nothing was sent.`,
      );
    }
    return encodeURIComponent(checkKey(value, name));
  });
}

/** By template: there are as many as declared resources, and every relation of every record asks for them. */
const known = new Map<string, readonly string[]>();

/** Returns the `:names` of a template, in order. */
export function pathNames(template: string): readonly string[] {
  let names = known.get(template);
  if (names === undefined) known.set(template, (names = (template.match(/:[A-Za-z_]\w*/g) ?? []).map((name) => name.slice(1))));
  return names;
}

/**
 * Checks a path that a user wrote for the low-level verbs.
 *
 * @throws ArgumentError when the path holds a query, or would be rewritten by URL parsing
 */
export function checkPath(path: unknown): string {
  if (typeof path !== 'string' || path === '')
    throw new ArgumentError(`The path must be a string such as '/catalog/summary', got ${describe(path)}.`);
  checkWellFormed(path, 'The path');
  const rooted = path.startsWith('/') ? path : `/${path}`;
  const segments = rooted.slice(1).split('/');
  if (segments.some((segment) => /^(\.|%2e){1,2}$/i.test(segment) || segment === '') && rooted !== '/') {
    throw new ArgumentError(`The path ${quote(path)} has an empty segment or one that leads elsewhere. Nothing was sent.`);
  }
  if (/[\\?#\p{Cc}\p{Z}]/u.test(rooted) || /%(2f|5c|00|0a|0d|09)/i.test(rooted) || /%(?![0-9a-f]{2})/i.test(rooted)) {
    throw new ArgumentError(
      `The path ${quote(path)} holds a character that would lead elsewhere; parameters go into \`query\`. Nothing was sent.`,
    );
  }
  return rooted;
}

/** Describes a value in an error message, with no more than 60 characters of it. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === undefined) return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : 'a Date';
  if (value instanceof Map || value instanceof Set) return `a ${value.constructor.name}`;
  if (isThenable(value)) return 'a Promise or a query, which is to be awaited first';
  return `${/^[aeiou]/.test(typeof value) ? 'an' : 'a'} ${typeof value}`;
}

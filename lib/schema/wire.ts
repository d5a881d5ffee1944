import { isDeepStrictEqual } from 'node:util';
import { BigRecordError } from '../errors/bigrecord-error.js';
import { toJson } from '../transport/json-body.js';
import type { Dialect } from './dialect.js';

const MAX_DEPTH = 200;

/** A copy of a value as JSON will carry it, with dates in the dialect's spelling. @throws ArgumentError that names the attribute */
export const toWire = (value: unknown, dialect: Dialect, attribute: string): unknown => toJson(value, attribute, dialect.writeDate);

/** A deep copy of a JSON value, so that a change to the one never shows in the other. */
export function copyJson<T>(value: T, depth = 0): T {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH)
    throw new BigRecordError(`A value of the store is nested more than ${MAX_DEPTH} levels deep: no record is made of it.`);
  if (Array.isArray(value)) return value.map((entry) => copyJson(entry, depth + 1)) as T;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) define(copy, key, copyJson((value as Record<string, unknown>)[key], depth + 1));
  return copy as T;
}

/** Sets a property without ever touching a prototype: JSON may hold a key `__proto__`. */
function define(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
}

/** Whether two JSON values are the same. */
export function sameJson(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && isDeepStrictEqual(a, b));
}

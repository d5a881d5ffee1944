import { isDeepStrictEqual } from 'node:util';
import { BigRecordError } from '../errors/bigrecord-error.js';
import { toJson } from '../transport/json-body.js';
import type { Dialect } from './dialect.js';

const MAX_DEPTH = 200;

/** Copies a value as JSON will contain it, with dates in the format of the dialect. @throws ArgumentError that names the attribute */
export const toWire = (value: unknown, dialect: Dialect, attribute: string): unknown => toJson(value, attribute, dialect.writeDate);

/** Copies a JSON value deeply. */
export const copyJson = <T>(value: T): T => copyWithin(value, 0) as T; // a copy has the type of the original

function copyWithin(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH)
    throw new BigRecordError(`A value from the store is nested more than ${MAX_DEPTH} levels deep: it cannot be loaded.`);
  if (Array.isArray(value)) return value.map((entry) => copyWithin(entry, depth + 1));
  const copy: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) define(copy, key, copyWithin(entry, depth + 1));
  return copy;
}

/** Sets a property without ever changing a prototype: JSON may contain a key `__proto__`. */
function define(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
}

/** Whether two JSON values are the same. */
export function sameJson(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && isDeepStrictEqual(a, b));
}

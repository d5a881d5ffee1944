import { isDeepStrictEqual } from 'node:util';
import { ArgumentError } from '../errors/argument-error.js';
import { BigRecordError } from '../errors/bigrecord-error.js';
import type { Dialect } from './dialect.js';

const MAX_DEPTH = 200;

/**
 * A copy of a value as JSON will carry it: dates in the dialect's spelling, `undefined` left out, `toJSON` heeded.
 *
 * @throws ArgumentError for what JSON would change silently: NaN, Infinity, functions, circles
 */
export function toWire(value: unknown, dialect: Dialect, where: string, depth = 0): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return value;
    case 'number':
      if (Number.isFinite(value)) return value;
      throw new ArgumentError(`${where} is ${value}: JSON has no such number. Nothing was sent.`);
    case 'bigint':
      return value.toString();
    case 'object':
      break;
    default:
      throw new ArgumentError(`${where} is a ${typeof value}: it cannot be sent. Nothing was sent.`);
  }
  if (value === null) return null;
  if (depth > MAX_DEPTH) throw new ArgumentError(`${where} is nested too deeply, or in a circle. Nothing was sent.`);
  if (value instanceof Date) return writeDate(value, dialect, where);
  if (Array.isArray(value)) return value.map((entry, index) => toWire(entry, dialect, `${where}[${index}]`, depth + 1) ?? null);
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function')
    return toWire((value as { toJSON(): unknown }).toJSON(), dialect, where, depth + 1);
  const plain: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const entry = toWire((value as Record<string, unknown>)[key], dialect, `${where}.${key}`, depth + 1);
    if (entry !== undefined) define(plain, key, entry);
  }
  return plain;
}

function writeDate(date: Date, dialect: Dialect, where: string): string {
  if (Number.isNaN(date.getTime())) throw new ArgumentError(`${where} is an invalid Date. Nothing was sent.`);
  return dialect.writeDate(date);
}

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

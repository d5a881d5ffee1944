import { BigRecordError } from '../errors/bigrecord-error.js';
import { isJsonObject, type JsonObject } from '../json-object.js';

const MAX_DEPTH = 200;

/**
 * Copies a JSON value deeply, to compare with later. A key `__proto__`, which JSON may contain, is removed from both: assigning it
 * would replace a prototype.
 *
 * @throws BigRecordError if the value is nested too deeply
 */
export function snapshotOf(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH)
    throw new BigRecordError(`A value is nested more than ${MAX_DEPTH} levels deep: changes in it cannot be detected.`);
  if (Array.isArray(value)) {
    const copy: unknown[] = value.slice();
    for (let at = 0; at < copy.length; at++) {
      const entry = copy[at];
      if (typeof entry === 'object' && entry !== null) copy[at] = snapshotOf(entry, depth + 1);
    }
    return copy;
  }
  if (value instanceof Date) return new Date(value);
  if (Object.hasOwn(value, '__proto__')) Reflect.deleteProperty(value, '__proto__');
  const copy: JsonObject = { ...value };
  for (const key in copy) {
    const entry = copy[key];
    if (typeof entry === 'object' && entry !== null) copy[key] = snapshotOf(entry, depth + 1);
  }
  return copy;
}

/** Whether a value equals its snapshot. `undefined` counts as absent; the order of keys does not matter. */
export function isSame(value: unknown, snapshot: unknown): boolean {
  if (value === snapshot) return true;
  if (typeof value !== 'object' || typeof snapshot !== 'object') return false;
  if (value instanceof Date || snapshot instanceof Date)
    return value instanceof Date && snapshot instanceof Date && value.getTime() === snapshot.getTime();
  if (Array.isArray(value) && Array.isArray(snapshot)) return isSameArray(value, snapshot);
  return isJsonObject(value) && isJsonObject(snapshot) && isSameObject(value, snapshot);
}

function isSameArray(value: readonly unknown[], snapshot: readonly unknown[]): boolean {
  if (value.length !== snapshot.length) return false;
  for (let at = 0; at < value.length; at++) if (!isSame(value[at], snapshot[at])) return false;
  return true;
}

function isSameObject(value: JsonObject, snapshot: JsonObject): boolean {
  let left = 0;
  for (const key in snapshot) if (snapshot[key] !== undefined) left++;
  for (const key in value) {
    if (!Object.hasOwn(value, key)) continue;
    const entry = value[key];
    if (entry === undefined || typeof entry === 'function') continue;
    if (!Object.hasOwn(snapshot, key) || !isSame(entry, snapshot[key])) return false;
    left--;
  }
  return left === 0;
}

/**
 * Copies arrays, plain objects and dates deeply, so that the copy shares none of them with the value; circular references are kept.
 * Instances of other classes are not copied.
 *
 * @throws BigRecordError if the value is nested too deeply to be sent
 */
export function copyOf<T>(value: T): T {
  return typeof value === 'object' && value !== null ? (copyWithin(value, new Map(), 0) as T) : value;
}

function copyWithin(value: unknown, copies: Map<object, unknown>, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return new Date(value);
  const known = copies.get(value);
  if (known !== undefined) return known;
  if (depth > MAX_DEPTH) throw new BigRecordError(`A value is nested more than ${MAX_DEPTH} levels deep: it cannot be written.`);
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    copies.set(value, copy);
    for (const entry of value) copy.push(copyWithin(entry, copies, depth + 1));
    return copy;
  }
  if (!isPlain(value)) return value;
  const copy: JsonObject = {};
  copies.set(value, copy);
  for (const key of Object.keys(value)) if (key !== '__proto__') copy[key] = copyWithin(value[key], copies, depth + 1);
  return copy;
}

/** Whether a value is a plain object: one without a class. */
export function isPlain(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

import { ArgumentError } from '../errors/argument-error.js';

const MAX_DEPTH = 200;

/** A value that is being copied, and where it stands: within which other one, under which name. */
interface Place {
  readonly value: object;
  readonly name: string | number;
  readonly within: Place | undefined;
}

/**
 * A copy of a value as JSON will carry it: dates as `writeDate` spells them, `undefined` left out, `toJSON` heeded.
 *
 * @param name what the value is called in messages: the attribute, `body`
 * @throws ArgumentError that names the place, for what JSON would change silently or cannot hold: NaN, functions, symbols, a
 * Map, a Set, bytes, objects of which JSON would keep nothing, and what refers to itself
 */
export function toJson(value: unknown, name: string, writeDate: (date: Date) => string): unknown {
  return copied(value, name, undefined, writeDate);
}

/** The same for a body that is sent as it is. */
export const checkBody = (value: unknown, name: string): unknown => toJson(value, name, (date) => date.toISOString());

function copied(
  value: unknown,
  name: string | number,
  within: Place | undefined,
  writeDate: (date: Date) => string,
  isOfToJson = false,
): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return value;
    case 'number':
      if (Number.isFinite(value)) return value;
      throw refused(name, within, `is ${value}: JSON has no such number.`);
    case 'bigint':
      throw refused(name, within, 'is a bigint: JSON cannot carry it. Give its digits as a string.');
    case 'object':
      break;
    default:
      throw refused(name, within, `is a ${typeof value}: it cannot be sent.`);
  }
  if (value === null) return null;
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw refused(name, within, 'is an invalid Date.');
    return writeDate(value);
  }
  if (value instanceof Number || value instanceof String || value instanceof Boolean)
    return copied(value.valueOf(), name, within, writeDate);
  if (!isOfToJson && hasToJson(value)) return copied(value.toJSON(String(name)), name, within, writeDate, true);
  const place: Place = { value, name, within };
  assertNoCycle(place);
  if (Array.isArray(value)) return value.map((entry, index) => copied(entry, index, place, writeDate) ?? null);
  assertCarried(place);
  const plain: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (isOfToJson && key === 'toJSON') continue;
    const entry = copied((value as Record<string, unknown>)[key], key, place, writeDate);
    if (entry !== undefined && key !== '__proto__') plain[key] = entry;
  }
  return plain;
}

const hasToJson = (value: object): value is { toJSON(key: string): unknown } =>
  typeof (value as { toJSON?: unknown }).toJSON === 'function' && !ArrayBuffer.isView(value);

/** @throws ArgumentError that names the attribute which refers to itself, or is nested without end */
function assertNoCycle(place: Place): void {
  let depth = 0;
  for (let at = place.within; at !== undefined; at = at.within) {
    if (at.value === place.value)
      throw new ArgumentError(`${nameOf(at.name, at.within)} refers to itself, by ${nameOf(place.name, place.within)}. Nothing was sent.`);
    if (++depth > MAX_DEPTH)
      throw new ArgumentError(`${rootOf(place)} is nested more than ${MAX_DEPTH} levels deep: it cannot be sent. Nothing was sent.`);
  }
}

/** @throws ArgumentError for an object of which JSON would keep nothing, or numbers by index */
function assertCarried({ value, name, within }: Place): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return;
  if (value instanceof Map || value instanceof Set)
    throw refused(name, within, `is a ${value.constructor.name}: JSON would send it as {}. Give a plain object or an array.`);
  if (value instanceof Promise) throw refused(name, within, 'is a Promise: await it first.');
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
    throw refused(name, within, 'holds bytes: JSON cannot carry them. Give text, such as base64.');
  const isPlain = Object.getPrototypeOf(prototype) === null; // an object of another realm
  if (isPlain || Object.keys(value).length > 0) return;
  throw refused(name, within, `is ${described(value)}: JSON would send it as {}. Give a plain object.`);
}

function described(value: object): string {
  const name: unknown = value.constructor?.name;
  return typeof name === 'string' && name !== ''
    ? `an instance of ${name.slice(0, 60)} without properties`
    : 'an object without properties';
}

/** `dimensions.width`, `options[2].label` */
function nameOf(name: string | number, within: Place | undefined): string {
  if (within === undefined) return String(name);
  const before = nameOf(within.name, within.within);
  return typeof name === 'number' ? `${before}[${name}]` : `${before}.${name}`;
}

const rootOf = (place: Place): string => {
  let root = place;
  while (root.within !== undefined) root = root.within;
  return String(root.name);
};

const refused = (name: string | number, within: Place | undefined, why: string): ArgumentError =>
  new ArgumentError(`${nameOf(name, within)} ${why} Nothing was sent.`);

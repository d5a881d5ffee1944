import { ArgumentError } from '../errors/argument-error.js';

const MAX_DEPTH = 200;

/** A value that is being copied, and where it is: within which other one, under which name. */
interface Place {
  readonly value: object;
  readonly name: string | number;
  readonly within: Place | undefined;
}

/**
 * Copies a value as JSON will carry it: dates as `writeDate` spells them, `undefined` left out, `toJSON` called.
 *
 * @param name what the value is called in messages: the attribute, `body`
 * @throws ArgumentError that names the place, for what JSON would change silently or cannot hold: NaN, functions, symbols, a
 * Map, a Set, bytes, objects of which JSON would keep nothing, and what refers to itself
 */
export function toJson(value: unknown, name: string, writeDate: (date: Date) => string): unknown {
  return new Copier(writeDate).copy(value, name, undefined);
}

/** Copies a body that is sent as it is. */
export const checkBody = (value: unknown, name: string): unknown => toJson(value, name, (date) => date.toISOString());

class Copier {
  readonly #writeDate: (date: Date) => string;

  constructor(writeDate: (date: Date) => string) {
    this.#writeDate = writeDate;
  }

  /** @param isOfToJson whether it was returned by `toJSON()`, which is then not called again */
  copy(value: unknown, name: string | number, within: Place | undefined, isOfToJson = false): unknown {
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
        return value === null ? null : this.#copyObject(value, name, within, isOfToJson);
      default:
        throw refused(name, within, `is a ${typeof value}: it cannot be sent.`);
    }
  }

  #copyObject(value: object, name: string | number, within: Place | undefined, isOfToJson: boolean): unknown {
    if (value instanceof Date) {
      if (Number.isNaN(value.getTime())) throw refused(name, within, 'is an invalid Date.');
      return this.#writeDate(value);
    }
    if (value instanceof Number || value instanceof String || value instanceof Boolean) return this.copy(value.valueOf(), name, within);
    if (!isOfToJson && !ArrayBuffer.isView(value)) {
      const toJSON: unknown = Reflect.get(value, 'toJSON');
      if (typeof toJSON === 'function') return this.copy(toJSON.call(value, String(name)), name, within, true);
    }
    const place: Place = { value, name, within };
    assertNoCycle(place);
    if (Array.isArray(value)) return value.map((entry, index) => this.copy(entry, index, place) ?? null);
    assertCarried(place);
    const plain: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      if (key === '__proto__' || (isOfToJson && key === 'toJSON')) continue;
      const copied = this.copy(Reflect.get(value, key), key, place);
      if (copied !== undefined) plain[key] = copied;
    }
    return plain;
  }
}

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

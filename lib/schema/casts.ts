import { transformer } from '#class-transformer';
import type { AttributeDraft, Cast, Class } from './declaration.js';

/** A conversion that can also take what a program gives in place of the value itself. */
export interface AttributeCast extends Cast {
  /** A value object for a plain one; other values as they are. */
  coerce?(value: unknown): unknown;
}

/** Types that a thunk may name and that need no conversion. */
const PLAIN: ReadonlySet<unknown> = new Set([String, Number, Boolean, Object, Array]);

/** The conversion that an attribute needs, or `undefined`: most need none, and their values are taken as they are. */
export function castOf(attribute: AttributeDraft, model: Class): AttributeCast | undefined {
  const type = attribute.cast === undefined ? attribute.thunk?.() : undefined;
  const declared = attribute.cast ?? (type === undefined || PLAIN.has(type) ? undefined : type === Date ? dates : valueObjects(type));
  return declared ?? transformOf(attribute.property, model);
}

/** V2 writes RFC 2822 and `''` for none, V3 ISO 8601, some fields Unix seconds; what is no date becomes `null`. */
const dates: Cast<unknown> = { read: readDate };

function readDate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readDate);
  if (value instanceof Date) return value;
  if (value === null || value === undefined || value === '' || value === '0' || value === 0) return value === undefined ? undefined : null;
  const date = new Date(typeof value === 'number' ? value * 1000 : String(value).slice(0, 100));
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Nested value objects, one or a list, by class-transformer. */
function valueObjects(type: Class): AttributeCast {
  const constructible = type as new () => object;
  const coerce = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(coerce);
    // What it cannot convert, such as what refers to itself, stays as it is: a save says what is wrong with it.
    return isPlain(value) && isConvertible(value, type) ? transformer().plainToInstance(constructible, value) : value;
  };
  return {
    coerce,
    read: (value) => (typeof value === 'object' && value !== null ? transformer().plainToInstance(constructible, value) : value),
    write: (value) => (isConvertible(value, type) ? transformer().instanceToPlain(value) : value),
  };
}

/**
 * Whether class-transformer can write a value. Without decorators that say how, it makes `{}` of a Map, arrays of a Set, and
 * calls functions: what holds such is left as it is, and refused where it is to be sent.
 */
function isConvertible(value: unknown, type: Class): value is object {
  return typeof value === 'object' && value !== null && !isCyclic(value) && isCarried(value, type);
}

function isCarried(value: unknown, type?: Class): boolean {
  if (typeof value === 'function' || value instanceof Map || value instanceof Set) return false;
  if (typeof value !== 'object' || value === null || value instanceof Date) return true;
  if (Array.isArray(value)) return value.every((entry) => isCarried(entry, type));
  const isBare = Object.getPrototypeOf(value) === Object.prototype;
  const isOfType = type !== undefined && Object.prototype.isPrototypeOf.call(type.prototype as object, value);
  // An object of another class without properties: class-transformer would write `{}`.
  if (ArrayBuffer.isView(value) || (Object.keys(value).length === 0 && !isBare && !isOfType)) return false;
  const own = isBare ? type : (value.constructor as unknown as Class);
  return Object.entries(value).every(([name, entry]) => isCarried(entry) || (own !== undefined && transformOf(name, own) !== undefined));
}

/** Whether an object refers to itself, or is nested deeper than anything that is sent. */
function isCyclic(value: unknown, within: readonly object[] = []): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (within.length > MAX_DEPTH || within.includes(value)) return true;
  const inside = [...within, value];
  return Object.values(value).some((entry) => isCyclic(entry, inside));
}

const MAX_DEPTH = 200;

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Values that any decorator of class-transformer would change in one way or another. */
const PROBES: readonly unknown[] = ['bigrecord probe', { probe: 'bigrecord' }];

/**
 * The conversion by class-transformer's decorators on the model's own property, found by trying: its storage is not part
 * of its interface. Without such decorators, `undefined`.
 */
function transformOf(property: string, model: Class): Cast | undefined {
  const read = (value: unknown): unknown => {
    const made = transformer().plainToClassFromExist(scratch(model), { [property]: value }) as Record<string, unknown>;
    return Object.hasOwn(made, property) ? made[property] : value;
  };
  const write = (value: unknown): unknown => {
    const plain = transformer().instanceToPlain(Object.assign(scratch(model), { [property]: value }));
    return Object.hasOwn(plain, property) ? plain[property] : value;
  };
  return PROBES.every((probe) => isUntouched(read, probe) && isUntouched(write, probe)) ? undefined : { read, write };
}

/**
 * The name under which class-transformer would serialise a property: its own, that of `@Expose({ name })`, or `undefined`
 * where `@Exclude` keeps it out.
 */
export function serialisedName(property: string, model: Class): string | undefined {
  try {
    return Object.keys(transformer().instanceToPlain(Object.assign(scratch(model), { [property]: 'bigrecord probe' })))[0];
  } catch {
    return property;
  }
}

function isUntouched(convert: (value: unknown) => unknown, probe: unknown): boolean {
  try {
    return JSON.stringify(convert(probe)) === JSON.stringify(probe);
  } catch {
    return false;
  }
}

/** An object with the model's class and nothing else: no constructor has run. */
const scratch = (model: Class): object =>
  Object.defineProperty(Object.create(Object.prototype), 'constructor', { value: model, enumerable: false });

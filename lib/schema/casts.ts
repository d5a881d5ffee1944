import { BigRecordError } from '../errors/bigrecord-error.js';
import { describe } from '../transport/path.js';
import type { AttributeCast } from './attribute-cast.js';
import type { AttributeDraft, Cast, Class } from './declaration.js';
import { attributesOf, draftsOf } from './metadata.js';
import { isPlain } from './snapshot.js';
import { applyTransforms, transformsOf, typeOf } from './transformer-rules.js';
import { TO_CLASS, TO_PLAIN } from './transformer-types.js';
import { unixMilliseconds } from './unix-text.js';
import { valueObjects } from './value-objects.js';

/** Types that need no conversion. */
const PLAIN: ReadonlySet<unknown> = new Set([String, Number, Boolean, Object, Array]);

/** Returns the conversion of an attribute; `undefined` for most, whose values are used as they are. */
export function castOf(attribute: AttributeDraft, model: Class): AttributeCast | undefined {
  return withTransforms(declaredCast(attribute, model), attribute.property, model);
}

function declaredCast({ cast, thunk, property }: AttributeDraft, model: Class): AttributeCast | undefined {
  if (cast !== undefined) return named(cast, `${model.name}.${property}`);
  const type = thunk === undefined ? typeOf(model, property) : thunk();
  if (type === undefined || PLAIN.has(type)) return undefined;
  return type === Date ? dates : valueObjects(type, nestedCasts(type));
}

/** Wraps a cast of the program, so that its errors name the attribute and the value. */
function named({ read, write }: AttributeCast, attribute: string): AttributeCast {
  const attempt = (doing: string, value: unknown, work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new BigRecordError(`${attribute}: its cast could not ${doing} ${describe(value)}: ${why}`, { cause: error });
    }
  };
  return {
    read: (value) => attempt('read', value, () => read(value)),
    ...(write === undefined ? {} : { write: (value: unknown) => attempt('write', value, () => write(value)) }),
  };
}

/** Returns the conversions of a value object's own attributes. Value objects may be nested. */
const nestedCasts = (type: Class) =>
  attributesOf(draftsOf(type)).map((attribute) => {
    let cast: AttributeCast | undefined | null = null;
    return {
      name: attribute.name,
      property: attribute.property,
      // Evaluated late: a class may contain itself.
      cast: () => (cast === null ? (cast = declaredCast(attribute, type)) : cast),
    };
  });

/**
 * Adds class-transformer's `@Transform`s of the property. For a plain attribute they convert in both directions. If the attribute has a
 * type, which defines how it is read, they only affect the output. A request contains the transformed value only if there is a
 * transform for reading too.
 */
function withTransforms(base: AttributeCast | undefined, property: string, model: Class): AttributeCast | undefined {
  const { toClass: all, toPlain } = transformsOf(model, property);
  const toClass = base === undefined ? all : all.filter(({ options }) => options?.toClassOnly === true);
  if (toClass.length === 0) return base;
  return {
    read: (value, source = {}) =>
      applyTransforms(toClass, base === undefined ? value : base.read(value, source), property, source, TO_CLASS),
    write(value, source = {}) {
      const plain = applyTransforms(toPlain, value, property, source, TO_PLAIN);
      return base?.write === undefined || plain !== value ? plain : base.write(plain, source);
    },
    ...(base?.coerce === undefined ? {} : { coerce: base.coerce.bind(base) }),
  };
}

/**
 * Reads the dates of both APIs: RFC 2822, `''` and some Unix seconds in strings in V2, ISO 8601 and some Unix seconds in V3. Anything
 * else becomes `null`.
 */
const dates: AttributeCast & Cast = { read: readDate, isDate: true };

function readDate(value: unknown): unknown {
  if (typeof value === 'string') {
    if (value === '' || value === '0') return null;
    const time = (value.length < 12 ? unixMilliseconds(value) : undefined) ?? millisecondsOf(value);
    return Number.isNaN(time) ? null : new Date(time);
  }
  if (value === undefined || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(readDate);
  if (isPlain(value)) return null;
  const date = new Date(typeof value === 'number' && value !== 0 ? value * 1000 : Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Returns the milliseconds of a date string; `NaN` if it is invalid. */
function millisecondsOf(text: string): number {
  const time = isIsoUtc(text) ? isoMilliseconds(text) : Number.NaN;
  return Number.isNaN(time) ? Date.parse(text.length > 100 ? text.slice(0, 100) : text) : time;
}

/** Whether a string looks like ISO 8601 in UTC: `2026-01-05T09:00:00Z`, or with `.000Z` or `+00:00` at the end. */
function isIsoUtc(text: string): boolean {
  const { length } = text;
  const isUtc = length === 25 ? text.endsWith('+00:00') : (length === 20 || length === 24) && text.charCodeAt(length - 1) === Z;
  return isUtc && text.charCodeAt(4) === DASH && text.charCodeAt(10) === T;
}

/** Reads ISO 8601 by position, in a third of the time of `Date.parse`. Returns `NaN` if that has to read it. */
function isoMilliseconds(text: string): number {
  const month = digits(text, 5);
  const day = digits(text, 8);
  const minute = digits(text, 14);
  const second = digits(text, 17);
  const time = (digits(text, 11) * 60 + minute) * 60 + second;
  const fraction = text.length === 24 ? thousandths(text) : 0;
  const isUsual = day > 0 && day <= (DAYS[month] ?? 0) && minute < 60 && second < 60 && time < 86_400 && fraction < 1000;
  return isUsual ? Date.UTC(digits(text, 0) * 100 + digits(text, 2), month - 1, day) + time * 1000 + fraction : Number.NaN;
}

const [DASH, DOT, T, Z] = [45, 46, 84, 90];

/** Days of the months, from 1; 28 for February. */
const DAYS: readonly number[] = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Returns the milliseconds in `.123` at the end; `NaN` for anything else. */
const thousandths = (text: string): number => (text.charCodeAt(19) === DOT ? digits(text, 20) * 10 + (digits(text, 21) % 10) : Number.NaN);

/** Returns the number that two digits make; `NaN` if they are not digits. */
function digits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

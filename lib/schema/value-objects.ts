import { propertyOf } from '../json-object.js';
import type { AttributeCast } from './attribute-cast.js';
import type { Class } from './declaration.js';
import { isPlain } from './snapshot.js';
import { transformer } from './transformer.js';
import { exposedNames, isExcluded, transformsOf, typeOf } from './transformer-rules.js';

/** An `@Attribute` of a value class. */
export interface NestedAttribute {
  /** The API's name. */
  readonly name: string;
  readonly property: string;
  cast(): AttributeCast | undefined;
}

type Properties = Record<string, unknown>;

/** Converts a nested value object or an array of them, by class-transformer's decorators and `@Attribute`. */
export function valueObjects(type: Class, attributes: readonly NestedAttribute[]): AttributeCast {
  const constructible = type as new () => Properties;
  const underExposedNames = exposedForm(type);

  /** Turns a plain object, with the API's names or property names, into a value object. */
  function make(plain: Properties): object {
    const input = { ...plain };
    for (const { name, property } of attributes) if (name !== property && name in input) rename(input, name, property);
    const made = transformer().plainToInstance(constructible, underExposedNames(input));
    for (const { name, property, cast } of attributes) {
      const value = plain[name in plain ? name : property];
      const read = value === undefined ? undefined : cast();
      if (read !== undefined) made[property] = read.read(value, plain);
    }
    return made;
  }

  function unmake(instance: object): object {
    const plain = transformer().instanceToPlain(instance);
    for (const { name, property, cast } of attributes) {
      if (!(property in plain)) continue;
      const value = propertyOf(instance, property);
      const write = cast()?.write;
      if (write !== undefined) plain[property] = write(value, instance);
      if (name !== property) rename(plain, property, name);
    }
    return plain;
  }

  // A value that class-transformer cannot convert, such as a circular one, stays as it is. A save reports the problem.
  const coerce = (value: unknown): unknown => {
    if (Array.isArray(value)) return isConvertible(value, type) ? value.map(coerce) : value;
    return isPlain(value) && isConvertible(value, type) ? make(value) : value;
  };
  const write = (value: unknown): unknown => {
    if (!isConvertible(value, type)) return value;
    if (Array.isArray(value)) return value.map(write);
    const instance = coerce(value);
    return typeof instance === 'object' && instance !== null && !(instance instanceof Date) ? unmake(instance) : instance;
  };
  return { coerce, read: coerce, write };
}

/** Puts plain objects under the names that class-transformer reads, where they use those of the properties: what `@Type` nests, too. */
function exposedForm(type: Class): (plain: Properties) => Properties {
  const exposed = [...exposedNames(type)].filter(([property, name]) => property !== name);
  const shownAs = new Map(exposed.map(([property, name]) => [name, property]));
  const forms = new Map<Class, (plain: Properties) => Properties>();

  function nested(of: Class, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((entry) => nested(of, entry));
    if (!isPlain(value)) return value;
    const form = forms.get(of) ?? exposedForm(of);
    forms.set(of, form);
    return form(value);
  }

  return (plain) => {
    const input = { ...plain };
    for (const [property, name] of exposed) if (!(name in input) && property in input) rename(input, property, name);
    for (const [name, value] of Object.entries(input)) {
      const of = typeof value === 'object' && value !== null ? typeOf(type, shownAs.get(name) ?? name, plain) : undefined;
      if (of !== undefined) input[name] = nested(of, value);
    }
    return input;
  };
}

function rename(object: Properties, from: string, to: string): void {
  object[to] = object[from];
  delete object[from];
}

/**
 * Whether class-transformer can convert a value. Without decorators it turns a Map into `{}` and a Set into an array, and calls
 * functions. So a value that contains one of these stays as it is, and is refused when it is to be sent.
 */
function isConvertible(value: unknown, type: Class): value is object {
  return typeof value === 'object' && value !== null && !isCyclic(value) && isCarried(value, type);
}

function isCarried(value: unknown, type?: Class): boolean {
  if (typeof value === 'function' || value instanceof Map || value instanceof Set) return false;
  if (typeof value !== 'object' || value === null || value instanceof Date) return true;
  if (Array.isArray(value)) return value.every((entry) => isCarried(entry, type));
  const isBare = isPlain(value);
  const isOfType = type !== undefined && Object.prototype.isPrototypeOf.call(type.prototype, value);
  // An object of another class without properties: class-transformer would write `{}`.
  if (ArrayBuffer.isView(value) || (Object.keys(value).length === 0 && !isBare && !isOfType)) return false;
  const own = isBare ? type : value.constructor;
  return Object.entries(value).every(([name, entry]) => isCarried(entry) || (own !== undefined && hasConversion(own, name)));
}

/** Whether decorators define how a property is converted. */
function hasConversion(model: object, property: string): boolean {
  const { toClass, toPlain } = transformsOf(model, property);
  return toClass.length + toPlain.length > 0 || isExcluded(model, property) || typeOf(model, property) !== undefined;
}

/** Whether an object is circular, or nested too deeply to be sent. */
function isCyclic(value: unknown, within: readonly object[] = []): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (within.length > MAX_DEPTH || within.includes(value)) return true;
  const inside = [...within, value];
  return Object.values(value).some((entry) => isCyclic(entry, inside));
}

const MAX_DEPTH = 200;

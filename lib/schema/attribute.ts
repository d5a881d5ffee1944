import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import type { Decimals } from './decimals.js';
import type { Cast, Class, Validation } from './declaration.js';
import { draftAt, isContext, type MemberDecorator } from './metadata.js';

/** Options of {@link Attribute}. */
export interface AttributeOptions {
  /** The API's name, if the property has another. */
  name?: string;
  /** Set by the store: loaded, never sent. Changing it makes `save()` throw a ReadonlyAttributeError. */
  readOnly?: boolean;
  /** Of a read-only attribute: the attribute that is set instead. @example `{ readOnly: true, setBy: 'status_id' }` */
  setBy?: string;
  /** A conversion of your own. @example { read: (text) => text.split(','), write: (list) => list.join(',') } */
  cast?: Cast<never> | Cast;
  /** The API requires it when a record is created. The store checks it, not the model. */
  required?: boolean;
  /** The API refuses a second record with the same value. */
  unique?: boolean;
  /**
   * Decimal places that the store keeps of this number: a save sends and compares it rounded to these, halves away from zero,
   * so that `price = 0.1 + 0.2` sends `0.3`. Money of the models in `bigrecord/v3` has 4, as the catalog keeps it (its V2 form
   * shows `"199.9000"`). For a nested value, by the names of the numbers in it: `{ amount: 4 }`. Default: sent as it is.
   */
  decimals?: Decimals;
}

const ATTRIBUTE_OPTIONS = {
  name: 1,
  readOnly: 1,
  setBy: 1,
  cast: 1,
  required: 1,
  unique: 1,
  decimals: 1,
} as const satisfies Record<keyof AttributeOptions, 1>;

/**
 * Declares a property as an attribute of the resource.
 *
 * @param type a thunk: `() => Date` for a date, `() => Address` for a nested value object or an array of them (made with
 * class-transformer, whose decorators it may carry). `() => Number`, `String`, `Boolean`, `Array` or `Object` converts nothing, but
 * says which type the API has: a numeric key is then checked before it is sent. Left out: the JSON value as it is; V2 money stays a
 * decimal string. Types that a compiler emits play no part.
 * @example
 * @Attribute(() => Number, { readOnly: true }) readonly id!: number;
 * @Attribute() name!: string;
 * @Attribute(() => Date, { readOnly: true }) date_created!: Date | null;
 * @Attribute({ name: 'date_modified' }) modifiedAt!: string;
 */
export function Attribute(options?: AttributeOptions): MemberDecorator;
export function Attribute(type: () => Class, options?: AttributeOptions): MemberDecorator;
export function Attribute(first?: AttributeOptions | (() => Class), second?: AttributeOptions): MemberDecorator {
  const thunk = typeof first === 'function' ? first : undefined;
  const options = (typeof first === 'function' ? second : first) ?? {};
  return (target, context) => {
    const property = propertyName(context, 'Attribute');
    assertField(target, context, property);
    assertKnownOptions(options, ATTRIBUTE_OPTIONS, `@Attribute of \`${property}\``, ConfigurationError);
    checkDecimals(property, options.decimals);
    draftAt(target, context).attributes.set(property, {
      property,
      name: options.name ?? property,
      readOnly: options.readOnly ?? false,
      setBy: options.setBy,
      required: options.required ?? false,
      unique: options.unique ?? false,
      decimals: options.decimals,
      thunk,
      cast: options.cast,
    });
  };
}

/** @throws ConfigurationError for an accessor or a method, which would hide the data of the record */
function assertField(target: unknown, context: unknown, property: string): void {
  if (isContext(context) ? context.kind === 'field' : !Object.hasOwn(Object(target), property)) return;
  throw new ConfigurationError(
    `@Attribute belongs on a field: \`${property}\` is an accessor or a method. For a computed value in JSON use class-transformer's @Expose().`,
  );
}

/** @throws ConfigurationError for an invalid number of decimal places */
function checkDecimals(property: string, decimals: unknown): void {
  const all = typeof decimals === 'object' && decimals !== null ? Object.values(decimals) : [decimals];
  if (decimals === undefined || all.every((each) => Number.isInteger(each) && Number(each) >= 0 && Number(each) <= 15)) return;
  throw new ConfigurationError(
    `@Attribute of \`${property}\`: decimals must be a whole number from 0 to 15, or an object of such numbers.`,
  );
}

/**
 * Checks a property before its record is saved; a message stops the save before any request.
 *
 * @example
 * @Validate((price) => (Number(price) < 0 ? 'must not be negative' : undefined)) @Attribute() price!: string;
 */
export function Validate<Value = unknown, Record = object>(
  check: (value: Value, record: Record) => ReturnType<Validation>,
): MemberDecorator {
  return (target, context) => {
    const property = propertyName(context, 'Validate');
    const { validations } = draftAt(target, context);
    validations.set(property, [...(validations.get(property) ?? []), check]);
  };
}

/** The name of the decorated property, in either call shape. */
export function propertyName(context: unknown, decorator: string): string {
  const name = isContext(context) ? context.name : context;
  if (typeof name === 'string' && !name.startsWith('#')) return name;
  throw new ConfigurationError(`@${decorator} belongs on a public property with a plain name, not on ${String(name)}.`);
}

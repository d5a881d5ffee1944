import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import type { Decimals } from './decimals.js';
import type { Cast, Class, Validation } from './declaration.js';
import { draftAt, isContext, type MemberDecorator } from './metadata.js';

/** Options of {@link Attribute}. */
export interface AttributeOptions {
  /** The API's name, if the property has another. */
  name?: string;
  /** Whether only the store sets it: it is loaded, never sent. If it was changed, `save()` throws a ReadonlyAttributeError. */
  readOnly?: boolean;
  /** The attribute to set instead of a read-only one. @example `{ readOnly: true, setBy: 'status_id' }` */
  setBy?: string;
  /**
   * A conversion of your own. A type beside it says what the API has.
   *
   * @example { read: (joined) => joined.split(','), write: (parts) => parts.join(',') }
   */
  cast?: Cast<never> | Cast;
  /** Whether the API requires it when a record is created. The store checks this, not the model. */
  required?: boolean;
  /** Whether the API refuses a second record with the same value. */
  unique?: boolean;
  /**
   * The decimal places that the store keeps of this number. A save rounds to them, halves away from zero, before it compares and
   * sends the value: `price = 0.1 + 0.2` sends `0.3`. Money in the models of `bigrecord/v3` has 4, like the catalog (V2 returns
   * `"199.9000"`). For a nested value, pass the numbers in it by name: `{ amount: 4 }`. Default: the number is sent as it is.
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
 * @param type a function that returns the type: `() => Date` for a date, `() => Address` for a nested value object or an array of them
 * (built with class-transformer, whose decorators it may have). `() => Number`, `String`, `Boolean`, `Array` or `Object` converts
 * nothing but states the type in the API, so that a numeric key is checked before it is sent. Default: the JSON value as it is; V2
 * money stays a decimal string. Types that a compiler emits are ignored.
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

/** @throws ConfigurationError if the property is an accessor or a method, which would hide the data of the record */
function assertField(target: unknown, context: unknown, property: string): void {
  if (isContext(context) ? context.kind === 'field' : !Object.hasOwn(Object(target), property)) return;
  throw new ConfigurationError(
    `@Attribute belongs on a field: \`${property}\` is an accessor or a method. Use class-transformer's @Expose() for a computed value in JSON.`,
  );
}

/** @throws ConfigurationError if the number of decimal places is invalid */
function checkDecimals(property: string, decimals: unknown): void {
  const all = typeof decimals === 'object' && decimals !== null ? Object.values(decimals) : [decimals];
  if (decimals === undefined || all.every((each) => Number.isInteger(each) && Number(each) >= 0 && Number(each) <= 15)) return;
  throw new ConfigurationError(
    `@Attribute of \`${property}\`: decimals must be a whole number from 0 to 15, or an object of such numbers.`,
  );
}

/**
 * Validates a property before its record is saved. If the function returns a message, the save throws a ValidationError before any
 * request, with the message by property in `errors`.
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

/** Returns the name of the decorated property, for both kinds of decorators. */
export function propertyName(context: unknown, decorator: string): string {
  const name = isContext(context) ? context.name : context;
  if (typeof name === 'string' && !name.startsWith('#')) return name;
  throw new ConfigurationError(`@${decorator} belongs on a public property with a plain name, not on ${String(name)}.`);
}

import { ArgumentError } from '../errors/argument-error.js';
import { isJsonObject, propertyOf } from '../json-object.js';
import { describe } from '../transport/path.js';

/** Parameters of a job whose definition does not say their type: whatever JSON can hold, and dates. */
export type AnyParams = ReturnType<typeof JSON.parse>;

/** How a date is kept, so that it is one again in other processes. */
const DATE = '$date';

/** Returns parameters as text. The same parameters give the same text. @throws ArgumentError for what JSON cannot carry; it names the place */
export function encodeParams(params: unknown): string {
  return JSON.stringify(plain(params ?? {}, 'params', []));
}

/** Returns what {@link encodeParams} was given. */
export function decodeParams<P>(text: string): P {
  return JSON.parse(text, (_, value: unknown) => {
    const time = isJsonObject(value) && Object.keys(value).length === 1 ? value[DATE] : undefined;
    return typeof time === 'string' ? new Date(time) : value;
  });
}

/** Returns a copy of the parameters as other processes see them. @throws ArgumentError if JSON cannot carry them */
export const portableParams = <P>(params: P): P => decodeParams(encodeParams(params));

function plain(value: unknown, place: string, parents: readonly unknown[]): unknown {
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (value instanceof Date && !Number.isNaN(value.getTime())) return { [DATE]: value.toISOString() };
  if (typeof value !== 'object' || value instanceof Date) throw notPortable(value, place);
  if (parents.includes(value))
    throw new ArgumentError(`The params of a job must be JSON, since other processes read them; \`${place}\` contains itself.`);
  const toJSON = propertyOf(value, 'toJSON');
  if (typeof toJSON === 'function') return plain(toJSON.call(value), place, [...parents, value]);
  if (Array.isArray(value)) return value.map((each, at) => plain(each, `${place}[${at}]`, [...parents, value]));
  if (!isPlain(value)) throw notPortable(value, place);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each, `${place}.${name}`, [...parents, value])]));
}

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

function notPortable(value: unknown, place: string): ArgumentError {
  const what = typeof value === 'object' && value !== null ? `a ${value.constructor.name}` : describe(value);
  return new ArgumentError(
    `The params of a job must be JSON or dates, since other processes read them; \`${place}\` is ${what}. Pass a string, a number, an array or a plain object.`,
  );
}

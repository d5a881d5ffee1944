import { givesProperties } from '../given.js';
import { propertyOf } from '../json-object.js';
import { isThenable } from '../thenable.js';
import { didYouMean, nearest } from './nearest.js';

/** The names of options; `satisfies Record<keyof Options, 1>` keeps them in step with their type. */
export type OptionNames = Readonly<Record<string, unknown>>;

type OptionError = new (message: string) => Error;

/**
 * Refuses options that do not exist: a misspelt one would be ignored silently.
 *
 * @param what the owner of the options, for the message: `find()`, `A session`
 * @throws an error of the given class that names the option and the nearest known one
 */
export function assertKnownOptions(given: unknown, known: OptionNames, what: string, ErrorClass: OptionError, hint = ''): void {
  if (given === undefined) return;
  if (!givesProperties(given)) throw new ErrorClass(`${what}: options must be an object, got ${kindOf(given)}.${hint}`);
  // Inherited properties count, as in destructuring. So a signal passed in place of the options is detected too.
  for (const name in given) {
    if (Object.hasOwn(known, name) || propertyOf(given, name) === undefined) continue;
    const names = Object.keys(known);
    const guess = didYouMean(nearest(name, names));
    throw new ErrorClass(`${what} has no option \`${name.slice(0, 60)}\`${guess} Options: ${names.join(', ') || 'none'}.${hint}`);
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (isThenable(value)) return 'a promise or a query';
  return typeof value === 'object' ? `a ${value.constructor.name}` : `a ${typeof value}`;
}

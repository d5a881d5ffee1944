import { propertyOf } from '../json-object.js';
import { nearest } from './nearest.js';

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
  if (typeof given !== 'object' || given === null)
    throw new ErrorClass(`${what}: options must be an object, got ${given === null ? 'null' : `a ${typeof given}`}.${hint}`);
  // Inherited properties count, as in destructuring. So a signal or a query passed in place of the options is detected too.
  for (const name in given) {
    if (Object.hasOwn(known, name) || propertyOf(given, name) === undefined) continue;
    const names = Object.keys(known);
    const suggestion = nearest(name, names);
    const guess = suggestion === undefined ? '' : `; did you mean \`${suggestion}\`?`;
    throw new ErrorClass(
      `${what} has no option \`${name.slice(0, 60)}\`${guess}${guess === '' ? '.' : ''} Options: ${names.join(', ') || 'none'}.${hint}`,
    );
  }
}

import { propertyOf } from '../json-object.js';
import { nearest } from './nearest.js';

/** The names of the options of one kind, as `satisfies Record<keyof Options, 1>` keeps them in step with their type. */
export type OptionNames = Readonly<Record<string, unknown>>;

type OptionError = new (message: string) => Error;

/**
 * Refuses an option that does not exist: a misspelt one would be ignored silently.
 *
 * @param what whose options these are, for the message: `find()`, `A session`
 * @throws an error of the given class that names the option, and the nearest that there is
 */
export function assertKnownOptions(given: unknown, known: OptionNames, what: string, ErrorClass: OptionError, hint = ''): void {
  if (given === undefined) return;
  if (typeof given !== 'object' || given === null)
    throw new ErrorClass(`${what}: options must be an object, got ${given === null ? 'null' : `a ${typeof given}`}.${hint}`);
  // Inherited ones count, as they do for destructuring: so a signal or a query given in place of the options is noticed too.
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

import { ArgumentError } from '../errors/argument-error.js';
import { describe } from '../transport/path.js';

/** Parameters of a job whose definition does not say their type: whatever JSON can hold. */
export type AnyParams = ReturnType<typeof JSON.parse>;

/** Returns a copy of the parameters as other processes see them. @throws ArgumentError if JSON cannot carry them */
export function portableParams<P>(params: P): P {
  let text: string | undefined;
  try {
    text = JSON.stringify(params ?? {});
  } catch {
    // a circular structure, a BigInt
  }
  if (text === undefined)
    throw new ArgumentError(`The params of a job must be JSON, since other processes read them; got ${describe(params)}.`);
  return JSON.parse(text);
}

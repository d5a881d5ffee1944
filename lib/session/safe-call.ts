import { isThenable } from '../thenable.js';

const reported = new WeakSet<object>();

/**
 * Calls a function of the user's whose failure must not disturb the work: an error that it throws, now or later, becomes a
 * process warning.
 *
 * @param what names the function in the warning
 * @param source the user's object that fails; warned of once, however often it is called
 */
export function callSafely(what: string, call: () => unknown, source: object): void {
  try {
    const result = call();
    if (isThenable(result)) Promise.resolve(result).catch((error: unknown) => warnOfFailure(what, error, source));
  } catch (error) {
    warnOfFailure(what, error, source);
  }
}

/** Warns that a function of the user's failed, once for its source. */
export function warnOfFailure(what: string, error: unknown, source: object): void {
  if (reported.has(source)) return;
  reported.add(source);
  process.emitWarning(`bigrecord: ${what} threw: ${reasonOf(error)}`);
}

/** Returns what an error, or whatever else was thrown, says of itself; never throws. */
export function reasonOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return 'something that cannot be shown';
  }
}

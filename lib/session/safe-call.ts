const reported = new WeakSet<object>();

/**
 * Calls a function of the user's whose failure must not disturb the work: what it throws, now or later, becomes a process warning.
 *
 * @param what names it in the warning
 * @param source what fails: it is warned of once, however often it is called
 */
export function harmlessly(what: string, call: () => unknown, source: object): void {
  const warn = (error: unknown): void => {
    if (reported.has(source)) return;
    reported.add(source);
    process.emitWarning(`bigrecord: ${what} threw: ${reasonOf(error)}`);
  };
  try {
    const result = call();
    if (isThenable(result)) Promise.resolve(result).catch(warn);
  } catch (error) {
    warn(error);
  }
}

/** Whether a value is a promise or can be awaited like one. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';

/** What an error, or whatever else was thrown, says of itself; never throws. */
export function reasonOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return 'something that cannot be shown';
  }
}

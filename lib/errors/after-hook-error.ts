import { BigRecordError } from './bigrecord-error.js';

/**
 * An after-hook threw, but the operation itself succeeded. The record is saved (or destroyed): do not repeat the call. The error of
 * the hook is the `cause`.
 *
 * @example
 * try {
 *   await Product.create({ … });
 * } catch (error) {
 *   if (error instanceof AfterHookError) console.warn(error.record, error.cause);   // created nevertheless
 * }
 */
export class AfterHookError extends BigRecordError {
  /** The record, in its saved state. */
  declare readonly record: object;
  /** The kind of hook: `'afterCreate'`, `'afterSave'`, … */
  readonly hook: string;

  constructor(message: string, record: object, hook: string, cause: unknown) {
    super(message, { cause });
    // Not enumerable: printing the error must not print the record as well.
    Object.defineProperty(this, 'record', { value: record, enumerable: false });
    this.hook = hook;
  }
}

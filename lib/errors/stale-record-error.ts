import { BigRecordError } from './bigrecord-error.js';

/**
 * The record cannot be saved: it was destroyed or, with `{ ifUnchanged: true }`, somebody else has changed the same fields in the
 * store since it was read. Nothing was sent.
 */
export class StaleRecordError extends BigRecordError {
  /** The fields that somebody else has changed, with the value that was read and the current one. */
  readonly conflicts: Readonly<Record<string, readonly [read: unknown, now: unknown]>>;

  constructor(message: string, conflicts: Readonly<Record<string, readonly [read: unknown, now: unknown]>> = {}) {
    super(message);
    this.conflicts = conflicts;
  }
}

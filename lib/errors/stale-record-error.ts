import { BigRecordError } from './bigrecord-error.js';

/**
 * The record cannot be saved: it was destroyed, or, where `{ ifUnchanged: true }` was asked for, somebody else has changed
 * the same fields on the store since it was read. Nothing was sent.
 */
export class StaleRecordError extends BigRecordError {
  /** The fields that somebody else has changed, with what was read and what is there now. */
  readonly conflicts: Readonly<Record<string, readonly [read: unknown, now: unknown]>>;

  constructor(message: string, conflicts: Readonly<Record<string, readonly [read: unknown, now: unknown]>> = {}) {
    super(message);
    this.conflicts = conflicts;
  }
}

import { BigRecordError } from './bigrecord-error.js';

/** A record that a bulk write could not write, and why. */
export interface BulkFailure<T = unknown> {
  readonly record: T;
  readonly error: Error;
}

/** Some records of a bulk write failed; thrown by `BulkResult.orThrow()`. What is in `succeeded` is saved. */
export class BulkError<T = unknown> extends BigRecordError {
  readonly succeeded: readonly T[];
  readonly failed: readonly BulkFailure<T>[];

  constructor(succeeded: readonly T[], failed: readonly BulkFailure<T>[]) {
    const shown = failed
      .slice(0, 3)
      .map(({ error }) => error.message)
      .join(' | ');
    super(
      `${failed.length} of ${succeeded.length + failed.length} records failed; the others are saved. ${shown}${failed.length > 3 ? ' | …' : ''}` +
        ' See `failed` for each record with its error.',
    );
    this.succeeded = succeeded;
    this.failed = failed;
  }
}

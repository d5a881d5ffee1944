import { BigRecordError } from './bigrecord-error.js';

/** A record that a bulk write could not write, and why. */
export interface BulkFailure<T = unknown> {
  readonly record: T;
  readonly error: Error;
}

/** What became of the records of a bulk write, as an error carries it. */
interface Outcomes<T> {
  readonly succeeded: readonly T[];
  readonly failed: readonly BulkFailure<T>[];
  readonly requests: number;
}

/**
 * Some records of a bulk write failed; thrown by `BulkResult.orThrow()`, and by a run that ends in something that cannot carry
 * its `result`, which is then the `cause`. What is in `succeeded` is saved.
 */
export class BulkError<T = unknown> extends BigRecordError {
  readonly succeeded: readonly T[];
  readonly failed: readonly BulkFailure<T>[];
  /** Everything that is known of the run. */
  declare readonly result: Outcomes<T>;

  constructor(result: Outcomes<T>, options?: ErrorOptions) {
    super(messageOf(result, options), options);
    this.succeeded = result.succeeded;
    this.failed = result.failed;
    carryResult(this, result);
  }
}

/**
 * Puts the result of a run on the error that ended it, where nobody sees it when the error is printed.
 *
 * @returns whether the error carries it now: not one that cannot be extended, or carries the result of another run already
 */
export function carryResult(error: object, result: unknown): boolean {
  if (!Object.isExtensible(error) || Object.hasOwn(error, 'result')) return false;
  Object.defineProperty(error, 'result', { value: result, configurable: true, enumerable: false, writable: true });
  return true;
}

function messageOf({ succeeded, failed }: Outcomes<unknown>, options: ErrorOptions | undefined): string {
  if (options !== undefined)
    return `The run was ended (${describe(options.cause)}): ${succeeded.length} records are saved, ${failed.length} are not. See \`result\`.`;
  const shown = failed
    .slice(0, 3)
    .map(({ error }) => error.message)
    .join(' | ');
  return (
    `${failed.length} of ${succeeded.length + failed.length} records failed; the others are saved. ${shown}${failed.length > 3 ? ' | …' : ''}` +
    ' See `failed` for each record with its error.'
  );
}

const describe = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

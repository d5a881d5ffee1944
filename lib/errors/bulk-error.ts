import { BigRecordError } from './bigrecord-error.js';

/** A record that a bulk write could not write, and its error. */
export interface BulkFailure<T = unknown> {
  readonly record: T;
  readonly error: Error;
}

/** The result of a bulk write. */
interface Outcomes<T> {
  readonly succeeded: readonly T[];
  readonly failed: readonly BulkFailure<T>[];
  readonly requests: number;
}

/**
 * Some records of a bulk write failed. Thrown by `BulkResult.orThrow()`, and by a run that ended early for a reason that cannot have
 * a property `result`; the reason is then the `cause`. The records in `succeeded` are saved.
 */
export class BulkError<T = unknown> extends BigRecordError {
  readonly succeeded: readonly T[];
  readonly failed: readonly BulkFailure<T>[];
  /** The whole result of the run. */
  declare readonly result: Outcomes<T>;

  constructor(result: Outcomes<T>, options?: ErrorOptions) {
    super(messageOf(result, options), options);
    this.succeeded = result.succeeded;
    this.failed = result.failed;
    carryResult(this, result);
  }
}

/**
 * Attaches the result of a run to the error that ended it. It is not enumerable, so that printing the error does not print it.
 *
 * @returns whether it was attached; it is not if the error is not extensible or already has a result
 */
export function carryResult(error: object, result: unknown): boolean {
  if (!Object.isExtensible(error) || Object.hasOwn(error, 'result')) return false;
  Object.defineProperty(error, 'result', { value: result, configurable: true, enumerable: false, writable: true });
  return true;
}

function messageOf({ succeeded, failed }: Outcomes<unknown>, options: ErrorOptions | undefined): string {
  if (options !== undefined)
    return `The run ended early (${describe(options.cause)}): ${succeeded.length} records are saved, ${failed.length} are not. See \`result\`.`;
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

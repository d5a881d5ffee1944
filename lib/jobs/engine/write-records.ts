import type { BulkRun } from '../../bulk/bulk-run.js';
import { propertyOf } from '../../json-object.js';
import { isOfStore, isTransient, TransientError } from './errors.js';

/** The errors of the records that a bulk write could not write, by record, and the requests it took. */
export interface BulkErrors {
  readonly errors: ReadonlyMap<unknown, Error>;
  readonly requests: number;
}

/**
 * Runs a bulk write of the engine.
 *
 * @param isToBeTold whether the caller deals with a transient error of a record itself
 * @throws TransientError if the store could not be reached for a record; an error that concerns the whole store
 */
export async function runBulk(run: BulkRun<object>, isToBeTold: (error: Error) => boolean = () => false): Promise<BulkErrors> {
  const { failed, requests } = await run;
  const errors = new Map<unknown, Error>();
  let transient: Error | undefined;
  for (const { record, error } of failed) {
    if (isOfStore(error)) throw error;
    if (isTransient(error) && !isToBeTold(error)) transient ??= error;
    errors.set(record, error);
  }
  if (transient !== undefined) throw new TransientError(transient);
  return { errors, requests };
}

/** Yields records as long as this process may write: a batch that is not formed is not sent. */
export function* whileOurs(records: Iterable<object>, assertOurs: () => void): Generator<object, void, undefined> {
  for (const record of records) {
    assertOurs();
    yield record;
  }
}

/** Passes a transient error on as such. */
export async function orTransient<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isTransient(error) ? new TransientError(error) : error;
  }
}

/** Whether a value is the outcome of a bulk write. */
export function failuresIn(value: unknown): readonly { record: unknown; error: unknown }[] {
  const failed = propertyOf(value, 'failed');
  return Array.isArray(failed) ? failed.map((each) => ({ record: propertyOf(each, 'record'), error: propertyOf(each, 'error') })) : [];
}

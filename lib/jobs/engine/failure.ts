import { type FieldErrors, fieldErrors } from '../../errors/field-errors.js';
import { HttpError } from '../../errors/http-error.js';
import { ValidationError } from '../../errors/validation-error.js';
import type { JsonObject } from '../../json-object.js';
import type { Key, PathParams } from '../../transport/path.js';

/**
 * Where a row failed: in the function of the definition (`'define'`), when it was written (`'write'`), because the record in the store
 * is neither as it was nor as it should become (`'conflict'`), or because it ended the process again and again (`'poison'`).
 */
export type Stage = 'define' | 'write' | 'conflict' | 'poison';

/** A row that a job could not do. It can be read, fixed and tried again. */
export interface JobFailure {
  /** Identifies the failure within its run. */
  readonly id: string;
  readonly store: string;
  readonly partition: string;
  /** The record's key, the natural key of a create, or the key of a row. */
  readonly key: Key;
  /**
   * What `retry` sends: the attributes to set, with the key; those of the record to create; or the row as it was read, if its function
   * failed. Change it before `retry([failure])` to fix it.
   */
  row: JsonObject;
  readonly stage: Stage;
  /** The values of the attributes before the change, if there were any. */
  readonly before?: JsonObject | undefined;
  /** The keys of the record's parents, for a nested resource. */
  readonly parents?: PathParams | undefined;
  readonly message: string;
  /** Messages by field; others under `base`. */
  readonly errors: FieldErrors;
  /** The status of the store's response, if there was one. */
  readonly status?: number | undefined;
  /** How often the row was tried. */
  readonly attempt: number;
}

/** A failure before it has been kept, and got its id. */
export type NewFailure = Omit<JobFailure, 'id' | 'store' | 'partition'>;

/** Describes the failure of a row. */
export function failureOf(error: unknown, of: Pick<NewFailure, 'key' | 'row' | 'stage' | 'before' | 'parents' | 'attempt'>): NewFailure {
  const message = error instanceof Error ? error.message : String(error);
  return { ...of, message, errors: errorsOf(error, message), ...(error instanceof HttpError && { status: error.status }) };
}

function errorsOf(error: unknown, message: string): FieldErrors {
  if (error instanceof ValidationError && Object.keys(error.errors).length > 0) return error.errors;
  const found = error instanceof HttpError ? fieldErrors(error.body) : {};
  return Object.keys(found).length > 0 ? found : { base: [message] };
}

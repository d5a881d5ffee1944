import { ClientError } from './client-error.js';
import { type FieldErrors, fieldErrors } from './field-errors.js';
import type { HttpErrorInit } from './http-error.js';

/**
 * Status 422: the store refused the values, or a validation of the model did before anything was sent.
 * `errors` maps each field (`'variants.0.price'`, or `'base'` for the whole record) to its messages;
 * the same map is on `record.fieldErrors`.
 */
export class ValidationError extends ClientError {
  readonly errors: FieldErrors;

  constructor(message: string, init: HttpErrorInit, errors: FieldErrors = fieldErrors(init.body)) {
    super(message, init);
    this.errors = errors;
  }
}

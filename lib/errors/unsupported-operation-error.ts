import { BigRecordError } from './bigrecord-error.js';

/** The resource does not support the operation. Nothing was sent. */
export class UnsupportedOperationError extends BigRecordError {}

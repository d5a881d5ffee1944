import { BigRecordError } from './bigrecord-error.js';

/** The resource does not have the verb that was asked for. Nothing was sent. */
export class UnsupportedOperationError extends BigRecordError {}

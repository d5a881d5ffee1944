import { BigRecordError } from './bigrecord-error.js';

/** A call received an invalid argument: an invalid key, a filter value that is `undefined`, a path outside the resource. Nothing was sent. */
export class ArgumentError extends BigRecordError {}

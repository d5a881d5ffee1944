import { BigRecordError } from './bigrecord-error.js';

/** A call received an invalid argument: an id that is not one, a filter value that is `undefined`, a path that leaves its resource. Nothing was sent. */
export class ArgumentError extends BigRecordError {}

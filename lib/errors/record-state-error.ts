import { ArgumentError } from './argument-error.js';

/** A method was called on a copy or a Proxy of a record, or a copy was passed instead of a record. `Model.load(copy)` returns a record. */
export class RecordStateError extends ArgumentError {}

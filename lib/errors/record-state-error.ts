import { ArgumentError } from './argument-error.js';

/** A method was called on a copy or a Proxy of a record, or a copy was passed where a record is needed: `Model.load(copy)` makes one. */
export class RecordStateError extends ArgumentError {}

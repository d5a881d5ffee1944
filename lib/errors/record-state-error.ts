import { ArgumentError } from './argument-error.js';

/**
 * The record is not in a state that allows the call. A method was called on a copy or a Proxy of a record, or a copy was passed instead
 * of a record: `Model.load(copy)` returns a record. Or the record was created without the store telling its key (`isNew` is false and
 * the key `undefined`), and the call needs it: read the record from the store.
 */
export class RecordStateError extends ArgumentError {}

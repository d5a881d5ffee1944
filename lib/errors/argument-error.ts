import { BigRecordError } from './bigrecord-error.js';

/** A call was given something that it cannot use: an id that is no id, a filter value that is \`undefined\`, a path that leaves its resource. Nothing was sent. */
export class ArgumentError extends BigRecordError {}

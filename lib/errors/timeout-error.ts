import { NetworkError } from './network-error.js';

/** A limit of the session's `timeout` option was exceeded; `phase` states which. */
export class TimeoutError extends NetworkError {}

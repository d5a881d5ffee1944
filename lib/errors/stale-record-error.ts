import { BigRecordError } from './bigrecord-error.js';

/** The record cannot be saved any more: it was destroyed, here or on the server. */
export class StaleRecordError extends BigRecordError {}

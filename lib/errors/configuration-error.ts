import { BigRecordError } from './bigrecord-error.js';

/** A session or a model was declared in a way that cannot work: credentials missing, a path missing, a reserved name taken. Nothing was sent. */
export class ConfigurationError extends BigRecordError {}

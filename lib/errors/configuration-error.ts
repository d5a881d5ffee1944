import { BigRecordError } from './bigrecord-error.js';

/** The configuration of a session or the declaration of a model is invalid: missing credentials, a missing path, a reserved name. Nothing was sent. */
export class ConfigurationError extends BigRecordError {}

import { ClientError } from './client-error.js';

/** Status 404, or a list by ids that lacks a requested id. */
export class RecordNotFoundError extends ClientError {}

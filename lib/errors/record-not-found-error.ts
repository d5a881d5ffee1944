import { ClientError } from './client-error.js';

/** Status 404, or a list by ids in which an asked id is missing. */
export class RecordNotFoundError extends ClientError {}

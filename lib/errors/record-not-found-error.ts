import { ClientError } from './client-error.js';

/** Status 404, or a list by keys without a requested record. */
export class RecordNotFoundError extends ClientError {}

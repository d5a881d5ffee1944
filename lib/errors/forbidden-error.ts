import { ClientError } from './client-error.js';

/** Status 403: the credentials are valid, but the OAuth scope or the plan of the store does not allow the request. */
export class ForbiddenError extends ClientError {}

import { ClientError } from './client-error.js';

/** Status 401: the credentials are missing, wrong or revoked. */
export class UnauthorizedError extends ClientError {}

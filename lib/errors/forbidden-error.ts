import { ClientError } from './client-error.js';

/** Status 403: the credentials are good but lack the OAuth scope, or the plan lacks the feature. */
export class ForbiddenError extends ClientError {}

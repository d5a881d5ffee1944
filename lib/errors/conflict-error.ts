import { ClientError } from './client-error.js';

/** Status 409: the change collides with the state of the store, such as a name that is taken. */
export class ConflictError extends ClientError {}

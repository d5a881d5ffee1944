import { ClientError } from './client-error.js';

/** Status 409: the change conflicts with the state of the store. For example, the name is already in use. */
export class ConflictError extends ClientError {}

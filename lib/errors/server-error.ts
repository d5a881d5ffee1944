import { HttpError } from './http-error.js';

/** The store, or a gateway before it, failed (status 5xx). */
export class ServerError extends HttpError {}

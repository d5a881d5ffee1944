import { HttpError } from './http-error.js';

/** The store, or a gateway before it, failed (status 5xx). A POST may have been carried out all the same: see `isUncertain`. */
export class ServerError extends HttpError {}

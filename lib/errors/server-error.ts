import { HttpError } from './http-error.js';

/** The store or a gateway in front of it failed (status 5xx). A POST may have been processed nevertheless: see `isUncertain`. */
export class ServerError extends HttpError {}

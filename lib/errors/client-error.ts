import { HttpError } from './http-error.js';

/** The store refused the request (status 4xx): sending it again unchanged will not help. */
export class ClientError extends HttpError {}

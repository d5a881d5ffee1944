import { HttpError } from './http-error.js';

/**
 * The store refused the request (status 4xx): sending it again unchanged will not help. For 408, 425 and 499, with which gateways
 * give up waiting, `isUncertain` is true if the store may have processed the request.
 */
export class ClientError extends HttpError {}

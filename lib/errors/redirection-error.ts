import { HttpError } from './http-error.js';

/** The store answered with another address (status 3xx). Redirects are never followed: the credentials would travel with them. */
export class RedirectionError extends HttpError {}

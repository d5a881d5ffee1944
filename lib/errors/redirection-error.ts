import { HttpError } from './http-error.js';

/** The store redirected the request (status 3xx). Redirects are never followed: the credentials would go to the new address. */
export class RedirectionError extends HttpError {}

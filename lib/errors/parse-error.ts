import { HttpError } from './http-error.js';

/** The answer says success, and its body is not what the request calls for: HTML, broken JSON, a list for a record. */
export class ParseError extends HttpError {}

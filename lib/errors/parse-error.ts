import { HttpError } from './http-error.js';

/** The response is a success with an unexpected body: HTML, malformed JSON, or an array instead of a record. */
export class ParseError extends HttpError {}

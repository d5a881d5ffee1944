import { HttpError } from './http-error.js';

/** The response is a success, but its body is not what was expected: HTML, malformed JSON, or an array in place of a record. */
export class ParseError extends HttpError {}

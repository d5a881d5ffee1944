import { ArgumentError } from '../errors/argument-error.js';

/** Encodes a segment of a path. @throws ArgumentError for what cannot be encoded */
export const encodeSegment = (value: unknown, what: string): string => encodeURIComponent(checkWellFormed(String(value), what));

/**
 * Checks that a string can be part of an address: half of a surrogate pair (`'\ud800'`, a cut emoji) has no UTF-8 form.
 *
 * @throws ArgumentError that names it
 */
export function checkWellFormed(text: string, what: string): string {
  if (text.isWellFormed()) return text;
  throw new ArgumentError(
    `${what} cannot be ${quote(text)}: it holds half of a surrogate pair; the text was cut within a character. Nothing was sent.`,
  );
}

/** Writes a text in quotation marks for an error message, with no more than 60 characters of it. */
export const quote = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);

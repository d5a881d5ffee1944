import type { FieldErrors } from '../errors/field-errors.js';
import type { HttpError } from '../errors/http-error.js';
import { ValidationError } from '../errors/validation-error.js';
import type { Key } from '../transport/path.js';

/**
 * Groups error messages by the position of their record. A name such as `0.price`, `[3].name` or `products.2` contains the position or
 * the key of a record. Returns `undefined` if a name contains neither, or a number that is the position of one record and the key of
 * another, and both or none of these are suspects.
 */
export function placeErrors(
  errors: FieldErrors,
  count: number,
  keys: readonly (Key | undefined)[],
  isSuspect: (place: number) => boolean = () => true,
): Map<number, FieldErrors> | undefined {
  const found = new Map<number, FieldErrors>();
  for (const [name, messages] of Object.entries(errors)) {
    const match = /^(?:[a-z_]{1,40}\.)?\[?(\d{1,16})\]?(?:\.(.+))?$/i.exec(name);
    if (match === null) return undefined;
    const number = Number(match[1]);
    const byKey = keys.findIndex((key) => key !== undefined && String(key) === match[1]);
    const candidates = [...new Set([number < count ? number : -1, byKey])].filter((place) => place >= 0);
    const [place, other] = candidates.length > 1 ? candidates.filter(isSuspect) : candidates;
    if (place === undefined || other !== undefined) return undefined;
    const own = found.get(place) ?? {};
    own[match[2] ?? 'base'] = messages;
    found.set(place, own);
  }
  return found;
}

/** Returns the messages of errors in one line. */
export const messagesOf = (errors: FieldErrors): string =>
  Object.entries(errors)
    .map(([field, messages]) => (field === 'base' ? messages.join(', ') : `${field}: ${messages.join(', ')}`))
    .join('; ');

/** Returns the error of one record of a refused batch. */
export function ownError(
  { status, method, path, body, headers }: Pick<HttpError, 'status' | 'method' | 'path' | 'body' | 'headers'>,
  errors: FieldErrors,
): ValidationError {
  return new ValidationError(
    `${method} ${path} refused this record (${status}): ${messagesOf(errors) || 'no reason was given'}.`,
    { status, method, path, body, headers },
    errors,
  );
}

import { type FieldErrors } from '../errors/field-errors.js';
import type { HttpError } from '../errors/http-error.js';
import { ValidationError } from '../errors/validation-error.js';
import type { Key } from '../transport/path.js';

/**
 * Messages by place: from names such as `0.price`, `[3].name` or `products.2`, or from the key of a record. A number that
 * could be a place as well as another record's key tells nothing, unless only one of the two is a suspect: `undefined`.
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

/** The messages of errors in one line. */
export const messagesOf = (errors: FieldErrors): string =>
  Object.entries(errors)
    .map(([field, messages]) => (field === 'base' ? messages.join(', ') : `${field}: ${messages.join(', ')}`))
    .join('; ');

/** The refusal of a list as it concerns one record. */
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

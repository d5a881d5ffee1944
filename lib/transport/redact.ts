const MASK = '[redacted]';

/** Depth from which on nothing is shown. */
const MAX_DEPTH = 32;

/**
 * Characters of a secret, at the least, for which text is searched. The platform's tokens have 31 and more; to mask every
 * place of a shorter one, such as the `t` of a test, would shred the text and hide nothing.
 */
const MIN_LENGTH = 8;

/** Of these secrets, those that text can be searched for. */
const maskable = (secrets: readonly string[]): readonly string[] => secrets.filter(({ length }) => length >= MIN_LENGTH);

/** Masks the given secrets wherever they stand in a text, a list or a plain object, to a sane depth. */
export function redact<T>(value: T, secrets: readonly string[]): T {
  return masked(value, maskable(secrets), 0);
}

function masked<T>(value: T, secrets: readonly string[], depth: number): T {
  if (typeof value === 'string') return secrets.reduce<string>((text, secret) => text.replaceAll(secret, MASK), value) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return MASK as T;
  if (Array.isArray(value)) return value.map((entry) => masked(entry, secrets, depth + 1)) as T;
  return Object.fromEntries(
    Object.entries(value).map(([key, nested]) => [masked(key, secrets, 0), masked(nested, secrets, depth + 1)]),
  ) as T;
}

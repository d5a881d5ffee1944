const MASK = '[redacted]';

/** Depth from which on nothing is shown. */
const MAX_DEPTH = 32;

/**
 * Secrets shorter than this are not searched for. The platform's tokens have 31 characters and more; to mask every occurrence of
 * a shorter one, such as the `t` of a test, would shred the text and hide nothing.
 */
const MIN_LENGTH = 8;

/** Masks the given secrets wherever they occur in a text, an array or a plain object, to a sane depth. */
export function redact(value: string, secrets: readonly string[]): string;
export function redact(value: Readonly<Record<string, string>>, secrets: readonly string[]): Record<string, string>;
export function redact(value: unknown, secrets: readonly string[]): unknown;
export function redact(value: unknown, secrets: readonly string[]): unknown {
  return masked(
    value,
    secrets.filter(({ length }) => length >= MIN_LENGTH),
    0,
  );
}

function masked(value: unknown, secrets: readonly string[], depth: number): unknown {
  if (typeof value === 'string') return maskedText(value, secrets);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return MASK;
  if (Array.isArray(value)) return value.map((entry) => masked(entry, secrets, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, nested]) => [maskedText(key, secrets), masked(nested, secrets, depth + 1)]));
}

const maskedText = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);

const MASK = '[redacted]';

/** Masks the given secrets wherever they stand in a text, a list or a plain object, to a sane depth. */
export function redact<T>(value: T, secrets: readonly string[], depth = 0): T {
  if (typeof value === 'string') return secrets.reduce<string>((text, secret) => text.replaceAll(secret, MASK), value) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 32) return MASK as T;
  if (Array.isArray(value)) return value.map((entry) => redact(entry, secrets, depth + 1)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, nested]) => [redact(key, secrets), redact(nested, secrets, depth + 1)])) as T;
}

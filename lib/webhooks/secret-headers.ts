import { createHash, timingSafeEqual } from 'node:crypto';
import { ConfigurationError } from '../errors/configuration-error.js';
import { WebhookError } from './webhook-error.js';

/** Headers in the form of `Request` or of node:http. */
export type HeaderSource = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** @throws ConfigurationError without at least one secret header with a value */
export function assertSecretHeaders(secrets: unknown): void {
  const values: unknown[] = typeof secrets === 'object' && secrets !== null ? Object.values(secrets) : [];
  if (values.length === 0 || values.some((value) => typeof value !== 'string' || value === ''))
    throw new ConfigurationError('secretHeaders needs at least one header with a value: a delivery carries no other secret.');
}

/**
 * Checks that every secret header is present once, with the right value, in constant time. The error does not say which one differs.
 *
 * @throws WebhookError with status 401; ConfigurationError without a secret header to check
 */
export function verifySecretHeaders(headers: HeaderSource, secrets: Readonly<Record<string, string>>): void {
  assertSecretHeaders(secrets);
  const results = Object.entries(secrets).map(([name, secret]) => isSame(headerOf(headers, name), secret));
  if (results.includes(false)) throw new WebhookError('The delivery does not carry the shared secret headers.', 401);
}

function isSame(given: string | undefined, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given ?? ''), digest(secret)) && given !== undefined;
}

function headerOf(headers: HeaderSource, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const found = Object.keys(headers).filter((each) => each.toLowerCase() === name.toLowerCase());
  const values = found.flatMap((each) => headers[each] ?? []);
  return values.length === 1 ? values[0] : undefined;
}

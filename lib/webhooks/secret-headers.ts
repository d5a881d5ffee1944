import { createHash, timingSafeEqual } from 'node:crypto';
import { type HeaderSource, headerOf } from './headers.js';
import { WebhookError } from './webhook-error.js';

/** Secret headers by name. Several values: any of them is accepted, which is needed while a secret is rotated. */
export type SecretHeaders = Readonly<Record<string, string | readonly string[]>>;

/** Whether there is at least one header, and each has a value. */
export function areSecretHeaders(secrets: unknown): boolean {
  const values: unknown[] = typeof secrets === 'object' && secrets !== null ? Object.values(secrets) : [];
  return values.length > 0 && values.every((value) => isSecret(value));
}

/** Whether a value is a secret, or several. */
export const isSecret = (value: unknown): boolean => {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.length > 0 && all.every((each) => typeof each === 'string' && each !== '');
};

/**
 * Checks that every secret header is present once, with a right value, in constant time. The error does not say which one differs.
 *
 * @throws WebhookError with status 401
 */
export function verifySecretHeaders(headers: HeaderSource, secrets: SecretHeaders): void {
  const results = Object.entries(secrets).map(([name, secret]) => {
    const given = headerOf(headers, name);
    return allOf(secret).map((each) => isSameText(given, each));
  });
  if (!results.every((matches) => matches.includes(true)))
    throw new WebhookError('The delivery does not carry the shared secret headers.', 401);
}

/** One secret, or several, as an array. */
export const allOf = (secret: string | readonly string[]): readonly string[] => (typeof secret === 'string' ? [secret] : secret);

/** Compares in a time that does not depend on where the texts differ. */
export function isSameText(given: string | undefined, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given ?? ''), digest(secret)) && given !== undefined;
}

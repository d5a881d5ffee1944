import { createHmac } from 'node:crypto';
import { type HeaderSource, headerOf } from './headers.js';
import { allOf, isSameText } from './secret-headers.js';
import { WebhookError } from './webhook-error.js';

/** Headers of a signed delivery (Standard Webhooks 1.0). */
export const SIGNATURE_HEADERS = { id: 'webhook-id', timestamp: 'webhook-timestamp', signature: 'webhook-signature' } as const;

/** How far the time of a signature may be from ours: five minutes, as in the libraries of Standard Webhooks. */
export const SIGNATURE_TOLERANCE_MS = 300_000;

/**
 * Signs a delivery: HMAC-SHA256 over id, timestamp and body. The key is the bytes of the app's client secret; the libraries of Standard
 * Webhooks take it in base64 (integrations/webhooks, the HTTPS webhook overview).
 */
export function signatureOf(id: string, timestamp: string, body: string | Uint8Array, clientSecret: string): string {
  return `v1,${createHmac('sha256', clientSecret).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}

/**
 * Checks that a delivery is signed with one of the secrets, lately, in constant time.
 *
 * @param bodies the forms of the raw body that may have been signed: as it came, and decompressed
 * @throws WebhookError with status 401
 */
export function verifySignature(
  headers: HeaderSource,
  bodies: readonly (string | Uint8Array)[],
  secrets: string | readonly string[],
  toleranceMs: number,
): void {
  const id = headerOf(headers, SIGNATURE_HEADERS.id);
  const timestamp = headerOf(headers, SIGNATURE_HEADERS.timestamp);
  const given = headerOf(headers, SIGNATURE_HEADERS.signature);
  if (!id || !timestamp || !given) throw new WebhookError('The delivery is not signed.', 401);
  if (!/^\d{1,12}$/.test(timestamp) || !(Math.abs(Date.now() - Number(timestamp) * 1000) <= toleranceMs))
    throw new WebhookError('The signature of the delivery is too old, or from the future: check the clock.', 401);
  const signatures = given.split(' ').slice(0, MOST_SIGNATURES);
  const expected = bodies.flatMap((body) => allOf(secrets).map((secret) => signatureOf(id, timestamp, body, secret)));
  const matches = signatures.flatMap((signature) => expected.map((each) => isSameText(signature, each)));
  if (!matches.includes(true)) throw new WebhookError('The signature of the delivery does not match.', 401);
}

/** While a key is rotated, a delivery carries a signature for each. */
const MOST_SIGNATURES = 16;

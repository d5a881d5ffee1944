import { createHmac, timingSafeEqual } from 'node:crypto';
import { SignedPayloadError } from './signed-payload-error.js';
import { requireText } from './signed-payload-jwt.js';

const MAX_LENGTH = 65_536;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Verifies a `signed_payload` of the old form, `base64(json).base64(hexdigest)`, by HMAC-SHA256 in constant time. The JSON is
 * read only after that.
 *
 * @throws SignedPayloadError when it is not to be trusted; ConfigurationError without a secret
 */
export function verifySignedPayload(payload: string, clientSecret: string): Record<string, unknown> {
  requireText('clientSecret', clientSecret);
  const parts = typeof payload === 'string' && payload.length <= MAX_LENGTH ? payload.split('.') : [];
  const [encoded = '', signature = ''] = parts;
  if (parts.length !== 2 || !BASE64.test(encoded) || !BASE64.test(signature)) throw refused('it is no payload with a signature');
  const json = Buffer.from(encoded, 'base64');
  const given = Buffer.from(signature, 'base64');
  if (!isCanonical(json, encoded) || !isCanonical(given, signature)) throw refused('it is not spelt in the one way');
  const due = Buffer.from(createHmac('sha256', clientSecret).update(json).digest('hex'));
  if (given.length !== due.length || !timingSafeEqual(given, due)) throw refused('its signature is not right');
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    throw refused('it is no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused('it is no object');
  return value as Record<string, unknown>;
}

/** One payload has one spelling; padding may be left out. */
const isCanonical = (bytes: Buffer, text: string): boolean => bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');

const refused = (why: string): SignedPayloadError => new SignedPayloadError(`The signed payload is refused: ${why}.`, 'ERR_SIGNATURE');

import { createHmac, timingSafeEqual } from 'node:crypto';
import { isJsonObject } from '../json-object.js';
import { SignedPayloadError } from './signed-payload-error.js';
import { requireString } from './verified-token.js';

const MAX_LENGTH = 65_536;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Verifies a `signed_payload` in the legacy form, `base64(json).base64(hexdigest)`, by HMAC-SHA256 in constant time. The JSON is only
 * parsed after that.
 *
 * @throws SignedPayloadError if it cannot be trusted; ConfigurationError if the secret is missing
 */
export function verifySignedPayload(payload: string, clientSecret: string): Record<string, unknown> {
  requireString('clientSecret', clientSecret);
  const parts = typeof payload === 'string' && payload.length <= MAX_LENGTH ? payload.split('.') : [];
  const [encoded = '', signature = ''] = parts;
  if (parts.length !== 2 || !BASE64.test(encoded) || !BASE64.test(signature)) throw refused('it is not a payload with a signature');
  const json = Buffer.from(encoded, 'base64');
  const given = Buffer.from(signature, 'base64');
  if (!isCanonical(json, encoded) || !isCanonical(given, signature)) throw refused('it is not in canonical form');
  const due = Buffer.from(createHmac('sha256', clientSecret).update(json).digest('hex'));
  if (given.length !== due.length || !timingSafeEqual(given, due)) throw refused('its signature is wrong');
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    throw refused('it is not valid JSON');
  }
  if (!isJsonObject(value)) throw refused('it is not an object');
  return value;
}

/** Accepts the canonical form only; padding may be left out. */
const isCanonical = (bytes: Buffer, text: string): boolean => bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');

const refused = (why: string): SignedPayloadError => new SignedPayloadError(`The signed payload is refused: ${why}.`, 'ERR_SIGNATURE');

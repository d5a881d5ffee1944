import { errors, jwtVerify } from 'jose';
import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { SignedPayloadError } from './signed-payload-error.js';

/** The credentials of the app, and the tolerated clock difference. */
export interface VerifyOptions {
  clientId: string;
  clientSecret: string;
  /** How many seconds the clocks of the platform and of this machine may differ, at most 60. Default 60. */
  leewaySeconds?: number;
}

const VERIFY_OPTIONS = { clientId: 1, clientSecret: 1, leewaySeconds: 1 } as const satisfies Record<keyof VerifyOptions, 1>;

const MAX_LENGTH = 16_384;
const MAX_LEEWAY = 60;

type Refuse = (why: string, code: string) => SignedPayloadError;

/** What a token is called in messages, who verifies it, and who must have issued it. */
interface TokenKind {
  readonly name: string;
  readonly verifier: string;
  readonly issuer: string;
}

/**
 * Returns the claims of a token of the platform: signed with HS256 and the client secret, issued for this app, and valid now.
 *
 * @throws SignedPayloadError if it cannot be trusted; ConfigurationError if id or secret is missing
 */
export async function verifiedClaims(
  token: string,
  options: VerifyOptions,
  { name, verifier, issuer }: TokenKind,
): Promise<Record<string, unknown>> {
  const refused: Refuse = (why, code) => new SignedPayloadError(`The ${name} is refused: ${why}.`, code);
  assertKnownOptions(options, VERIFY_OPTIONS, verifier, ConfigurationError);
  const { clientId, clientSecret, leewaySeconds = MAX_LEEWAY } = options;
  requireString('clientId', clientId);
  requireString('clientSecret', clientSecret);
  if (typeof token !== 'string' || token === '' || token.length > MAX_LENGTH) throw refused('it is not a token', 'ERR_JWT_INVALID');
  assertCanonical(token, refused);
  const leeway = Math.min(MAX_LEEWAY, Math.max(0, Number(leewaySeconds) || 0));
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(clientSecret), {
      algorithms: ['HS256'],
      audience: clientId,
      issuer,
      clockTolerance: leeway,
      requiredClaims: ['exp', 'iat', 'sub'],
    });
    if (!Number.isFinite(payload.exp)) throw refused('it never expires', 'ERR_JWT_CLAIM_VALIDATION_FAILED');
    if (Array.isArray(payload.aud)) throw refused('it is meant for several apps', 'ERR_JWT_CLAIM_VALIDATION_FAILED');
    if (typeof payload.iat !== 'number' || payload.iat > Date.now() / 1000 + leeway)
      throw refused('it was issued in the future', 'ERR_JWT_CLAIM_VALIDATION_FAILED');
    return payload;
  } catch (error) {
    if (error instanceof SignedPayloadError) throw error;
    const code = error instanceof errors.JOSEError ? error.code : 'ERR_JWT_INVALID';
    throw refused(REASONS[code] ?? 'it is not a valid token', code);
  }
}

/** Accepts the canonical form only: three parts of base64url without padding, and no duplicate keys. */
function assertCanonical(token: string, refused: Refuse): void {
  const parts = token.split('.');
  if (parts.length !== 3 || !parts.every((part) => /^[A-Za-z0-9_-]+$/.test(part)))
    throw refused('it does not have three parts', 'ERR_JWT_INVALID');
  for (const part of parts)
    if (Buffer.from(part, 'base64url').toString('base64url') !== part) throw refused('it is not in canonical form', 'ERR_JWT_INVALID');
  for (const part of parts.slice(0, 2)) {
    const text = Buffer.from(part, 'base64url');
    try {
      const decoded = new TextDecoder('utf-8', { fatal: true }).decode(text);
      if (hasDuplicateKey(decoded)) throw new Error();
    } catch {
      throw refused('its JSON is ambiguous', 'ERR_JWT_INVALID');
    }
  }
}

/** Whether an object in a JSON string has a duplicate key. */
function hasDuplicateKey(text: string): boolean {
  const keys: Set<string>[] = [];
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g)) {
    if (match[0] === '{') keys.push(new Set());
    else if (match[0] === '}') keys.pop();
    else if (match[1] !== undefined) {
      const name = match[0].slice(0, match[0].length - match[1].length);
      const own = keys.at(-1);
      if (own?.has(name)) return true;
      own?.add(name);
    }
  }
  return false;
}

const REASONS: Readonly<Record<string, string>> = {
  ERR_JWT_EXPIRED: 'it has expired',
  ERR_JWT_CLAIM_VALIDATION_FAILED: 'it is not for this app, not from the platform, or not valid now',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'its signature is wrong',
  ERR_JOSE_ALG_NOT_ALLOWED: 'it is not signed with HS256',
  ERR_JOSE_NOT_SUPPORTED: 'it is not signed with HS256',
};

/** @throws ConfigurationError if the value is empty: nothing must be signed or verified with an empty secret */
export function requireString(name: string, value: unknown): void {
  if (typeof value !== 'string' || value.trim() === '') throw new ConfigurationError(`${name} is missing: it must be a non-empty string.`);
}

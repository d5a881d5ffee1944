import { isJsonObject } from '../json-object.js';
import { SignedPayloadError } from './signed-payload-error.js';
import { type VerifyOptions, verifiedClaims } from './verified-token.js';

/** A user of the platform. */
export interface PayloadUser {
  readonly id: number;
  readonly email: string;
  readonly locale?: string;
}

/** The payload that the platform sends to `/load`, `/uninstall` and `/remove_user` (apps/guide/callbacks). */
export interface SignedPayload {
  readonly storeHash: string;
  readonly user: PayloadUser;
  readonly owner: PayloadUser;
  /** The requested path in the app. */
  readonly url: string;
  readonly channelId: number | null;
  /** All claims, unchanged. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/**
 * Verifies a `signed_payload_jwt`: signed with HS256 and the client secret, issued by the platform for this app, and valid now.
 *
 * @throws SignedPayloadError if it cannot be trusted; ConfigurationError if id or secret is missing
 * @example const { user, storeHash } = await verifySignedPayloadJwt(request.query.signed_payload_jwt, { clientId, clientSecret });
 */
export async function verifySignedPayloadJwt(token: string, options: VerifyOptions): Promise<SignedPayload> {
  const claims = await verifiedClaims(token, options, { name: 'signed payload', verifier: 'verifySignedPayloadJwt()', issuer: 'bc' });
  const storeHash = typeof claims['sub'] === 'string' ? /^stores\/([A-Za-z0-9_-]{1,64})$/.exec(claims['sub'])?.[1] : undefined;
  if (storeHash === undefined) throw refused('its subject is not a store');
  if (!isUser(claims['user'])) throw refused('it has no user');
  const channel = claims['channel_id'];
  return {
    storeHash,
    user: claims['user'],
    owner: isUser(claims['owner']) ? claims['owner'] : claims['user'],
    url: typeof claims['url'] === 'string' ? claims['url'] : '/',
    channelId: typeof channel === 'number' ? channel : null,
    claims,
  };
}

const refused = (why: string): SignedPayloadError =>
  new SignedPayloadError(`The signed payload is refused: ${why}.`, 'ERR_JWT_CLAIM_VALIDATION_FAILED');

const isUser = (value: unknown): value is PayloadUser =>
  isJsonObject(value) && typeof value['id'] === 'number' && typeof value['email'] === 'string';

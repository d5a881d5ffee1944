import { isJsonObject } from '../json-object.js';
import { SignedPayloadError } from './signed-payload-error.js';
import { type VerifyOptions, verifiedClaims } from './verified-token.js';

/** The customer who is logged in to the storefront (start/authentication/current-customer). */
export interface CurrentCustomer {
  readonly id: number;
  readonly email: string;
  /** Group of the customer; null if the token names none. */
  readonly groupId: number | null;
  readonly storeHash: string;
  /** All claims, unchanged. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/**
 * Verifies the token that a storefront gives a script for `/customer/current.jwt?app_client_id={clientId}`, and returns the customer who
 * is logged in there. The token is valid for 15 minutes. It shows who the shopper is, so do not trust an id that comes without it.
 *
 * @throws SignedPayloadError if it cannot be trusted; ConfigurationError if id or secret is missing
 * @example const { id, storeHash } = await verifyCurrentCustomerJwt(request.body.token, { clientId, clientSecret });
 */
export async function verifyCurrentCustomerJwt(token: string, options: VerifyOptions): Promise<CurrentCustomer> {
  const claims = await verifiedClaims(token, options, {
    name: 'customer token',
    verifier: 'verifyCurrentCustomerJwt()',
    issuer: 'bc/apps',
  });
  if (claims['operation'] !== 'current_customer') throw refused('it is for another purpose');
  const storeHash = claims['store_hash'];
  if (typeof storeHash !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(storeHash) || claims['sub'] !== storeHash)
    throw refused('its subject is not a store');
  const customer = claims['customer'];
  if (!isJsonObject(customer)) throw refused('it has no customer');
  const { id, email, group_id: group } = customer;
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id <= 0 || typeof email !== 'string') throw refused('it has no customer');
  return { id, email, groupId: groupOf(group), storeHash, claims };
}

/** The id of a group, which the token has as text. */
function groupOf(value: unknown): number | null {
  const id = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : null;
}

const refused = (why: string): SignedPayloadError =>
  new SignedPayloadError(`The customer token is refused: ${why}.`, 'ERR_JWT_CLAIM_VALIDATION_FAILED');

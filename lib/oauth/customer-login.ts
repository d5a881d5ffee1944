import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { SignJWT } from 'jose';
import { ArgumentError } from '../errors/argument-error.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import type { Key } from '../transport/path.js';
import { encodeSegment } from '../transport/well-formed.js';
import { requireString } from './verified-token.js';

/** The customer to log in, and the credentials of the app. */
export interface CustomerLogin {
  clientId: string;
  clientSecret: string;
  storeHash: string;
  customerId: Key;
  /** The path of the storefront that the customer is sent to. */
  redirectTo?: string | undefined;
  /** The IP address that the customer must use. Default: any. */
  requestIp?: string | undefined;
  channelId?: number | undefined;
  /** Unix seconds, for a clock that differs from the platform's. Default: now. */
  issuedAt?: number | undefined;
}

const LOGIN_OPTIONS = {
  clientId: 1,
  clientSecret: 1,
  storeHash: 1,
  customerId: 1,
  redirectTo: 1,
  requestIp: 1,
  channelId: 1,
  issuedAt: 1,
} as const satisfies Record<keyof CustomerLogin, 1>;

/** The year 5138 in Unix seconds: a larger number is milliseconds. */
const LATEST_S = 100_000_000_000;

/**
 * Creates a token that logs a customer in, once, within 30 seconds (start/authentication/customer-login).
 *
 * @throws ConfigurationError if a credential is missing; ArgumentError if the customer, path, address, channel or time is invalid
 * @example const token = await customerLoginToken({ clientId, clientSecret, storeHash, customerId: 7 });
 */
export async function customerLoginToken(login: CustomerLogin): Promise<string> {
  assertKnownOptions(login, LOGIN_OPTIONS, 'customerLoginToken()', ConfigurationError);
  const { clientId, clientSecret, storeHash, customerId, redirectTo, requestIp, channelId, issuedAt } = login;
  requireString('clientId', clientId);
  requireString('clientSecret', clientSecret);
  requireString('storeHash', storeHash);
  const id = Number(customerId);
  if (!Number.isSafeInteger(id) || id <= 0) throw new ArgumentError('customerId must be a positive whole number.');
  if (redirectTo !== undefined && !/^\/(?![/\\])/.test(redirectTo))
    throw new ArgumentError('redirectTo must be a path of the storefront, such as /account.php.');
  assertClaims(login);
  return new SignJWT({
    operation: 'customer_login',
    store_hash: storeHash,
    customer_id: id,
    ...(redirectTo === undefined ? {} : { redirect_to: redirectTo }),
    ...(requestIp === undefined ? {} : { request_ip: requestIp }),
    ...(channelId === undefined ? {} : { channel_id: channelId }),
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(clientId)
    .setIssuedAt(issuedAt ?? Math.floor(Date.now() / 1000))
    .setJti(randomUUID())
    .sign(new TextEncoder().encode(clientSecret));
}

/** @throws ArgumentError for a claim that the platform would refuse */
function assertClaims({ channelId, requestIp, issuedAt }: CustomerLogin): void {
  if (channelId !== undefined && !(Number.isSafeInteger(channelId) && channelId > 0))
    throw new ArgumentError('channelId must be a positive whole number.');
  if (requestIp !== undefined && isIP(requestIp) === 0) throw new ArgumentError('requestIp must be an IP address, such as 203.0.113.7.');
  if (issuedAt !== undefined && !(Number.isSafeInteger(issuedAt) && issuedAt > 0 && issuedAt < LATEST_S))
    throw new ArgumentError('issuedAt must be a whole number of Unix seconds, not milliseconds.');
}

/** Returns the URL at which a token logs its customer in. @example customerLoginUrl('https://shop.example.com', token) */
export function customerLoginUrl(storefrontUrl: string, token: string): string {
  let url: URL;
  try {
    url = new URL(storefrontUrl);
  } catch {
    throw new ArgumentError('The address of the storefront must look like https://shop.example.com.');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new ArgumentError('The address of the storefront must begin with https://.');
  return `${url.origin}/login/token/${encodeSegment(token, 'The token')}`;
}

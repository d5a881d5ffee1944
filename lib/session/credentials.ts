import { ArgumentError } from '../errors/argument-error.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import type { Endpoint } from '../transport/endpoint.js';
import { BASIC_AUTH_OPTIONS, type SessionOptions } from './options.js';

const API = 'https://api.bigcommerce.com';
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** The endpoint of a session; `storeHash` is `undefined` on a legacy one. */
type StoreEndpoint = Endpoint & { readonly storeHash: string | undefined };

/**
 * Checks the credentials, and turns them into an address with its headers.
 * A message names the option that is wrong, never its value.
 *
 * @throws ConfigurationError
 */
export function endpointOf(options: SessionOptions): StoreEndpoint {
  return options.basicAuth !== undefined || options.host !== undefined ? legacyEndpoint(options) : storeEndpoint(options);
}

function legacyEndpoint({ storeHash, accessToken, host, basicAuth, baseUrl }: SessionOptions): StoreEndpoint {
  if (storeHash !== undefined || accessToken !== undefined)
    throw new ConfigurationError('Give either storeHash and accessToken, or host and basicAuth, not both.');
  assertKnownOptions(basicAuth, BASIC_AUTH_OPTIONS, 'basicAuth', ConfigurationError);
  const username = headerValue('basicAuth.username', basicAuth?.username);
  const token = headerValue('basicAuth.token', basicAuth?.token);
  const encoded = Buffer.from(`${username}:${token}`).toString('base64');
  return {
    root: `${origin(baseUrl ?? `https://${hostName(host)}`)}/api`,
    headers: { authorization: `Basic ${encoded}` },
    secrets: [encoded, token],
    storeHash: undefined,
  };
}

function storeEndpoint({ storeHash, accessToken, clientId, baseUrl }: SessionOptions): StoreEndpoint {
  if (storeHash === undefined || accessToken === undefined) throw missing(storeHash === undefined, accessToken === undefined);
  if (typeof storeHash !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(storeHash))
    throw new ConfigurationError('storeHash must be the bare hash of the store: letters and digits, no slash, space or address.');
  const headers: Record<string, string> = {};
  const secrets: string[] = [];
  if (typeof accessToken !== 'function') {
    headers['x-auth-token'] = headerValue('accessToken', accessToken);
    secrets.push(accessToken);
  }
  if (clientId !== undefined) headers['x-auth-client'] = headerValue('clientId', clientId);
  return { root: `${origin(baseUrl ?? API)}/stores/${storeHash}`, headers, secrets, storeHash };
}

function missing(isHashMissing: boolean, isTokenMissing: boolean): ConfigurationError {
  const names = isHashMissing && isTokenMissing ? 'storeHash and accessToken are' : `${isHashMissing ? 'storeHash' : 'accessToken'} is`;
  return new ConfigurationError(
    `A session needs credentials: ${names} missing. Call Session.configure({ storeHash, accessToken }),` +
      ' or set BIGCOMMERCE_STORE_HASH and BIGCOMMERCE_ACCESS_TOKEN and call Session.fromEnv().',
  );
}

/** Returns a value that may stand in a header: visible ASCII, so that no line break starts a header of its own. */
export function headerValue(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '')
    throw new ConfigurationError(`${name} ${value === undefined || value === '' ? 'is missing: it ' : ''}must be a string.`);
  if (!/^[\x21-\x7e]+$/.test(value)) {
    throw new ConfigurationError(
      `${name} contains a character that a header cannot carry (a space, a line break, a letter outside ASCII). Copy it again.`,
    );
  }
  return value;
}

function hostName(host: unknown): string {
  if (typeof host === 'string' && /^[A-Za-z0-9.-]+(:\d{1,5})?$/.test(host)) return host;
  throw new ConfigurationError('host must be a bare host name such as store-abc.mybigcommerce.com.');
}

function origin(baseUrl: unknown): string {
  const url = typeof baseUrl === 'string' && URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined) throw new ConfigurationError('baseUrl must be an address such as https://api.bigcommerce.com.');
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new ConfigurationError('baseUrl must begin with https:// (or http:// on this machine).');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new ConfigurationError('baseUrl must be a bare address, without user, query or fragment.');
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    process.emitWarning(
      `bigrecord: baseUrl is plain http to ${url.hostname}: the credentials travel in the clear. Use https.`,
      'SecurityWarning',
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

const CREDENTIAL_HEADERS = /^(x-auth-(token|client)|authorization|cookie|host|content-length|transfer-encoding)$/i;

/** Checks additional headers of a request. A message names the header, never its value. @throws ArgumentError */
export function checkHeaders(headers: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> | undefined {
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (!/^[A-Za-z0-9-]{1,100}$/.test(name) || CREDENTIAL_HEADERS.test(name))
      throw new ArgumentError(`The header ${JSON.stringify(name.slice(0, 60))} cannot be set on a request. Nothing was sent.`);
    if (typeof value !== 'string' || !/^[\x20-\x7e]*$/.test(value))
      throw new ArgumentError(`The header ${name} contains a character that a header cannot carry. Nothing was sent.`);
  }
  return headers;
}

import { ArgumentError } from '../errors/argument-error.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import type { Endpoint } from '../transport/transport.js';
import { BASIC_AUTH_OPTIONS, type SessionOptions } from './options.js';

const API = 'https://api.bigcommerce.com';
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Checks the options and turns them into an address with its headers.
 * A message names the option that is wrong, never its value.
 *
 * @throws ConfigurationError
 */
export function endpointOf(options: SessionOptions): Endpoint & { storeHash: string | undefined } {
  const { storeHash, accessToken, clientId, host, basicAuth } = options;
  if (basicAuth !== undefined || host !== undefined) {
    if (storeHash !== undefined || accessToken !== undefined)
      throw new ConfigurationError('Give either storeHash and accessToken, or host and basicAuth, not both.');
    assertKnownOptions(basicAuth, BASIC_AUTH_OPTIONS, 'basicAuth', ConfigurationError);
    const username = headerValue('basicAuth.username', basicAuth?.username);
    const token = headerValue('basicAuth.token', basicAuth?.token);
    const base = origin(options.baseUrl ?? `https://${hostName(host)}`);
    const encoded = Buffer.from(`${username}:${token}`).toString('base64');
    return { root: `${base}/api`, headers: { authorization: `Basic ${encoded}` }, secrets: [encoded, token], storeHash: undefined };
  }
  if (storeHash === undefined || accessToken === undefined) {
    const missing = [storeHash === undefined && 'storeHash', accessToken === undefined && 'accessToken'].filter(Boolean).join(' and ');
    throw new ConfigurationError(
      `A session needs credentials: ${missing} is missing. Call Session.configure({ storeHash, accessToken }),` +
        ' or set BIGCOMMERCE_STORE_HASH and BIGCOMMERCE_ACCESS_TOKEN and call Session.fromEnv().',
    );
  }
  if (typeof storeHash !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(storeHash)) {
    throw new ConfigurationError('storeHash must be the bare hash of the store: letters and digits, no slash, space or address.');
  }
  const isKnown = typeof accessToken !== 'function';
  const headers: Record<string, string> = isKnown ? { 'x-auth-token': headerValue('accessToken', accessToken) } : {};
  if (clientId !== undefined) headers['x-auth-client'] = headerValue('clientId', clientId);
  return { root: `${origin(options.baseUrl ?? API)}/stores/${storeHash}`, headers, secrets: isKnown ? [accessToken] : [], storeHash };
}

/** A value that may stand in a header: visible ASCII, so that no line break starts a header of its own. */
export function headerValue(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new ConfigurationError(`${name} is missing: it must be a text.`);
  if (!/^[\x21-\x7e]+$/.test(value)) {
    throw new ConfigurationError(
      `${name} holds a character that cannot stand in a header (a space, a line break, a letter outside ASCII). Copy it again.`,
    );
  }
  return value;
}

function hostName(host: unknown): string {
  if (typeof host !== 'string' || !/^[A-Za-z0-9.-]+(:\d{1,5})?$/.test(host)) {
    throw new ConfigurationError('host must be a bare host name such as store-abc.mybigcommerce.com.');
  }
  return host;
}

function origin(baseUrl: string): string {
  let url: URL;
  try {
    url = new URL(baseUrl);
  } catch {
    throw new ConfigurationError('baseUrl is no address; it looks like https://api.bigcommerce.com.');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new ConfigurationError('baseUrl must begin with https:// (or http:// on this machine).');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new ConfigurationError('baseUrl must be a bare address, without user, query or fragment.');
  }
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    process.emitWarning(
      `bigrecord: baseUrl is plain http to ${url.hostname}: the credentials travel in the clear. Use https.`,
      'SecurityWarning',
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

const CREDENTIAL_HEADERS = /^(x-auth-(token|client)|authorization|cookie|host|content-length|transfer-encoding)$/i;

/** Checks further headers of a request. A message names the header, never its value. @throws ArgumentError */
export function checkHeaders(headers: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> | undefined {
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (!/^[A-Za-z0-9-]{1,100}$/.test(name) || CREDENTIAL_HEADERS.test(name))
      throw new ArgumentError(`The header ${JSON.stringify(name.slice(0, 60))} cannot be set on a request. Nothing was sent.`);
    if (typeof value !== 'string' || !/^[\x20-\x7e]*$/.test(value))
      throw new ArgumentError(`The header ${name} holds a character that cannot stand in a header. Nothing was sent.`);
  }
  return headers;
}

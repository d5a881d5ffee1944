import { ArgumentError } from '../errors/argument-error.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { errorFromStatus } from '../errors/from-status.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { ParseError } from '../errors/parse-error.js';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.js';
import { asJsonObject } from '../json-object.js';
import { Session } from '../model/session.js';
import type { SessionOptions } from '../session/options.js';
import type { NetworkOptions } from '../transport/network.js';
import type { RawResponse } from '../transport/raw-response.js';
import { type ApiResponse, addressOf, type CallOptions } from '../transport/request.js';
import { type TimedRequest, Transport } from '../transport/transport.js';

/** The query of the app's callback, and the credentials of the app. */
export interface TokenRequest extends Pick<CallOptions, 'signal'>, NetworkOptions {
  clientId: string;
  clientSecret: string;
  /** From the callback; can be exchanged once. */
  code: string;
  /** From the callback: `stores/{hash}`. */
  context: string;
  /** From the callback: the granted scopes. */
  scope: string;
  /** The callback URL that is registered for the app. */
  redirectUri: string;
  /** A login service other than `https://login.bigcommerce.com`, such as the sandbox. */
  loginUrl?: string | undefined;
  /** The API address of the returned session. Default: that of the platform. */
  baseUrl?: string | undefined;
}

/** The user who installed the app. */
export interface TokenUser {
  readonly id: number;
  readonly username: string;
  readonly email: string;
}

/** The result of exchanging a code. Keep the token secret; it does not expire. */
export interface Token {
  readonly accessToken: string;
  readonly storeHash: string;
  /** The granted scopes. */
  readonly scope: string;
  readonly user: TokenUser;
  readonly accountUuid: string | undefined;
  /** A session with the store. */
  readonly session: Session;
}

const TOKEN_OPTIONS = {
  clientId: 1,
  clientSecret: 1,
  code: 1,
  context: 1,
  scope: 1,
  redirectUri: 1,
  loginUrl: 1,
  baseUrl: 1,
  signal: 1,
  agent: 1,
  ca: 1,
  userAgent: 1,
} as const satisfies Record<keyof TokenRequest, 1>;

const LOGIN = 'https://login.bigcommerce.com';
const CONTEXT = /^stores\/([A-Za-z0-9_-]{1,64})$/;
const LIMIT_MS = 30_000;

/**
 * Exchanges the code of an app's callback for an access token (apps/guide/auth). Never sent twice: a code can be exchanged once.
 *
 * @throws ArgumentError if the context contains no store; ClientError if the platform refuses the code; NetworkError
 * @example
 * const { session, accessToken } = await fetchToken({ clientId, clientSecret, ...query, redirectUri });
 */
export async function fetchToken(options: TokenRequest): Promise<Token> {
  assertKnownOptions(options, TOKEN_OPTIONS, 'fetchToken()', ConfigurationError);
  for (const name of ['clientId', 'clientSecret', 'code', 'context', 'scope', 'redirectUri'] as const)
    if (typeof options[name] !== 'string' || options[name] === '') throw new ConfigurationError(`fetchToken() needs ${name}.`);
  const { clientId, clientSecret, code, context, scope, redirectUri, signal, baseUrl, loginUrl = LOGIN, agent, ca, userAgent } = options;
  const network = { agent, ca, userAgent };
  storeHashOf(context);
  const transport = new Transport(
    { root: loginUrl.replace(/\/+$/, ''), headers: {}, secrets: [clientSecret, code] },
    {
      timeout: { connect: 10_000, response: LIMIT_MS, body: LIMIT_MS, total: LIMIT_MS },
      concurrency: 1,
      maxResponseBytes: 1024 * 1024,
      network,
    },
  );
  const request: TimedRequest = {
    method: 'POST',
    version: undefined,
    path: '/oauth2/token',
    query: {},
    body: {
      client_id: clientId,
      client_secret: clientSecret,
      code,
      context,
      scope,
      grant_type: 'authorization_code',
      redirect_uri: redirectUri,
    },
    signal,
  };
  transport.count(1);
  try {
    const { status, headers, body } = read(await transport.send(request));
    const about = { status, headers, body, method: request.method, path: addressOf(request) };
    if (status < 200 || status > 299) throw errorFromStatus(about);
    return tokenOf(
      body,
      clientId,
      { baseUrl, ...network },
      () => new ParseError('The response to POST /oauth2/token has no token or no store.', { ...about, body: undefined }),
    );
  } finally {
    transport.count(-1);
  }
}

/** Reads the response. A code can be exchanged once, so an unusable response is a ParseError, not an uncertain outcome. */
function read(reply: RawResponse): ApiResponse {
  try {
    return reply.read();
  } catch (error) {
    throw error instanceof UncertainOutcomeError && error.cause instanceof ParseError ? error.cause : error;
  }
}

function tokenOf(body: unknown, clientId: string, about: SessionOptions, refuse: () => Error): Token {
  const { access_token: accessToken, scope, user, context, account_uuid } = asJsonObject(body);
  if (typeof accessToken !== 'string' || accessToken === '' || typeof context !== 'string' || !CONTEXT.test(context)) throw refuse();
  const storeHash = storeHashOf(context);
  const { id, username, email } = asJsonObject(user);
  const token: Token = {
    storeHash,
    accessToken,
    scope: typeof scope === 'string' ? scope : '',
    user: { id: Number(id), username: String(username ?? ''), email: String(email ?? '') },
    accountUuid: typeof account_uuid === 'string' ? account_uuid : undefined,
    session: new Session({ storeHash, accessToken, clientId, ...about }),
  };
  // Not enumerable, so that the token is not printed or serialised by accident.
  return Object.defineProperty(token, 'accessToken', { enumerable: false, writable: false, configurable: false });
}

/** Returns the hash in `stores/{hash}`. @throws ArgumentError */
function storeHashOf(context: unknown): string {
  const hash = typeof context === 'string' ? CONTEXT.exec(context)?.[1] : undefined;
  if (hash === undefined) throw new ArgumentError('The context must look like stores/abc123: the hash of one store.');
  return hash;
}

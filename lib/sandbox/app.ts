import { createHmac, randomUUID } from 'node:crypto';
import { asJsonObject, type JsonObject } from '../json-object.js';
import type { TokenRequest } from '../oauth/token.js';
import type { Clock } from './clock.js';
import type { Reply } from './dialect.js';

/** The options with which `Session.configure` or `new Session` connect to a store. */
export interface StoreCredentials {
  storeHash: string;
  accessToken: string;
  clientId: string;
  baseUrl: string;
}

/** The options with which `fetchToken` gets a token of the store. */
export type Authorization = Pick<TokenRequest, 'clientId' | 'clientSecret' | 'code' | 'context' | 'scope' | 'loginUrl' | 'baseUrl'>;

const OWNER = { id: 7, email: 'owner@example.com' };
const DAY_S = 86_400;

/** The app that a sandbox store belongs to: it issues codes, exchanges them for tokens and signs payloads. */
export class App {
  readonly clientSecret = 'sandbox-client-secret';
  /** The scope of each code that has not been exchanged. */
  readonly #codes = new Map<string, string>();
  readonly #credentials: () => StoreCredentials;
  readonly #clock: Clock;

  /** @param credentials called each time, since the address is only known once the store listens */
  constructor(credentials: () => StoreCredentials, clock: Clock) {
    this.#credentials = credentials;
    this.#clock = clock;
  }

  /** Forgets all codes. */
  reset(): void {
    this.#codes.clear();
  }

  authorize(scope: string): Authorization {
    const { storeHash, clientId, baseUrl } = this.#credentials();
    const code = randomUUID();
    this.#codes.set(code, scope);
    return { clientId, clientSecret: this.clientSecret, code, context: `stores/${storeHash}`, scope, loginUrl: baseUrl, baseUrl };
  }

  /** Exchanges a code for a token, once. */
  exchange(body: unknown): Reply {
    const { client_id, client_secret, code, context, grant_type, redirect_uri } = asJsonObject(body);
    const { storeHash, accessToken, clientId } = this.#credentials();
    const refuse = (error: string): Reply => ({ status: 400, body: { error } });
    if (client_id !== clientId || client_secret !== this.clientSecret) return refuse('invalid_client');
    if (grant_type !== 'authorization_code') return refuse('unsupported_grant_type');
    const scope = this.#codes.get(String(code));
    if (scope === undefined || context !== `stores/${storeHash}` || typeof redirect_uri !== 'string') return refuse('invalid_grant');
    this.#codes.delete(String(code));
    const user = { ...OWNER, username: OWNER.email };
    return { status: 200, body: { access_token: accessToken, scope, user, context, account_uuid: randomUUID() } };
  }

  signPayload(claims: Readonly<JsonObject>, secret: string): string {
    const { storeHash, clientId } = this.#credentials();
    const now = this.#clock.seconds();
    const owner = { ...OWNER, locale: 'en' };
    const all = {
      aud: clientId,
      iss: 'bc',
      iat: now,
      nbf: now - 5,
      exp: now + DAY_S,
      jti: randomUUID(),
      sub: `stores/${storeHash}`,
      user: owner,
      owner,
      url: '/',
      channel_id: null,
      ...claims,
    };
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(all)}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  }

  signLegacyPayload(payload: Readonly<JsonObject>, secret: string): string {
    const { storeHash } = this.#credentials();
    const context = `stores/${storeHash}`;
    const all = { user: OWNER, owner: OWNER, context, store_hash: storeHash, timestamp: this.#clock.now() / 1000, ...payload };
    const json = JSON.stringify(all);
    const signature = createHmac('sha256', secret).update(json).digest('hex');
    return `${Buffer.from(json).toString('base64')}.${Buffer.from(signature).toString('base64')}`;
  }
}

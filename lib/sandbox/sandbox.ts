import { createHmac, randomUUID } from 'node:crypto';
import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import type { Model, ModelClass } from '../model/model.js';
import type { TokenRequest } from '../oauth/token.js';
import { isRegistered } from '../record/metadata-storage.js';
import * as v2 from '../resources/v2/index.js';
import * as v3 from '../resources/v3/index.js';
import { duration } from '../transport/option-values.js';
import { type DeliveryReport, deliver } from './deliveries.js';
import { demoStore } from './demo-store.js';
import { Endpoint } from './endpoint.js';
import { type Fault, Faults } from './faults.js';
import { RateLimit } from './rate-limit.js';
import { REPLIES, type Reply } from './replies.js';
import { type Listening, listen, makeRoute, type Route } from './server.js';
import { Tables } from './tables.js';

/** Options of {@link Sandbox.start}. */
export interface SandboxOptions {
  /** Begin with the demo store (60 products, 30 customers, 40 orders) or empty. Default true. */
  seed?: boolean;
  /** Port on 127.0.0.1; default is any free one. */
  port?: number;
  storeHash?: string;
  accessToken?: string;
  /** Milliseconds before each answer. */
  latency?: number;
  /** Requests a window, and its length. Default 1,000,000 in 30,000 ms; a Standard plan has 150. */
  rateLimit?: { quota?: number; windowMs?: number };
  /** Answers to GraphQL: `{ data, errors }`. Without it every query is answered with an error that says so. */
  graphql?: (query: string, variables: Readonly<Record<string, unknown>>) => object | Promise<object>;
  /** Models of your own, which the store shall serve too. */
  models?: readonly ModelClass[];
}

const SANDBOX_OPTIONS = {
  seed: 1,
  port: 1,
  storeHash: 1,
  accessToken: 1,
  latency: 1,
  rateLimit: 1,
  graphql: 1,
  models: 1,
} as const satisfies Record<keyof SandboxOptions, 1>;

const RATE_LIMIT_OPTIONS = { quota: 1, windowMs: 1 } as const;

/** A request that the sandbox has answered. */
export interface LoggedRequest {
  readonly method: string;
  /** Below the store: `/v2/products/1`. */
  readonly path: string;
  /** As it was sent: `/stores/sandbox/v2/products/1?page=2`. */
  readonly url: string;
  readonly query: Readonly<Record<string, string>>;
  /** The parsed JSON, or `undefined`. */
  readonly body: unknown;
  /** Without credentials. */
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
  /** What was answered; `undefined` for an empty body. */
  readonly answer: unknown;
}

const SECRET_HEADERS: ReadonlySet<string> = new Set(['x-auth-token', 'authorization', 'cookie']);

/**
 * An embedded store that speaks V2 and V3 over real HTTP on 127.0.0.1: for examples, and for your own tests.
 *
 * @example
 * const store = await Sandbox.start();
 * Session.configure(store.credentials);
 * …
 * await store.stop();
 */
export class Sandbox {
  /** All requests so far, in order of arrival. Empty it as you like. */
  readonly requests: LoggedRequest[] = [];
  /** The quota in force; set its `quota` and `windowMs` as you like. */
  readonly rateLimit: RateLimit;
  /** The secret of the app that this store belongs to. */
  readonly clientSecret = 'sandbox-client-secret';
  #latency = 0;
  readonly #codes = new Map<string, string>();
  readonly #options: SandboxOptions;
  readonly #faults = new Faults();
  readonly #tables = new Tables();
  #route!: Route;
  #server!: Listening;

  private constructor(options: SandboxOptions) {
    assertKnownOptions(options, SANDBOX_OPTIONS, 'Sandbox.start()', ConfigurationError);
    assertKnownOptions(options.rateLimit, RATE_LIMIT_OPTIONS, 'rateLimit of Sandbox.start()', ConfigurationError);
    if (options.rateLimit?.windowMs) duration('rateLimit.windowMs', options.rateLimit.windowMs);
    this.#options = options;
    this.latency = options.latency ?? 0;
    this.rateLimit = new RateLimit(options.rateLimit?.quota ?? 1_000_000, options.rateLimit?.windowMs ?? 30_000);
  }

  /** @throws ConfigurationError when hono or @hono/node-server is not installed */
  static async start(options: SandboxOptions = {}): Promise<Sandbox> {
    const sandbox = new Sandbox(options);
    sandbox.#route = await makeRoute([...resourcesOf(v2), ...resourcesOf(v3), ...(options.models ?? [])], sandbox.#tables);
    if (options.seed ?? true) for (const [model, rows, parents] of demoStore()) sandbox.insert(model, rows, parents);
    sandbox.#server = await listen((request) => sandbox.#handle(request), options.port ?? 0);
    return sandbox;
  }

  /** Milliseconds before each answer. @throws ConfigurationError for more than a timer can wait */
  get latency(): number {
    return this.#latency;
  }

  set latency(ms: number) {
    this.#latency = ms === 0 ? 0 : duration('latency', ms);
  }

  /** What `Session.configure` or `new Session` need to reach this store. */
  get credentials(): { storeHash: string; accessToken: string; clientId: string; baseUrl: string } {
    const { storeHash = 'sandbox', accessToken = 'sandbox-access-token' } = this.#options;
    return { storeHash, accessToken, clientId: 'sandbox-client-id', baseUrl: `http://127.0.0.1:${this.#server.port}` };
  }

  /** What `fetchToken` needs to be given a token of this store: a code that works once. */
  authorize(
    scope = 'store_v2_products',
  ): Pick<TokenRequest, 'clientId' | 'clientSecret' | 'code' | 'context' | 'scope' | 'loginUrl' | 'baseUrl'> {
    const { storeHash, clientId, baseUrl } = this.credentials;
    const code = randomUUID();
    this.#codes.set(code, scope);
    return { clientId, clientSecret: this.clientSecret, code, context: `stores/${storeHash}`, scope, loginUrl: baseUrl, baseUrl };
  }

  /** A `signed_payload_jwt` as the platform would send it to the app; claims may be replaced, for tests of what must be refused. */
  signPayload(claims: Readonly<Record<string, unknown>> = {}, secret = this.clientSecret): string {
    const { storeHash, clientId } = this.credentials;
    const now = Math.floor(Date.now() / 1000);
    const owner = { id: 7, email: 'owner@example.com', locale: 'en' };
    const all = {
      aud: clientId,
      iss: 'bc',
      iat: now,
      nbf: now - 5,
      exp: now + 86_400,
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

  /** A `signed_payload` of the old form. */
  signOldPayload(payload: Readonly<Record<string, unknown>> = {}, secret = this.clientSecret): string {
    const { storeHash } = this.credentials;
    const user = { id: 7, email: 'owner@example.com' };
    const json = JSON.stringify({
      user,
      owner: user,
      context: `stores/${storeHash}`,
      store_hash: storeHash,
      timestamp: Date.now() / 1000,
      ...payload,
    });
    const signature = createHmac('sha256', secret).update(json).digest('hex');
    return `${Buffer.from(json).toString('base64')}.${Buffer.from(signature).toString('base64')}`;
  }

  /**
   * Tells the store's hooks of an event, as the platform does: to all active hooks of the scope, again after 60 s, 180 s and
   * so on until it is taken, and switches a hook off that never takes it.
   *
   * @param timeScale 0.001 makes the minute of the schedule 60 ms
   * @example await store.deliver('store/order/created', { type: 'order', id: 100 });
   */
  deliver(scope: string, data: Readonly<Record<string, unknown>>, timeScale = 0.001): Promise<DeliveryReport[]> {
    return deliver(this.#tables, this.credentials.storeHash, scope, data, timeScale);
  }

  /** Puts rows in the store, read-only attributes and embedded children included, without a request. */
  insert<M extends Model>(
    model: ModelClass<M>,
    rows: readonly Record<string, unknown>[],
    parents: Readonly<Record<string, number | string>> = {},
  ): void {
    const endpoint = new Endpoint(model.resource, this.#tables);
    const keys = Object.fromEntries(Object.entries(parents).map(([name, key]) => [name, String(key)]));
    for (const row of rows) endpoint.seed(row, keys);
  }

  /** Makes coming requests fail. @example store.fail({ status: 503, times: 2, path: '/v3/catalog/products' }) */
  fail(fault: Fault): void {
    this.#faults.add(fault);
  }

  /** Forgets the faults that have not happened yet. */
  heal(): void {
    this.#faults.clear();
  }

  /** Stops listening and cuts all connections. */
  async stop(): Promise<void> {
    await this.#server.close();
  }

  async #handle(request: Request): Promise<Response | null> {
    const url = new URL(request.url);
    const query = Object.fromEntries(url.searchParams);
    const path = url.pathname.replace(/^\/stores\/[^/]+|^\/api(?=\/)/, '');
    const body = await bodyOf(request);
    if (this.latency > 0) await new Promise((resolve) => setTimeout(resolve, this.latency));
    const fault = this.#faults.strike(request.method, path);
    const { allowed, headers } = this.rateLimit.take();
    const reply = await this.#reply(request, url, path, query, body, fault, allowed);
    const log = {
      method: request.method,
      path,
      url: `${url.pathname}${url.search}`,
      query,
      body: path === TOKEN_PATH ? masked(body) : body,
      headers: shown(request.headers),
      status: reply.status,
      answer: path === TOKEN_PATH ? masked(reply.body) : reply.body,
    };
    this.requests.push(log);
    if (fault?.reset !== undefined) return null;
    const answer = reply.body === undefined ? null : typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
    const type: Record<string, string> =
      reply.body === undefined ? {} : { 'content-type': typeof reply.body === 'string' ? 'text/html' : 'application/json' };
    return new Response(answer, { status: reply.status, headers: { ...type, ...headers, ...reply.headers } });
  }

  async #reply(
    request: Request,
    url: URL,
    path: string,
    query: Record<string, string>,
    body: unknown,
    fault: Fault | undefined,
    allowed: boolean,
  ): Promise<Reply> {
    const replies = REPLIES[path.startsWith('/v2') ? 'v2' : 'v3'];
    if (fault?.status !== undefined)
      return {
        status: fault.status,
        body: fault.body ?? replies.error(fault.status, 'A failure that was asked for.').body,
        headers: fault.headers ?? {},
      };
    if (fault?.reset === 'before') return { status: 0 };
    if (path === TOKEN_PATH) return request.method === 'POST' ? this.#token(body) : replies.error(405, 'Use POST.');
    if (!this.#isKnown(request, url)) return replies.error(401, 'X-Auth-Token or store hash is wrong.');
    if (!allowed) return replies.error(429, 'Too many requests: the quota of the store is used up.');
    if (body === INVALID) return replies.error(400, 'The body is not JSON.');
    if (path === '/graphql' && request.method === 'POST') return this.#graphql(body);
    return (
      this.#route(request.method, path, {
        query,
        body,
        root: `${url.origin}${url.pathname.slice(0, url.pathname.length - path.length)}`,
      }) ?? this.#unrouted(request.method, path, replies)
    );
  }

  /** Exchanges a code, once. */
  #token(body: unknown): Reply {
    const { client_id, client_secret, code, context, grant_type, redirect_uri } = (
      typeof body === 'object' && body !== null ? body : {}
    ) as Record<string, unknown>;
    const { storeHash, accessToken, clientId } = this.credentials;
    const refuse = (error: string): Reply => ({ status: 400, body: { error } });
    if (client_id !== clientId || client_secret !== this.clientSecret) return refuse('invalid_client');
    if (grant_type !== 'authorization_code') return refuse('unsupported_grant_type');
    const scope = this.#codes.get(String(code));
    if (scope === undefined || context !== `stores/${storeHash}` || typeof redirect_uri !== 'string') return refuse('invalid_grant');
    this.#codes.delete(String(code));
    const user = { id: 7, username: 'owner@example.com', email: 'owner@example.com' };
    return { status: 200, body: { access_token: accessToken, scope, user, context, account_uuid: randomUUID() } };
  }

  /** GraphQL is answered by the function that was given for it. */
  async #graphql(body: unknown): Promise<Reply> {
    const { query, variables } = (typeof body === 'object' && body !== null ? body : {}) as { query?: unknown; variables?: unknown };
    const answer = this.#options.graphql;
    if (typeof query !== 'string') return { status: 400, body: { errors: [{ message: 'The body needs a query.' }] } };
    if (typeof variables !== 'object' || variables === null)
      return { status: 400, body: { errors: [{ message: 'variables must be an object.' }] } };
    if (answer === undefined)
      return { status: 200, body: { errors: [{ message: 'This sandbox answers GraphQL by the `graphql` option of Sandbox.start().' }] } };
    return { status: 200, body: await answer(query, variables as Record<string, unknown>) };
  }

  #unrouted(method: string, path: string, replies: (typeof REPLIES)['v2']): Reply {
    const others = method !== 'GET' && this.#route('GET', path, { query: {}, body: undefined, root: '' }) !== undefined;
    return others ? replies.error(405, `${method} is not allowed here.`) : replies.error(404, 'The requested resource was not found.');
  }

  #isKnown(request: Request, url: URL): boolean {
    const { storeHash, accessToken } = this.credentials;
    if (url.pathname.startsWith('/api/'))
      return request.headers.get('authorization') === `Basic ${Buffer.from(`sandbox:${accessToken}`).toString('base64')}`;
    return request.headers.get('x-auth-token') === accessToken && url.pathname.startsWith(`/stores/${storeHash}/`);
  }
}

const TOKEN_PATH = '/oauth2/token';

/** Without the secrets that an exchange of tokens is made of. */
function masked(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, /secret|token|code/.test(name) ? '[redacted]' : each]));
}

/** The models of a generation; what they have in common is no resource itself. */
const resourcesOf = (models: object): ModelClass[] => (Object.values(models) as ModelClass[]).filter((model) => isRegistered(model));

const INVALID = Symbol('invalid');

/** A parsed body: of a form, its fields, files by their names. */
async function bodyOf(request: Request): Promise<unknown> {
  if (request.headers.get('content-type')?.startsWith('multipart/form-data')) {
    const form = await request.formData();
    return Object.fromEntries([...form].map(([name, value]) => [name, typeof value === 'string' ? value : value.name]));
  }
  const text = await request.text();
  return text === '' ? undefined : parse(text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return INVALID;
  }
}

function shown(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !SECRET_HEADERS.has(name)));
}

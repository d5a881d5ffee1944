import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import type { Model, ModelClass } from '../model/model.js';
import * as v2 from '../resources/v2/index.js';
import * as v3 from '../resources/v3/index.js';
import type { ListedScope, UnlistedScope } from '../resources/webhook-scopes.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { sleep } from '../transport/abort.js';
import { duration } from '../transport/option-values.js';
import type { DataOf } from '../webhooks/event.js';
import { App, type Authorization, type StoreCredentials } from './app.js';
import { type DeliveryReport, deliver } from './deliveries.js';
import { demoStore } from './demo/index.js';
import type { Reply, ServerDialect } from './dialect.js';
import { serverDialectAt } from './dialects.js';
import { type Fault, Faults } from './faults.js';
import { type GraphQLResolver, replyToGraphQL } from './graphql.js';
import { INVALID_JSON, type ParsedRequest, parseRequest, pathOf, redacted, toResponse, withoutSecrets } from './http.js';
import { RateLimit } from './rate-limit.js';
import { type Params, ResourceRows } from './resource-rows.js';
import { RunningRequests, TRY_SOON } from './running-requests.js';
import { type Listening, listen, makeRoute, type Route } from './server.js';
import { Tables } from './tables.js';

/** Options of {@link Sandbox.start}. */
export interface SandboxOptions {
  /** Whether to start with the demo data (60 products, 30 customers, 40 orders). Default true. */
  seed?: boolean;
  /** Port on 127.0.0.1. Default: any free one. */
  port?: number;
  storeHash?: string;
  accessToken?: string;
  /** Milliseconds before each response. */
  latency?: number;
  /** Requests per window, and its length. Default 1,000,000 in 30,000 ms; a Standard plan has 150. */
  rateLimit?: { quota?: number; windowMs?: number };
  /** Resolves GraphQL queries: returns `{ data, errors }`. Without it every query gets an error. */
  graphql?: GraphQLResolver;
  /** Your own models that the store serves too. */
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

/** A request that the sandbox has responded to. */
export interface LoggedRequest {
  readonly method: string;
  /** Below the store: `/v2/products/1`. */
  readonly path: string;
  /** The whole path with its query: `/stores/sandbox/v2/products/1?page=2`. */
  readonly url: string;
  readonly query: Readonly<Record<string, string>>;
  /** The parsed JSON, or `undefined`. */
  readonly body: unknown;
  /** Without credentials. */
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
  /** The body of the response; `undefined` if it is empty. */
  readonly responseBody: unknown;
}

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
  /** All requests so far, in order of arrival. May be emptied. */
  readonly requests: LoggedRequest[] = [];
  /** The current quota; its `quota` and `windowMs` may be changed. */
  readonly rateLimit: RateLimit;
  /** The secret of the app that this store belongs to. */
  readonly clientSecret: string;
  #latency = 0;
  readonly #app = new App(() => this.credentials);
  readonly #options: SandboxOptions;
  readonly #faults = new Faults();
  readonly #running = new RunningRequests();
  readonly #tables = new Tables();
  #route!: Route;
  #server!: Listening;

  private constructor(options: SandboxOptions) {
    assertKnownOptions(options, SANDBOX_OPTIONS, 'Sandbox.start()', ConfigurationError);
    assertKnownOptions(options.rateLimit, RATE_LIMIT_OPTIONS, 'rateLimit of Sandbox.start()', ConfigurationError);
    if (options.rateLimit?.windowMs) duration('rateLimit.windowMs', options.rateLimit.windowMs);
    this.#options = options;
    this.clientSecret = this.#app.clientSecret;
    this.latency = options.latency ?? 0;
    this.rateLimit = new RateLimit(options.rateLimit?.quota ?? 1_000_000, options.rateLimit?.windowMs ?? 30_000);
  }

  /** Starts a store. @throws ConfigurationError if hono or @hono/node-server is not installed */
  static async start(options: SandboxOptions = {}): Promise<Sandbox> {
    const sandbox = new Sandbox(options);
    sandbox.#route = await makeRoute([...Object.values(v2), ...Object.values(v3), ...(options.models ?? [])], sandbox.#tables);
    if (options.seed ?? true) for (const { resource, rows, parents } of demoStore()) sandbox.#seed(resource, rows, parents);
    sandbox.#server = await listen((request) => sandbox.#handle(request), options.port ?? 0);
    return sandbox;
  }

  /** Milliseconds before each response. @throws ConfigurationError if it is longer than a timer can wait */
  get latency(): number {
    return this.#latency;
  }

  set latency(ms: number) {
    this.#latency = ms === 0 ? 0 : duration('latency', ms);
  }

  /** The options with which `Session.configure` or `new Session` connect to this store. */
  get credentials(): StoreCredentials {
    const { storeHash = 'sandbox', accessToken = 'sandbox-access-token' } = this.#options;
    return { storeHash, accessToken, clientId: 'sandbox-client-id', baseUrl: `http://127.0.0.1:${this.#server.port}` };
  }

  /** Issues a code that works once. Returns the options with which `fetchToken` gets a token of this store. */
  authorize(scope = 'store_v2_products'): Authorization {
    return this.#app.authorize(scope);
  }

  /** Signs a `signed_payload_jwt` like the platform. Claims may be replaced, to test what the app must refuse. */
  signPayload(claims: Readonly<Record<string, unknown>> = {}, secret: string = this.clientSecret): string {
    return this.#app.signPayload(claims, secret);
  }

  /** Signs a `signed_payload` in the legacy form. */
  signLegacyPayload(payload: Readonly<Record<string, unknown>> = {}, secret: string = this.clientSecret): string {
    return this.#app.signLegacyPayload(payload, secret);
  }

  /**
   * Delivers an event as the platform does: signed, to all active hooks of the scope, again after the documented waits until it is
   * accepted. A hook that never accepts it is deactivated.
   *
   * @param timeScale 0.001 makes the minute of the schedule 60 ms
   * @throws ArgumentError for a misspelt scope
   * @example await store.deliver('store/order/created', { type: 'order', id: 100 });
   */
  deliver<Scope extends ListedScope>(scope: Scope, data: DataOf<Scope>, timeScale?: number): Promise<DeliveryReport[]>;
  /** Delivers an event of a scope that the documentation does not list: `Webhook.scope('store/new/thing')`. */
  deliver(scope: UnlistedScope, data: object, timeScale?: number): Promise<DeliveryReport[]>;
  deliver(scope: string, data: object, timeScale = 0.001): Promise<DeliveryReport[]> {
    const { storeHash } = this.credentials;
    return deliver({ tables: this.#tables, clientSecret: this.clientSecret, storeHash, timeScale }, scope, data);
  }

  /** Stores rows without a request, including read-only attributes and embedded children. */
  insert<M extends Model>(
    model: ModelClass<M>,
    rows: readonly Record<string, unknown>[],
    parents: Readonly<Record<string, number | string>> = {},
  ): void {
    const keys = Object.entries(parents).map(([name, key]) => [name, String(key)]);
    this.#seed(model.resource, rows, Object.fromEntries(keys));
  }

  #seed(resource: ResourceDeclaration, rows: readonly Record<string, unknown>[], parents: Params): void {
    const table = new ResourceRows(resource, this.#tables);
    for (const row of rows) table.seed(row, parents);
  }

  /**
   * Makes the next matching requests fail. After a 429 a session waits until the window of the quota ends, 30 seconds by default, as on a
   * real store. For a test, shorten the window, or the wait of this one response.
   *
   * @example
   * store.fail({ status: 503, times: 2, path: '/v3/catalog/products' });
   * store.rateLimit.windowMs = 100;
   * store.fail({ status: 429 });                                                          // waits 100 ms
   * store.fail({ status: 429, headers: { 'x-rate-limit-time-reset-ms': '10' } });
   */
  fail(fault: Fault): void {
    this.#faults.add(fault);
  }

  /** Removes the remaining faults. */
  heal(): void {
    this.#faults.clear();
  }

  /** Stops listening and closes all connections. */
  async stop(): Promise<void> {
    await this.#server.close();
  }

  async #handle(request: Request): Promise<Response | null> {
    const turn = this.#running.enter(request.method, pathOf(request));
    try {
      return await this.#respond(request, turn.isAllowed);
    } finally {
      turn.leave();
    }
  }

  async #respond(request: Request, isInTurn: boolean): Promise<Response | null> {
    const parsed = await parseRequest(request);
    if (this.latency > 0) await sleep(this.latency);
    const fault = this.#faults.strike(parsed.method, parsed.path);
    const { allowed, headers } = this.rateLimit.take();
    const reply = isInTurn || !this.#isAuthorized(parsed) ? await this.#reply(parsed, fault, allowed) : tooManyAtOnce(parsed);
    this.requests.push(logOf(parsed, reply));
    return fault?.reset === undefined ? toResponse(reply, headers) : null;
  }

  async #reply(request: ParsedRequest, fault: Fault | undefined, isAllowed: boolean): Promise<Reply> {
    const { method, path, body } = request;
    const dialect = serverDialectAt(path);
    if (fault?.status !== undefined) return failure(fault, fault.status, dialect);
    if (fault?.reset === 'before') return { status: 0 };
    if (path === TOKEN_PATH) return method === 'POST' ? this.#app.exchange(body) : dialect.error(405, 'Use POST.');
    if (!this.#isAuthorized(request)) return dialect.error(401, 'X-Auth-Token or the store hash is wrong.');
    if (!isAllowed) return dialect.error(429, 'Too many requests: the quota of the store is used up.');
    if (body === INVALID_JSON) return dialect.error(400, 'The body is not valid JSON.');
    if (path === '/graphql' && method === 'POST') return replyToGraphQL(this.#options.graphql, body);
    return this.#route(method, path, request) ?? this.#unrouted(method, path, dialect);
  }

  #unrouted(method: string, path: string, dialect: ServerDialect): Reply {
    const others = method !== 'GET' && this.#route('GET', path, { query: {}, body: undefined, root: '' }) !== undefined;
    return others ? dialect.error(405, `${method} is not allowed here.`) : dialect.error(404, 'The requested resource was not found.');
  }

  #isAuthorized({ headers, url }: ParsedRequest): boolean {
    const { storeHash, accessToken } = this.credentials;
    if (url.pathname.startsWith('/api/'))
      return headers.get('authorization') === `Basic ${Buffer.from(`sandbox:${accessToken}`).toString('base64')}`;
    return headers.get('x-auth-token') === accessToken && url.pathname.startsWith(`/stores/${storeHash}/`);
  }
}

const TOKEN_PATH = '/oauth2/token';

const tooManyAtOnce = ({ path }: ParsedRequest): Reply => ({
  ...serverDialectAt(path).error(429, 'Too many requests of this operation at once.'),
  headers: TRY_SOON,
});

/** Returns the response of a fault. */
function failure({ body, headers = {} }: Fault, status: number, dialect: ServerDialect): Reply {
  return { status, body: body ?? dialect.error(status, 'This failure was requested by store.fail().').body, headers };
}

function logOf({ method, path, url, query, body, headers }: ParsedRequest, reply: Reply): LoggedRequest {
  const isToken = path === TOKEN_PATH;
  return {
    method,
    path,
    url: `${url.pathname}${url.search}`,
    query,
    body: isToken ? redacted(body) : body,
    headers: withoutSecrets(headers),
    status: reply.status,
    responseBody: isToken ? redacted(reply.body) : reply.body,
  };
}

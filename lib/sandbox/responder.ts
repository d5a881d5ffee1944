import { sleep } from '../transport/abort.js';
import type { App, StoreCredentials } from './app.js';
import { copyOf } from './copy.js';
import type { Reply, ServerDialect } from './dialect.js';
import { v3 } from './dialect-v3.js';
import { serverDialectAt } from './dialects.js';
import { type Fault, Faults } from './faults.js';
import { type GraphQLResolver, replyToGraphQL } from './graphql.js';
import {
  filesIn,
  INVALID_JSON,
  type ParsedRequest,
  parseRequest,
  redacted,
  toWire,
  type WireRequest,
  type WireResponse,
  withoutSecrets,
} from './http.js';
import type { Outbox } from './outbox.js';
import type { RateLimit } from './rate-limit.js';
import type { Route } from './router.js';
import { RunningRequests, TRY_SOON } from './running-requests.js';
import type { Tables } from './tables.js';

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

/** The parts of a store that requests are answered from. */
interface Parts {
  readonly app: App;
  readonly rateLimit: RateLimit;
  readonly route: Route;
  readonly tables: Tables;
  readonly outbox: Outbox;
  readonly graphql: GraphQLResolver | undefined;
  credentials(): StoreCredentials;
}

/** Responds to the requests of a store: with a fault, a refusal, or what its resources respond. */
export class Responder {
  readonly requests: LoggedRequest[] = [];
  readonly faults = new Faults();
  /** Milliseconds before each response. */
  latency = 0;
  readonly #parts: Parts;
  readonly #running = new RunningRequests();
  #generation = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Forgets all requests and faults, and breaks off the requests under way. */
  reset(): void {
    this.#generation++;
    this.requests.length = 0;
    this.faults.clear();
  }

  /** Returns the response; `null` if the connection is to be closed instead. */
  readonly respond = async (request: WireRequest): Promise<WireResponse | null> => {
    const parsed = parseRequest(request);
    const generation = this.#generation;
    const turn = this.#running.enter(parsed.method, parsed.path);
    if (this.latency > 0) await sleep(this.latency);
    turn.leave();
    if (generation !== this.#generation) return null;
    const fault = this.faults.strike(parsed.method, parsed.path);
    const { allowed, headers } = this.#parts.rateLimit.take();
    // Rows take over what is nested in a body, and a response shows what is nested in rows.
    const sent = copyOf(loggedBody(parsed.path, parsed.body));
    const reply = turn.isAllowed || !this.#isAuthorized(parsed) ? await this.#reply(parsed, fault, allowed) : tooManyAtOnce(parsed);
    const wire = toWire(reply, headers);
    this.requests.push(logOf(parsed, sent, reply, wire));
    return fault?.reset === undefined ? wire : null;
  };

  async #reply(request: ParsedRequest, fault: Fault | undefined, isAllowed: boolean): Promise<Reply> {
    const { method, path, body } = request;
    const { app, graphql } = this.#parts;
    const dialect = serverDialectAt(path);
    if (fault?.status !== undefined) return failure(fault, fault.status, dialect);
    if (fault?.reset === 'before') return { status: 0 };
    if (path === TOKEN_PATH) return method === 'POST' ? app.exchange(body) : dialect.error(405, 'Use POST.');
    const hint = hintFor(request, this.#parts.credentials());
    if (hint !== undefined) return hint;
    if (!this.#isAuthorized(request)) return dialect.error(401, 'X-Auth-Token or the store hash is wrong.');
    if (!isAllowed) return dialect.error(429, 'Too many requests: the quota of the store is used up.');
    if (body === INVALID_JSON) return dialect.error(400, 'The body is not valid JSON.');
    if (path === '/graphql' && method === 'POST') return replyToGraphQL(graphql, body);
    const files = request.form === undefined ? undefined : await filesIn(request.form);
    const reply = this.#route(method, request, files);
    this.#parts.outbox.flush();
    return reply ?? this.#unrouted(request, dialect);
  }

  #route(method: string, { path, query, body, root, headers }: ParsedRequest, files = {}): Reply | undefined {
    return this.#parts.route(method, path, { query, body, root, headers, files }, this.#parts.tables);
  }

  #unrouted({ method, path, url, headers }: ParsedRequest, dialect: ServerDialect): Reply {
    const others =
      method !== 'GET' &&
      this.#route('GET', { method, path, url, headers, query: {}, body: undefined, form: undefined, root: '' }) !== undefined;
    return others ? dialect.error(405, `${method} is not allowed here.`) : dialect.error(404, 'The requested resource was not found.');
  }

  #isAuthorized({ headers, url }: ParsedRequest): boolean {
    const { storeHash, accessToken } = this.#parts.credentials();
    if (url.pathname.startsWith('/api/'))
      return headers['authorization'] === `Basic ${Buffer.from(`sandbox:${accessToken}`).toString('base64')}`;
    return headers['x-auth-token'] === accessToken && url.pathname.startsWith(`/stores/${storeHash}/`);
  }
}

/** Paths below a store, and those of its legacy API. */
const IN_STORE = /^\/(stores\/[^/]+|api)\//;

/** Says where the API is to whoever asks for another path; `undefined` for a path that is in a store. */
function hintFor({ url: { pathname, origin } }: ParsedRequest, { storeHash }: StoreCredentials): Reply | undefined {
  if (IN_STORE.test(pathname)) return undefined;
  const store = `/stores/${storeHash}`;
  if (pathname === '/')
    return {
      status: 200,
      body: {
        title: `A bigrecord sandbox. The API of its store is at ${origin}${store}/v2/ and ${origin}${store}/v3/.`,
        page: `${origin}/__sandbox, if it was started by \`npx bigrecord sandbox\``,
        docs: 'docs/testing.md and docs/cli.md of the package bigrecord',
      },
    };
  const below = /^\/v[23](\/|$)/.test(pathname) ? pathname : '/v3/…';
  return v3.error(404, `${pathname} is not a path of the API: paths begin with the store, such as ${store}${below}.`);
}

const TOKEN_PATH = '/oauth2/token';

/**
 * Returns the log of a request. What has to be made is made when somebody looks: few logs are ever read. Until then it keeps the text
 * of the response and not its rows, since a thousand requests of a test would keep a thousand of them.
 */
function logOf({ method, path, url, query, headers }: ParsedRequest, body: unknown, reply: Reply, { text }: WireResponse): LoggedRequest {
  const kept = text === undefined || typeof reply.body !== 'object' ? { body: reply.body } : text;
  return logged({ method, path, url: `${url.pathname}${url.search}`, query, body, status: reply.status }, headers, kept);
}

function logged(
  log: Omit<LoggedRequest, 'headers' | 'responseBody'>,
  given: LoggedRequest['headers'],
  kept: string | { readonly body: unknown },
): LoggedRequest {
  let headers: LoggedRequest['headers'] | undefined;
  let response: { readonly body: unknown } | undefined;
  return {
    ...log,
    get headers() {
      headers ??= withoutSecrets(given);
      return headers;
    },
    get responseBody() {
      response ??= { body: loggedBody(log.path, typeof kept === 'string' ? JSON.parse(kept) : kept.body) };
      return response.body;
    },
  };
}

const tooManyAtOnce = ({ path }: ParsedRequest): Reply => ({
  ...serverDialectAt(path).error(429, 'Too many requests of this operation at once.'),
  headers: TRY_SOON,
});

/** Returns the response of a fault. */
function failure({ body, headers = {} }: Fault, status: number, dialect: ServerDialect): Reply {
  return { status, body: body ?? dialect.error(status, 'This failure was requested by store.fail().').body, headers };
}

const loggedBody = (path: string, body: unknown): unknown => (path === TOKEN_PATH ? redacted(body) : body);

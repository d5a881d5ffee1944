import got, { type ExtendOptions, type Got, type StreamOptions } from 'got';
import { type Agents, ConnectionPool } from './connection-pool.js';
import type { Endpoint } from './endpoint.js';
import { Exchange, ExchangeFailure } from './exchange.js';
import { errorOf, ONCE } from './failures.js';
import { type NetworkOptions, networkOf } from './network.js';
import { queryString } from './query-string.js';
import { type RawResponse, rawResponse } from './raw-response.js';
import { addressOf, type RequestDescription, type TimeoutOptions } from './request.js';

/** A request with its complete time limits, if they are other than the transport's. */
export interface TimedRequest extends RequestDescription {
  readonly limits?: Required<TimeoutOptions> | undefined;
}

/** What a transport needs besides its endpoint. */
export interface TransportOptions {
  timeout: Required<TimeoutOptions>;
  /** Sockets open at once. */
  concurrency: number;
  /** Bytes of a decompressed response, at most. */
  maxResponseBytes: number;
  network?: NetworkOptions;
}

/**
 * The one place that touches got. A description goes in, a response or one of our errors comes out; a response of any status
 * is a response. got's own errors hold the request with its headers, so none of them leaves this room.
 *
 * Differs from got's defaults: no redirects (got forwards `X-Auth-Token` to other hosts), no retries (the session's policy knows
 * what is safe), time limits for connecting only (an {@link Exchange} keeps the others), and streams, so that the size of the
 * decompressed body is bounded. What all requests share is set once, since got copies and checks its options for each request.
 */
export class Transport {
  #endpoint: Endpoint;
  readonly #options: TransportOptions;
  readonly #connections: ConnectionPool;
  #got: Got;

  constructor(endpoint: Endpoint, options: TransportOptions) {
    const network = networkOf(options.network ?? {}, endpoint.root);
    const authorization = network.proxy?.authorization;
    this.#endpoint = authorization === undefined ? endpoint : { ...endpoint, secrets: [...endpoint.secrets, authorization] };
    this.#options = options;
    this.#connections = new ConnectionPool(options.concurrency, network, options.timeout.connect);
    this.#got = extended(got, {
      agent: this.#connections.agents,
      headers: { 'user-agent': network.userAgent, accept: 'application/json', ...endpoint.headers },
      followRedirect: false,
      throwHttpErrors: false,
      retry: { limit: 0 },
      timeout: connectTimeout(options.timeout),
    });
  }

  /**
   * Sends one request once.
   *
   * @throws NetworkError, TimeoutError, UncertainOutcomeError, ParseError; the reason of the signal when it is aborted
   */
  async send(request: TimedRequest): Promise<RawResponse> {
    const { method, signal } = request;
    const content = request.body === undefined ? undefined : await contentOf(request.body);
    const agents = ONCE.has(method) ? await this.#connections.agentsForOnce() : undefined;
    signal?.throwIfAborted();
    const exchange = this.#begin(request, content, agents);
    try {
      return rawResponse(request, await exchange.response, this.#endpoint);
    } catch (error) {
      throw error instanceof ExchangeFailure ? errorOf(request, error, this.#endpoint, this.#options.maxResponseBytes) : error;
    }
  }

  /** Sends other credentials from now on; the secrets so far stay masked. */
  authenticate(headers: Readonly<Record<string, string>>, secret: string): void {
    this.#endpoint = { ...this.#endpoint, secrets: [...this.#endpoint.secrets, secret] };
    this.#got = extended(this.#got, { headers });
  }

  /** Closes the idle connections. */
  close(): void {
    this.#connections.close();
  }

  #begin(request: TimedRequest, content: Content | undefined, agents: Agents | undefined): Exchange {
    const query = queryString(request.query);
    const url = `${this.#endpoint.root}${addressOf(request)}${query === '' ? '' : `?${query}`}`;
    const { timeout, maxResponseBytes } = this.#options;
    const stream = this.#got.stream(url, ownOptions(request, content, agents));
    const exchange = new Exchange(stream, request.limits ?? timeout, maxResponseBytes, request.signal);
    // got waits for somebody to write the body of any method that may have one.
    if (content === undefined && request.method !== 'GET') stream.end();
    return exchange;
  }
}

/**
 * Returns got with what all requests share. Its defaults hold a frozen object, of which V8 makes each copy a hidden class of
 * its own, and of what is made of that the next thirty-five: 17 KB that stay until the next full collection, and a sixth of
 * the time of a request. An empty one that is not frozen (`mutableDefaults`) avoids that; got's cache is not used.
 */
function extended(from: Got, options: ExtendOptions): Got {
  const made = from.extend({ ...options, mutableDefaults: true });
  made.defaults.options.cacheOptions = {};
  return made;
}

/** The limits that got keeps: those of a connection that is being made. */
const connectTimeout = ({ connect }: Required<TimeoutOptions>) => ({ lookup: connect, connect, secureConnect: connect });

/** A body as it is sent. */
interface Content {
  readonly body: string | Buffer;
  readonly type: string;
}

/** Encodes a body. Node encodes forms, so that got's encoder can be left out of the package. */
async function contentOf(body: unknown): Promise<Content> {
  if (!(body instanceof FormData)) return { body: JSON.stringify(body), type: 'application/json' };
  const encoded = new Response(body);
  return { body: Buffer.from(await encoded.arrayBuffer()), type: encoded.headers.get('content-type') ?? 'multipart/form-data' };
}

/** What got has to know of one request besides its address: of most, nothing. */
function ownOptions(
  { method, headers, limits }: TimedRequest,
  content: Content | undefined,
  agent: Agents | undefined,
): StreamOptions | undefined {
  if (method === 'GET' && headers === undefined && limits === undefined && content === undefined) return undefined;
  const options: StreamOptions = { method };
  if (agent !== undefined) options.agent = agent;
  if (limits !== undefined) options.timeout = connectTimeout(limits);
  if (content !== undefined) options.body = content.body;
  if (headers !== undefined || content !== undefined) options.headers = { ...headers, ...(content && { 'content-type': content.type }) };
  return options;
}

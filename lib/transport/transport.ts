import got, { type ExtendOptions, type Got, type StreamOptions } from 'got';
import { type Agents, type ConnectionPool, connectionsTo } from './connection-pool.js';
import type { Endpoint } from './endpoint.js';
import { Exchange, ExchangeFailure } from './exchange.js';
import { errorOf } from './failures.js';
import { IN_PROCESS, storeIn } from './in-process.js';
import { type NetworkOptions, networkOf } from './network.js';
import { searchOf } from './query-string.js';
import { type RawResponse, rawResponse } from './raw-response.js';
import { addressOf, ONCE, type RequestDescription, type TimeoutOptions } from './request.js';

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
    const headers = { 'user-agent': network.userAgent, accept: 'application/json', ...endpoint.headers };
    const secrets = authorization === undefined ? endpoint.secrets : [...endpoint.secrets, authorization];
    this.#endpoint = { ...endpoint, headers, secrets };
    this.#options = options;
    this.#connections = connectionsTo(endpoint.root, options.concurrency, network, options.timeout.connect);
    this.#got = extended(got, {
      agent: this.#connections.agents,
      headers,
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
    const { method, signal, limits = this.#options.timeout } = request;
    signal?.throwIfAborted();
    const { root } = this.#endpoint;
    const url = `${root}${addressOf(request)}${Object.keys(request.query).length === 0 ? '' : searchOf(request.query)}`;
    if (root.includes(IN_PROCESS)) return this.#sendInProcess(request, url, limits);
    const agents = ONCE.has(method) || request.isOnce === true ? await this.#connections.agentsForOnce() : undefined;
    const isBare = method === 'GET' && request.headers === undefined && request.limits === undefined && request.body === undefined;
    const options = isBare ? undefined : await ownOptions(request, agents);
    signal?.throwIfAborted();
    const { maxResponseBytes } = this.#options;
    const stream = this.#got.stream(url, options);
    const exchange = new Exchange(stream, limits, maxResponseBytes, signal);
    // got waits for somebody to write the body of any method that may have one.
    if (request.body === undefined && method !== 'GET') stream.end();
    try {
      return rawResponse(request, await exchange.response, this.#endpoint);
    } catch (error) {
      throw error instanceof ExchangeFailure ? errorOf(request, error, this.#endpoint, maxResponseBytes) : error;
    }
  }

  /** Sends a request to a store of this process, which has no socket. */
  async #sendInProcess(request: TimedRequest, url: string, limits: Required<TimeoutOptions>): Promise<RawResponse> {
    const { body } = request;
    const { maxResponseBytes: maxBytes } = this.#options;
    const outcome = await storeIn(this.#endpoint.root)({
      ...request,
      url,
      headers: { ...this.#endpoint.headers, ...request.headers },
      body: body instanceof FormData ? body : JSON.stringify(body),
      limits,
      maxBytes,
    });
    if ('reason' in outcome) throw errorOf(request, outcome, this.#endpoint, maxBytes);
    return rawResponse(request, outcome, this.#endpoint);
  }

  /** Sends other credentials from now on; the secrets so far stay masked. */
  authenticate(headers: Readonly<Record<string, string>>, secret: string): void {
    const endpoint = this.#endpoint;
    this.#endpoint = { ...endpoint, headers: { ...endpoint.headers, ...headers }, secrets: [...endpoint.secrets, secret] };
    this.#got = extended(this.#got, { headers });
  }

  /** Makes room for the connections of a session (1), or gives it back (-1): idle ones are closed unless other sessions use them. */
  count(by: 1 | -1): void {
    this.#connections.count(by);
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

/** A form as it is sent. */
interface EncodedForm {
  readonly content: Buffer;
  readonly type: string;
}

/** Encodes a form by what Node has for it, so that got's encoder can be left out of the package. */
async function encodedForm(form: FormData): Promise<EncodedForm> {
  const encoded = new Response(form);
  return { content: Buffer.from(await encoded.arrayBuffer()), type: encoded.headers.get('content-type') ?? 'multipart/form-data' };
}

/** What got has to know of one request besides its address. */
async function ownOptions({ method, headers, limits, body }: TimedRequest, agent: Agents | undefined): Promise<StreamOptions> {
  const form = body instanceof FormData ? await encodedForm(body) : undefined;
  const options: StreamOptions = { method };
  if (agent !== undefined) options.agent = agent;
  if (limits !== undefined) options.timeout = connectTimeout(limits);
  const type = form === undefined ? 'application/json' : form.type;
  if (body !== undefined) options.body = form === undefined ? JSON.stringify(body) : form.content;
  if (headers !== undefined || body !== undefined) options.headers = body === undefined ? headers : { ...headers, 'content-type': type };
  return options;
}

import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import got, { type Request as GotRequest, type RequestError } from 'got';
import type { HttpErrorInit } from '../errors/http-error.js';
import type { Phase, Sent } from '../errors/network-error.js';
import { NetworkError } from '../errors/network-error.js';
import { ParseError } from '../errors/parse-error.js';
import { TimeoutError } from '../errors/timeout-error.js';
import { UncertainOutcomeError, uncertainAfter } from '../errors/uncertain-outcome-error.js';
import { onAbort } from './abort.js';
import { Body } from './body.js';
import { causeOf } from './cause.js';
import { type Agents, ConnectionPool, notePromise } from './connection-pool.js';
import { parseJson } from './json.js';
import { type NetworkOptions, networkOf } from './network.js';
import { queryString } from './query-string.js';
import { redact } from './redact.js';
import { type ApiResponse, addressOf, isCreating, type RequestDescription, type TimeoutOptions } from './request.js';
import { PROXY_FAILED } from './tunnel.js';

/** A request whose limits, where it has some of its own, are worked out. */
export interface TimedRequest extends RequestDescription {
  readonly timeout?: Required<TimeoutOptions> | undefined;
}

/** Where and as whom a transport speaks. Kept by the session, shown to nobody. */
export interface Endpoint {
  /** Everything before the version: `https://api.bigcommerce.com/stores/abc123`. */
  readonly root: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Texts that must not appear in anything a user sees. */
  readonly secrets: readonly string[];
}

export interface TransportOptions {
  timeout: Required<TimeoutOptions>;
  /** Sockets open at once. */
  concurrency: number;
  /** Bytes of a decompressed answer, at the most. */
  maxResponseBytes: number;
  network?: NetworkOptions;
}

/** What came back, still in bytes: these take less memory than objects, and no time of whoever does not look at them yet. */
export interface Reply extends Omit<ApiResponse, 'body'> {
  /** The platform's name for the exchange (`X-Request-Id`). */
  readonly requestId?: string | undefined;
  /** The answer with its parsed body; once. @throws ParseError where the body of a success is not JSON */
  read(): ApiResponse;
}

/**
 * The one place that touches got. A description goes in, an answer or one of our errors comes out; an answer of any
 * status is an answer. got's own errors hold the request with its headers, so none of them leaves this file.
 *
 * Told otherwise than by default: no redirects (got forwards `X-Auth-Token` to other hosts), no retries (the session's
 * policy knows what is safe), limits for connecting, and the stream interface, read here, so that the size of the
 * decompressed body is bounded (https://github.com/sindresorhus/got, documentation/2-options.md, 6-timeout.md). The limits
 * for the answer are kept here as well, by one timer at a time: got would set three, with a listener for each. All that is
 * the same for every request is said once, since got copies and checks what it is told with each.
 */
export class Transport {
  #endpoint: Endpoint;
  readonly #options: TransportOptions;
  readonly #connections: ConnectionPool;
  #open: Open;

  constructor(endpoint: Endpoint, options: TransportOptions) {
    this.#endpoint = endpoint;
    this.#options = options;
    const network = networkOf(options.network ?? {}, endpoint.root);
    const { proxy } = network;
    if (proxy?.authorization !== undefined) this.#endpoint = { ...endpoint, secrets: [...endpoint.secrets, proxy.authorization] };
    this.#connections = new ConnectionPool(options.concurrency, network, options.timeout.connect);
    this.#open = prepared(got as unknown as Open, {
      isStream: true,
      agent: this.#connections.agents,
      headers: { 'user-agent': network.userAgent, accept: 'application/json', ...endpoint.headers },
      followRedirect: false,
      throwHttpErrors: false,
      retry: { limit: 0 },
      timeout: connecting(options.timeout),
    });
  }

  /** Sends one request once. */
  async send(request: TimedRequest): Promise<Reply> {
    request.signal?.throwIfAborted();
    let agents: Agents | undefined;
    if (isOnce(request)) {
      agents = await this.#connections.agentsForOnce();
      request.signal?.throwIfAborted();
    }
    const { status, headers, body } = await this.#exchange(request, agents);
    const requestId = requestIdOf(headers, this.#endpoint);
    if (requestId !== undefined) headers['x-request-id'] = requestId;
    return { status, headers, requestId, read: () => this.#read(request, status, headers, body.take()) };
  }

  /** Requests from now on carry these headers; the secrets of before are masked still. */
  authenticate(headers: Readonly<Record<string, string>>, secret: string): void {
    this.#endpoint = { ...this.#endpoint, secrets: [...this.#endpoint.secrets, secret] };
    this.#open = prepared(this.#open, { headers });
  }

  /** Closes the idle connections. */
  close(): void {
    this.#connections.close();
  }

  #exchange(request: TimedRequest, agents: Agents | undefined): Promise<{ status: number; headers: Record<string, string>; body: Body }> {
    const query = queryString(request.query);
    const url = `${this.#endpoint.root}${addressOf(request)}${query === '' ? '' : `?${query}`}`;
    const given = request.body === undefined || request.body instanceof FormData ? request.body : JSON.stringify(request.body);
    const { maxResponseBytes } = this.#options;

    return new Promise((resolve, reject) => {
      const body = new Body();
      let status = 0;
      let headers: Record<string, string> = {};
      let settled = false;
      let isConnected = false;
      const sentSoFar = (): Sent => (status > 0 ? 'yes' : isConnected ? 'maybe' : 'no');

      const limits = request.timeout ?? this.#options.timeout;
      const stream = this.#open(url, ownOptions(request, given, agents));
      // got waits for somebody to write the body of any method that may have one.
      if (given === undefined && request.method !== 'GET') stream.end();
      const stop = onAbort(request.signal, () =>
        settle(() => {
          stream.destroy();
          reject(this.#abortReason(request, sentSoFar()));
        }),
      );
      const settle = (how: () => void): void => {
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        stop();
        how();
      };
      const late = (phase: Phase): void =>
        settle(() => {
          const error = timedOut(request, phase, sentSoFar(), this.#endpoint, requestIdOf(headers, this.#endpoint));
          stream.destroy();
          reject(error);
        });
      let begun = 0;
      let timer: NodeJS.Timeout | undefined;
      /** From now on the time of a phase runs, unless that of the whole ends sooner. */
      const limit = (phase: 'response' | 'body' | 'total'): void => {
        if (settled) return;
        clearTimeout(timer);
        const left = limits.total - (performance.now() - begun);
        timer = phase !== 'total' && limits[phase] < left ? setTimeout(late, limits[phase], phase) : setTimeout(late, left, 'total');
      };
      /** The time of the whole runs from when the request has a socket; the answer is awaited from when it has gone. */
      const onSocket = (socket: Socket): void => {
        begun = performance.now();
        limit('total');
        isConnected = !socket.connecting;
        // Until then nothing of the request leaves this machine.
        if (socket.connecting) socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => (isConnected = true));
      };
      stream.once('request', (sent: ClientRequest) => {
        if (sent.socket === null) sent.once('socket', onSocket);
        else onSocket(sent.socket);
        sent.once('finish', () => status === 0 && limit('response'));
      });
      stream.once('response', (response: Answering) => {
        status = response.statusCode;
        headers = plainHeaders(response.headers);
        if (response.socket !== null) notePromise(response.socket, headers['keep-alive']);
        limit('body');
      });
      stream.on('data', (chunk: Buffer) => {
        if (body.length + chunk.length <= maxResponseBytes) body.add(chunk);
        else
          settle(() => {
            body.drop();
            stream.destroy();
            reject(this.#tooLarge(request, status, headers));
          });
      });
      stream.once('end', () => settle(() => resolve({ status, headers, body })));
      stream.on('error', (error: RequestError) =>
        settle(() => {
          stream.destroy();
          reject(failure(request, error, sentSoFar(), this.#endpoint, requestIdOf(headers, this.#endpoint)));
        }),
      );
    });
  }

  #read(request: RequestDescription, status: number, headers: Record<string, string>, text: string): ApiResponse {
    const failed = status < 200 || status > 299;
    const { secrets } = this.#endpoint;
    if (text.trim() === '') return { status, headers: failed ? redact(headers, secrets) : headers, body: undefined };
    let body: unknown;
    try {
      body = parseJson(text.startsWith('\uFEFF') ? text.slice(1) : text);
    } catch {
      if (failed) return { status, headers: redact(headers, secrets), body: redact(text, secrets) };
      const shown = redact(text, secrets).slice(0, 200);
      throw unreadable(
        request,
        `${request.method} ${addressOf(request)} answered ${status} with ${headers['content-type'] ?? 'no content type'}` +
          ` where JSON was due; it begins: ${shown.replace(/\s+/g, ' ')}. Check \`baseUrl\`; a login or maintenance page answers like this.`,
        { status, method: request.method, path: addressOf(request), body: shown, headers: redact(headers, secrets) },
      );
    }
    return failed ? { status, headers: redact(headers, secrets), body: redact(body, secrets) } : { status, headers, body };
  }

  #tooLarge(request: RequestDescription, status: number, headers: Record<string, string>): Error {
    return unreadable(
      request,
      `${request.method} ${addressOf(request)} answered with more than ${this.#options.maxResponseBytes} bytes after decompression; it was cut off.` +
        ' Ask for smaller pages, or raise `maxResponseBytes`.',
      { status, method: request.method, path: addressOf(request), body: undefined, headers: redact(headers, this.#endpoint.secrets) },
    );
  }

  #abortReason(request: RequestDescription, sent: Sent): unknown {
    if (!isOnce(request) || sent === 'no') return request.signal?.reason;
    const uncertain = new UncertainOutcomeError(
      `${request.method} ${addressOf(request)} was aborted after it may have been sent: the record may have been created; look before you repeat it.`,
      { method: request.method, path: addressOf(request), sent, phase: phaseOf(sent) },
    );
    uncertain.cause = request.signal?.reason;
    return uncertain;
  }
}

/** The head of an answer, as Node gives it. */
interface Answering {
  readonly statusCode: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly socket: Socket | null;
}

/** Whether a request must not be sent twice. */
const isOnce = ({ method }: RequestDescription): boolean => method === 'POST' || method === 'PATCH';

/** got with `isStream` said beforehand. */
interface Open {
  (url: string, options: object | undefined): GotRequest;
  extend(options: object): Open;
  readonly defaults: { readonly options: { cacheOptions: object } };
}

/**
 * got with what is the same for every request. Its defaults hold a frozen object, of which V8 makes each copy a hidden class
 * of its own, and of what is made of that the next thirty-five: 17 KB that stay until the next full collection, and a sixth of
 * the time of a request. An empty one that is not frozen (`mutableDefaults`) spares that; got's cache is not used.
 */
function prepared(from: Open, options: object): Open {
  const open = from.extend({ ...options, mutableDefaults: true });
  open.defaults.options.cacheOptions = {};
  return open;
}

/** The limits that got keeps: those of a connection that is being made. */
const connecting = ({ connect }: Required<TimeoutOptions>) => ({ lookup: connect, connect, secureConnect: connect });

/** What got is told of one request besides its address: of most, nothing. */
function ownOptions({ method, headers, timeout }: TimedRequest, body: unknown, agent: Agents | undefined): object | undefined {
  if (method === 'GET' && headers === undefined && timeout === undefined && body === undefined) return undefined;
  const type = typeof body === 'string' ? { 'content-type': 'application/json' } : undefined;
  return {
    method,
    ...(agent === undefined ? {} : { agent }),
    ...(timeout === undefined ? {} : { timeout: connecting(timeout) }),
    ...(body === undefined ? {} : { body }),
    ...(headers === undefined && type === undefined ? {} : { headers: { ...headers, ...type } }),
  };
}

/** Node makes an object of its own for each answer; only `set-cookie` is a list there. */
function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  if (headers['set-cookie'] === undefined) return headers as Record<string, string>;
  const plain: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}

/** Why a connection could not be made, and what to look at. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there: check `baseUrl`.',
  ENOTFOUND: 'The name is unknown: check `baseUrl` and `storeHash`.',
  EAI_AGAIN: 'The name could not be looked up just now.',
  EHOSTUNREACH: 'The host cannot be reached.',
  ENETUNREACH: 'The network cannot be reached.',
};

/** The error for an answer that cannot be read. After a POST that was not refused it is not known what was made. */
function unreadable(request: RequestDescription, message: string, init: HttpErrorInit): Error {
  const error = new ParseError(message, init);
  const isRefused = init.status >= 300 && init.status < 500;
  return isCreating(request) && !isRefused ? uncertainAfter(error) : error;
}

/** The platform's name for an exchange. */
const requestIdOf = (headers: Readonly<Record<string, string>>, { secrets }: Endpoint): string | undefined =>
  headers['x-request-id'] === undefined ? undefined : redact(headers['x-request-id'], secrets);

const PROXY_REFUSED = 'The proxy of HTTPS_PROXY made no connection: check its address and credentials, or name the host in NO_PROXY.';

const CERTIFICATE = /^(CERT_|DEPTH_|ERR_TLS|SELF_SIGNED|UNABLE_TO|HOSTNAME)/;

const phaseOf = (sent: Sent): Phase => ({ no: 'connect', maybe: 'response', yes: 'body' })[sent] as Phase;

/** What a limit of our own that has passed comes to. */
function timedOut(request: RequestDescription, phase: Phase, sent: Sent, endpoint: Endpoint, requestId: string | undefined): NetworkError {
  const what = `ran out of time (${phase}: see the \`timeout\` option)`;
  return errorOf(request, { sent, phase, code: 'ETIMEDOUT', requestId }, what, endpoint, TimeoutError);
}

/** What an error of got comes to. Whether the request had left decides, not the code: a connection that is there can fail like one that never was. */
function failure(
  request: RequestDescription,
  error: RequestError,
  sent: Sent,
  endpoint: Endpoint,
  requestId: string | undefined,
): NetworkError {
  const host = new URL(endpoint.root).host;
  // got wraps the error of the system, with the request and its headers.
  const cause = causeOf(error.cause instanceof Error ? error.cause : error, endpoint.secrets);
  if (error.name === 'TimeoutError') {
    const init = { sent, phase: phaseOf(sent), code: error.code, requestId, cause };
    return errorOf(request, init, 'ran out of time (connect: see the `timeout` option)', endpoint, TimeoutError);
  }
  const init = { sent, phase: phaseOf(sent), code: error.code, requestId, cause };
  if (sent === 'no') {
    const isRefused = CERTIFICATE.test(error.code);
    const why = error.code.startsWith(PROXY_FAILED)
      ? PROXY_REFUSED
      : (UNREACHABLE[error.code] ?? (isRefused ? 'Its certificate was refused.' : 'The connection ended before it was made.'));
    const about = { method: request.method, path: addressOf(request), ...init, phase: isRefused ? ('response' as const) : init.phase };
    return new NetworkError(`${about.method} ${about.path} could not reach ${host} (${error.code}). ${why} Nothing was sent.`, about);
  }
  return errorOf(request, init, `lost its connection to ${host} (${error.code})`, endpoint, NetworkError);
}

/** The error for a request that has come to nothing; a POST that may have been sent is uncertain, whatever came in its way. */
function errorOf(
  request: RequestDescription,
  init: { sent: Sent; phase: Phase; code: string | undefined; requestId?: string | undefined; cause?: unknown },
  what: string,
  endpoint: Endpoint,
  Class: typeof NetworkError,
): NetworkError {
  const about = { method: request.method, path: addressOf(request), ...init };
  const asked = `${about.method} ${about.path}`;
  if (init.sent !== 'no' && isOnce(request))
    return new UncertainOutcomeError(
      `${asked} ${what} after it may have been sent: the record may have been created; look before you repeat it.`,
      about,
    );
  return new Class(`${asked} to ${new URL(endpoint.root).host} ${what}.${init.sent === 'no' ? ' Nothing was sent.' : ''}`, about);
}

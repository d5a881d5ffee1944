import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
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
import { parseJson } from './json.js';
import { queryString } from './query-string.js';
import { redact } from './redact.js';
import { type Answer, addressOf, isCreating, type RequestDescription, type TimeoutOptions } from './request.js';

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
}

/** What came back, still in bytes: these take less memory than objects, and no time of whoever does not look at them yet. */
export interface Reply extends Omit<Answer, 'body'> {
  /** The platform's name for the exchange (`X-Request-Id`). */
  readonly requestId?: string | undefined;
  /** The answer with its parsed body; once. @throws ParseError where the body of a success is not JSON */
  read(): Answer;
}

/** Longer than any pause between two requests of a job, shorter than the platform's own idle limit. */
const KEEP_ALIVE_MS = 30_000;

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
  readonly #agents: { http: HttpAgent; https: HttpsAgent };
  #open: Open;

  constructor(endpoint: Endpoint, options: TransportOptions) {
    this.#endpoint = endpoint;
    this.#options = options;
    const agent = { keepAlive: true, maxSockets: options.concurrency, keepAliveMsecs: 1000, timeout: KEEP_ALIVE_MS };
    this.#agents = { http: new HttpAgent(agent), https: new HttpsAgent(agent) };
    this.#open = prepared(got as unknown as Open, {
      isStream: true,
      agent: this.#agents,
      headers: { 'user-agent': 'bigrecord', accept: 'application/json', ...endpoint.headers },
      followRedirect: false,
      throwHttpErrors: false,
      retry: { limit: 0 },
      timeout: connecting(options.timeout),
    });
  }

  /** Sends one request once. */
  async send(request: TimedRequest): Promise<Reply> {
    request.signal?.throwIfAborted();
    const { status, headers, body } = await this.#exchange(request);
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
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }

  #exchange(request: TimedRequest): Promise<{ status: number; headers: Record<string, string>; body: Body }> {
    const query = queryString(request.query);
    const url = `${this.#endpoint.root}${addressOf(request)}${query === '' ? '' : `?${query}`}`;
    const given = request.body === undefined || request.body instanceof FormData ? request.body : JSON.stringify(request.body);
    const { maxResponseBytes } = this.#options;

    return new Promise((resolve, reject) => {
      const body = new Body();
      let status = 0;
      let headers: Record<string, string> = {};
      let settled = false;

      const limits = request.timeout ?? this.#options.timeout;
      const stream = this.#open(url, ownOptions(request, given));
      // got waits for somebody to write the body of any method that may have one.
      if (given === undefined && request.method !== 'GET') stream.end();
      const stop = onAbort(request.signal, () =>
        settle(() => {
          stream.destroy();
          reject(this.#abortReason(request, status > 0));
        }),
      );
      const settle = (how: () => void): void => {
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        stop();
        how();
      };
      const begun = performance.now();
      const late = (phase: Phase): void =>
        settle(() => {
          stream.destroy();
          reject(timedOut(request, phase, status > 0, this.#endpoint, requestIdOf(headers, this.#endpoint)));
        });
      let timer = setTimeout(late, limits.total, 'total');
      /** From now on the time of a phase runs, unless that of the whole ends sooner. */
      const limit = (phase: 'response' | 'body'): void => {
        if (settled) return;
        clearTimeout(timer);
        const left = limits.total - (performance.now() - begun);
        timer = limits[phase] < left ? setTimeout(late, limits[phase], phase) : setTimeout(late, left, 'total');
      };

      // Waiting for a connection is no part of any phase; the answer is awaited from when the request has gone.
      stream.once('request', (sent: NodeJS.EventEmitter) => sent.once('finish', () => status === 0 && limit('response')));
      stream.once('response', (response: { statusCode: number; headers: Record<string, string | string[] | undefined> }) => {
        status = response.statusCode;
        headers = plainHeaders(response.headers);
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
          reject(failure(request, error, status > 0, this.#endpoint, requestIdOf(headers, this.#endpoint)));
        }),
      );
    });
  }

  #read(request: RequestDescription, status: number, headers: Record<string, string>, text: string): Answer {
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

  #abortReason(request: RequestDescription, answering: boolean): unknown {
    if (request.method !== 'POST' && request.method !== 'PATCH') return request.signal?.reason;
    const uncertain = new UncertainOutcomeError(
      `${request.method} ${addressOf(request)} was aborted after it may have been sent: the record may have been created; look before you repeat it.`,
      { method: request.method, path: addressOf(request), sent: answering ? 'yes' : 'maybe', phase: answering ? 'body' : 'response' },
    );
    uncertain.cause = request.signal?.reason;
    return uncertain;
  }
}

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
function ownOptions({ method, headers, timeout }: TimedRequest, body: unknown): object | undefined {
  if (method === 'GET' && headers === undefined && timeout === undefined && body === undefined) return undefined;
  const type = typeof body === 'string' ? { 'content-type': 'application/json' } : undefined;
  return {
    method,
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

/** Failures of which it is certain that nothing was sent, with what to look at. */
const NOT_SENT: Readonly<Record<string, string>> = {
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

const CERTIFICATE = /^(CERT_|DEPTH_|ERR_TLS|SELF_SIGNED|UNABLE_TO|HOSTNAME)/;

/** What a limit of our own that has passed comes to. */
function timedOut(
  request: RequestDescription,
  phase: Phase,
  answering: boolean,
  endpoint: Endpoint,
  requestId: string | undefined,
): NetworkError {
  const what = `ran out of time (${phase}: see the \`timeout\` option)`;
  const init = { sent: answering ? ('yes' as const) : ('maybe' as const), phase, code: 'ETIMEDOUT', requestId };
  return errorOf(request, init, what, endpoint, TimeoutError);
}

/** What an error of got comes to. */
function failure(
  request: RequestDescription,
  error: RequestError,
  answering: boolean,
  endpoint: Endpoint,
  requestId: string | undefined,
): NetworkError {
  const host = new URL(endpoint.root).host;
  // got wraps the error of the system, with the request and its headers.
  const cause = causeOf(error.cause instanceof Error ? error.cause : error, endpoint.secrets);
  if (error.name === 'TimeoutError') {
    const init = { sent: 'no' as const, phase: 'connect' as const, code: error.code, cause };
    return errorOf(request, init, 'ran out of time (connect: see the `timeout` option)', endpoint, TimeoutError);
  }
  if (error.code in NOT_SENT || CERTIFICATE.test(error.code)) {
    return new NetworkError(
      `${request.method} ${addressOf(request)} could not reach ${host} (${error.code}). ${NOT_SENT[error.code] ?? 'Its certificate was refused.'}`,
      {
        method: request.method,
        path: addressOf(request),
        sent: 'no',
        phase: error.code in NOT_SENT ? 'connect' : 'response',
        code: error.code,
        cause,
      },
    );
  }
  const init = {
    sent: answering ? ('yes' as const) : ('maybe' as const),
    phase: answering ? ('body' as const) : ('response' as const),
    code: error.code,
    requestId,
    cause,
  };
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
  if (init.sent !== 'no' && (request.method === 'POST' || request.method === 'PATCH'))
    return new UncertainOutcomeError(
      `${asked} ${what} after it may have been sent: the record may have been created; look before you repeat it.`,
      about,
    );
  return new Class(`${asked} to ${new URL(endpoint.root).host} ${what}.`, about);
}

import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import got, { type Got, type RequestError } from 'got';
import type { Phase, Sent } from '../errors/network-error.js';
import { NetworkError } from '../errors/network-error.js';
import { ParseError } from '../errors/parse-error.js';
import { TimeoutError } from '../errors/timeout-error.js';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.js';
import { onAbort } from './abort.js';
import { parseJson } from './json.js';
import { queryString } from './query-string.js';
import { redact } from './redact.js';
import { type Answer, addressOf, type RequestDescription, type TimeoutOptions } from './request.js';

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

/** Longer than any pause between two requests of a job, shorter than the platform's own idle limit. */
const KEEP_ALIVE_MS = 30_000;

/**
 * The one place that touches got. A description goes in, an answer or one of our errors comes out; an answer of any
 * status is an answer. got's own errors hold the request with its headers, so none of them leaves this file.
 *
 * Told otherwise than by default: no redirects (got forwards `X-Auth-Token` to other hosts), no retries (the session's
 * policy knows what is safe), a limit for every phase, and the stream interface, read here, so that the size of the
 * decompressed body is bounded (https://github.com/sindresorhus/got, documentation/2-options.md, 6-timeout.md).
 */
export class Transport {
  #endpoint: Endpoint;
  readonly #options: TransportOptions;
  readonly #agents: { http: HttpAgent; https: HttpsAgent };
  #got: Got;

  constructor(endpoint: Endpoint, options: TransportOptions) {
    this.#endpoint = endpoint;
    this.#options = options;
    const agent = { keepAlive: true, maxSockets: options.concurrency, keepAliveMsecs: 1000, timeout: KEEP_ALIVE_MS };
    this.#agents = { http: new HttpAgent(agent), https: new HttpsAgent(agent) };
    this.#got = got.extend({
      agent: this.#agents,
      headers: { 'user-agent': 'bigrecord', accept: 'application/json', ...endpoint.headers },
      followRedirect: false,
      throwHttpErrors: false,
      retry: { limit: 0 },
      timeout: gotTimeout(options.timeout),
    });
  }

  /** Sends one request once. */
  async send(request: RequestDescription): Promise<Answer> {
    request.signal?.throwIfAborted();
    const { text, status, headers } = await this.#exchange(request);
    return this.#read(request, status, headers, text);
  }

  /** Requests from now on carry these headers; the secrets of before are masked still. */
  authenticate(headers: Readonly<Record<string, string>>, secret: string): void {
    this.#endpoint = { ...this.#endpoint, secrets: [...this.#endpoint.secrets, secret] };
    this.#got = this.#got.extend({ headers });
  }

  /** Closes the idle connections. */
  close(): void {
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }

  #exchange(request: RequestDescription): Promise<{ status: number; headers: Record<string, string>; text: string }> {
    const query = queryString(request.query);
    const url = `${this.#endpoint.root}${addressOf(request)}${query === '' ? '' : `?${query}`}`;
    const body = request.body === undefined || request.body instanceof FormData ? request.body : JSON.stringify(request.body);
    const { maxResponseBytes } = this.#options;

    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      let status = 0;
      let headers: Record<string, string> = {};
      let settled = false;

      const stream = this.#got.stream(url, {
        method: request.method,
        ...(request.timeout === undefined ? {} : { timeout: gotTimeout(request.timeout as Required<TimeoutOptions>) }),
        ...(body === undefined ? {} : { body }),
        ...headersOf(request, body),
      });
      // got waits for somebody to write the body of any method that may have one.
      if (body === undefined && request.method !== 'GET') stream.end();
      const stop = onAbort(request.signal, () =>
        settle(() => {
          stream.destroy();
          reject(this.#abortReason(request, status > 0));
        }),
      );
      const settle = (how: () => void): void => {
        if (settled) return;
        settled = true;
        stop();
        how();
      };

      stream.on('response', (response: { statusCode: number; headers: Record<string, string | string[] | undefined> }) => {
        status = response.statusCode;
        headers = plainHeaders(response.headers);
      });
      stream.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= maxResponseBytes) chunks.push(chunk);
        else
          settle(() => {
            stream.destroy();
            reject(this.#tooLarge(request, status, headers));
          });
      });
      stream.once('end', () =>
        settle(() =>
          resolve({ status, headers, text: (chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString('utf8') }),
        ),
      );
      stream.on('error', (error: RequestError) =>
        settle(() => {
          stream.destroy();
          reject(failure(request, error, status > 0, this.#endpoint));
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
      throw new ParseError(
        `${request.method} ${addressOf(request)} answered ${status} with ${headers['content-type'] ?? 'no content type'}` +
          ` where JSON was due; it begins: ${shown.replace(/\s+/g, ' ')}. Check \`baseUrl\`; a login or maintenance page answers like this.`,
        { status, method: request.method, path: addressOf(request), body: shown, headers: redact(headers, secrets) },
      );
    }
    return failed ? { status, headers: redact(headers, secrets), body: redact(body, secrets) } : { status, headers, body };
  }

  #tooLarge(request: RequestDescription, status: number, headers: Record<string, string>): ParseError {
    return new ParseError(
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

const gotTimeout = ({ connect, response, body, total }: Required<TimeoutOptions>) => ({
  lookup: connect,
  connect,
  secureConnect: connect,
  response,
  read: body,
  request: total,
});

function headersOf({ headers }: RequestDescription, body: unknown): { headers?: Record<string, string> } {
  if (headers === undefined && typeof body !== 'string') return {};
  return { headers: { ...headers, ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}) } };
}

function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}

/** got's timed-out event → our phase. */
const TIMEOUT_PHASES: Readonly<Record<string, Phase>> = {
  lookup: 'connect',
  connect: 'connect',
  secureConnect: 'connect',
  socket: 'response',
  send: 'request',
  response: 'response',
  read: 'body',
  request: 'total',
};

/** Failures of which it is certain that nothing was sent, with what to look at. */
const NOT_SENT: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there: check `baseUrl`.',
  ENOTFOUND: 'The name is unknown: check `baseUrl` and `storeHash`.',
  EAI_AGAIN: 'The name could not be looked up just now.',
  EHOSTUNREACH: 'The host cannot be reached.',
  ENETUNREACH: 'The network cannot be reached.',
};

const CERTIFICATE = /^(CERT_|DEPTH_|ERR_TLS|SELF_SIGNED|UNABLE_TO|HOSTNAME)/;

function failure(request: RequestDescription, error: RequestError, answering: boolean, endpoint: Endpoint): Error {
  const asked = `${request.method} ${addressOf(request)}`;
  const host = new URL(endpoint.root).host;
  const timedOut = error.name === 'TimeoutError';
  const timeoutEvent = timedOut ? String((error as RequestError & { event?: string }).event) : '';
  const phase: Phase = timedOut
    ? (TIMEOUT_PHASES[timeoutEvent] ?? 'total')
    : answering
      ? 'body'
      : error.code in NOT_SENT
        ? 'connect'
        : 'response';
  const notSent = error.code in NOT_SENT || CERTIFICATE.test(error.code) || phase === 'connect';
  const sent: Sent = notSent ? 'no' : answering ? 'yes' : 'maybe';
  const init = { method: request.method, path: addressOf(request), sent, phase, code: error.code };
  const unsafe = (request.method === 'POST' || request.method === 'PATCH') && !notSent;
  const what = timedOut
    ? `ran out of time (${timeoutEvent}: see the \`timeout\` option)`
    : `lost its connection to ${host} (${error.code})`;
  if (unsafe) {
    return new UncertainOutcomeError(
      `${asked} ${what} after it may have been sent: the record may have been created; look before you repeat it.`,
      init,
    );
  }
  if (timedOut) return new TimeoutError(`${asked} to ${host} ${what}.`, init);
  if (notSent)
    return new NetworkError(
      `${asked} could not reach ${host} (${error.code}). ${NOT_SENT[error.code] ?? 'Its certificate was refused.'}`,
      init,
    );
  return new NetworkError(`${asked} ${what}.`, init);
}

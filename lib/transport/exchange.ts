import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { Request as GotRequest, RequestError } from 'got';
import type { Sent } from '../errors/network-error.js';
import { abortCallbacks } from './abort.js';
import { Body } from './body.js';
import { notePromise } from './connection-pool.js';
import type { Failure, Reason, Received, TimedPhase } from './outcome.js';
import type { TimeoutOptions } from './request.js';

/** Ends an exchange without a whole response. Stays inside this room: the transport makes one of our errors of it. */
export class ExchangeFailure extends Error implements Failure {
  constructor(
    readonly reason: Reason,
    readonly sent: Sent,
    readonly status: number,
    readonly headers: Record<string, string>,
  ) {
    super(reason.kind);
  }
}

/** The head of a response, as Node gives it. */
interface Head {
  readonly statusCode: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly socket: Socket | null;
}

/**
 * Follows one request of got from its socket to the end of the response, and keeps the limits of time and size.
 *
 * The limits for the response are kept here by one timer: got would set three, each with a listener.
 */
export class Exchange {
  /** The whole response. Rejects with an {@link ExchangeFailure}. */
  readonly response: Promise<Received>;
  readonly #stream: GotRequest;
  readonly #limits: Required<TimeoutOptions>;
  readonly #maxBytes: number;
  readonly #body = new Body();
  #resolve: (received: Received) => void = () => {};
  #reject: (failure: ExchangeFailure) => void = () => {};
  readonly #abortCallbacks: Set<() => void> | undefined;
  #status = 0;
  readonly #headers: Record<string, string> = {};
  #isFinished = false;
  #isConnected = false;
  #endsAt = Number.POSITIVE_INFINITY;
  /** What is under way, and when it must have ended. */
  #phase: TimedPhase = 'total';
  #phaseEndsAt = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: GotRequest, limits: Required<TimeoutOptions>, maxBytes: number, signal: AbortSignal | undefined) {
    this.#stream = stream;
    this.#limits = limits;
    this.#maxBytes = maxBytes;
    this.response = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#abortCallbacks = signal && abortCallbacks(signal);
    this.#abortCallbacks?.add(this.#onAbort);
    stream.once('request', this.#onRequest);
    stream.once('response', this.#onResponse);
    stream.on('data', this.#onData);
    stream.once('end', this.#onEnd);
    stream.on('error', (error: RequestError) => this.#fail({ kind: 'failed', error }));
  }

  readonly #onAbort = (): void => this.#fail({ kind: 'aborted' });

  readonly #onRequest = (request: ClientRequest): void => {
    if (request.socket === null) request.once('socket', this.#onSocket);
    else this.#onSocket(request.socket);
    request.once('finish', this.#onSent);
  };

  /** The total time-out runs from here on: waiting for a socket does not count. */
  readonly #onSocket = (socket: Socket): void => {
    this.#endsAt = performance.now() + this.#limits.total;
    if (!this.#isFinished) this.#keepLimits();
    this.#isConnected = !socket.connecting;
    // Until the connection stands, nothing of the request leaves this machine.
    if (socket.connecting) socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => (this.#isConnected = true));
  };

  readonly #onSent = (): void => {
    if (this.#status > 0) return;
    this.#phase = 'response';
    this.#phaseEndsAt = performance.now() + this.#limits.response;
  };

  readonly #onResponse = ({ statusCode, headers, socket }: Head): void => {
    this.#status = statusCode;
    for (const name in headers) {
      const value = headers[name];
      if (value !== undefined) this.#headers[name] = typeof value === 'string' ? value : value.join(', '); // as Node gives `set-cookie`
    }
    if (socket !== null) notePromise(socket, this.#headers['keep-alive']);
    this.#phase = 'body';
    this.#phaseEndsAt = performance.now() + this.#limits.body;
  };

  readonly #onData = (chunk: Buffer): void => {
    if (!this.#body.add(chunk, this.#maxBytes)) this.#fail({ kind: 'too large' });
  };

  readonly #onEnd = (): void => {
    if (this.#isFinished) return;
    this.#finish();
    this.#resolve({ status: this.#status, headers: this.#headers, body: this.#body });
  };

  /** Ends the exchange if a limit is reached; else looks again when the next one may be, be it that of a phase yet to begin. */
  readonly #keepLimits = (): void => {
    const { response, body } = this.#limits;
    const left = Math.min(this.#endsAt, this.#phaseEndsAt) - performance.now();
    if (left > 0) this.#timer = setTimeout(this.#keepLimits, Math.min(left, response, body));
    else this.#fail({ kind: 'timeout', phase: this.#phaseEndsAt < this.#endsAt ? this.#phase : 'total' });
  };

  #fail(reason: Reason): void {
    if (this.#isFinished) return;
    this.#finish();
    const sent = this.#status > 0 ? 'yes' : this.#isConnected ? 'maybe' : 'no';
    this.#body.drop();
    this.#stream.destroy();
    this.#reject(new ExchangeFailure(reason, sent, this.#status, this.#headers));
  }

  #finish(): void {
    this.#isFinished = true;
    clearTimeout(this.#timer);
    this.#abortCallbacks?.delete(this.#onAbort);
  }
}

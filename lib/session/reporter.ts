import { BigRecordError } from '../errors/bigrecord-error.js';
import type { RawResponse } from '../transport/raw-response.js';
import { addressOf, type RequestDescription } from '../transport/request.js';
import type { Events, SessionEvents } from './events.js';
import type { Operation } from './link.js';

/** Emits the events of requests, for the links of the chain. */
export class Reporter {
  readonly #events: Events;
  readonly #store: string | undefined;

  constructor(events: Events, store: string | undefined) {
    this.#events = events;
    this.#store = store;
  }

  requestSent(request: RequestDescription, { attempt }: Operation): void {
    this.#events.emit('request', () => this.#exchange(request, attempt));
  }

  responded(request: RequestDescription, { attempt }: Operation, { status, requestId }: RawResponse, ms: number): void {
    this.#events.emit('response', () => ({ ...this.#exchange(request, attempt), status, ms, requestId }));
  }

  willRetry(event: 'retry' | 'throttle', request: RequestDescription, { attempt }: Operation, reason: string, waitMs: number): void {
    this.#events.emit(event, () => ({ ...this.#exchange(request, attempt), waitMs, reason }));
  }

  throttled(request: RequestDescription, { attempt }: Operation, reason: string, waitMs: number): void {
    if (attempt > 1 && reason === 'pause') return; // this request's own response asked for the pause, and that was emitted
    this.#events.emit('throttle', () => ({ ...this.#exchange(request, attempt), waitMs, reason }));
  }

  /** Emits `error` for an operation that has failed for good, once. */
  failed(request: RequestDescription, operation: Operation, error: unknown): void {
    if (!(error instanceof BigRecordError) || operation.hasFailed) return;
    operation.hasFailed = true;
    const attempt = 'attempts' in error ? Number(error.attempts) : 1;
    this.#events.emit('error', () => ({ ...this.#exchange(request, attempt), error }));
  }

  #exchange(request: RequestDescription, attempt: number): SessionEvents['request'] {
    return { store: this.#store, method: request.method, path: addressOf(request), query: request.query, attempt };
  }
}

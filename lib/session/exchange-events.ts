import type { RawResponse } from '../transport/raw-response.js';
import type { TimedRequest } from '../transport/transport.js';
import type { Events } from './events.js';
import type { Link, Operation } from './link.js';

/** Emits `request` and `response`, and notes when the attempt was handed to the transport. */
export class ExchangeEvents implements Link {
  readonly #next: Link;
  readonly #events: Events;

  constructor(next: Link, events: Events) {
    this.#next = next;
    this.#events = events;
  }

  async send(request: TimedRequest, operation: Operation): Promise<RawResponse> {
    const startedAt = performance.now();
    operation.startedAt = startedAt;
    const { attempt } = operation;
    this.#events.emit('request', () => this.#events.exchange(request, attempt));
    const response = await this.#next.send(request, operation);
    const ms = performance.now() - startedAt;
    const { status, requestId } = response;
    this.#events.emit('response', () => ({ ...this.#events.exchange(request, attempt), status, ms, requestId }));
    return response;
  }
}

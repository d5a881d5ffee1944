import { eitherOf } from '../transport/abort.js';
import type { RawResponse } from '../transport/raw-response.js';
import { addressOf } from '../transport/request.js';
import type { TimedRequest } from '../transport/transport.js';
import { OPENED_MEANWHILE } from './breaker-monitor.js';
import type { CircuitBreaker } from './circuit-breaker.js';
import type { Link, Operation } from './link.js';

/** Holds requests back while the circuit is open: bulk work waits here, where it holds no quota and no connection. */
export class BreakerGuard implements Link {
  readonly #next: Link;
  readonly #breaker: CircuitBreaker;
  readonly #closing: AbortSignal;

  /** @param closing aborted when the session closes, which does not wait for a store that is down */
  constructor(next: Link, breaker: CircuitBreaker, closing: AbortSignal) {
    this.#next = next;
    this.#breaker = breaker;
    this.#closing = closing;
  }

  async send(request: TimedRequest, operation: Operation): Promise<RawResponse> {
    for (;;) {
      if (this.#breaker.isOpen && this.#breaker.isHolding) await this.#pass(request);
      try {
        return await this.#next.send(request, operation);
      } catch (error) {
        if (error !== OPENED_MEANWHILE) throw error;
        request.signal?.throwIfAborted();
      }
    }
  }

  async #pass(request: TimedRequest): Promise<void> {
    const { method, priority = 'interactive', signal } = request;
    const either = eitherOf(signal, this.#closing);
    try {
      await this.#breaker.pass(`${method} ${addressOf(request)}`, priority, either.signal);
    } finally {
      either.release();
    }
  }
}

import { NetworkError } from '../errors/network-error.js';
import type { RawResponse } from '../transport/raw-response.js';
import type { TimedRequest } from '../transport/transport.js';
import type { Events } from './events.js';
import type { Link, Operation } from './link.js';
import type { RateBudget } from './rate-budget.js';

/** Waits until the store's quota allows the request, and tells the budget how the attempt ended. */
export class RateLimit implements Link {
  readonly #next: Link;
  readonly #budget: RateBudget;
  readonly #events: Events;

  constructor(next: Link, budget: RateBudget, events: Events) {
    this.#next = next;
    this.#budget = budget;
    this.#events = events;
  }

  async send(request: TimedRequest, operation: Operation): Promise<RawResponse> {
    const { priority = 'interactive', signal } = request;
    const turn = this.#budget.acquire(priority, signal, (waitMs, reason) => this.#events.throttled(request, operation, reason, waitMs));
    if (turn !== undefined) await turn;
    try {
      const response = await this.#next.send(request, operation);
      const { status, headers } = response;
      this.#budget.release({ status, headers, ms: performance.now() - (operation.startedAt ?? performance.now()) });
      return response;
    } catch (error) {
      const { startedAt } = operation;
      if (startedAt === undefined) this.#budget.release({ isSent: false });
      else this.#budget.release({ ms: performance.now() - startedAt, isSent: !(error instanceof NetworkError && error.sent === 'no') });
      throw error;
    }
  }
}

import type { RawResponse } from '../transport/raw-response.js';
import type { TimedRequest } from '../transport/transport.js';
import type { Link, Operation } from './link.js';
import { Semaphore } from './semaphore.js';

/** Waits for one of the session's connections: the transport sends at once what it is given. */
export class Connections implements Link {
  readonly #next: Link;
  readonly #semaphore: Semaphore;

  constructor(next: Link, concurrency: number) {
    this.#next = next;
    this.#semaphore = new Semaphore(concurrency);
  }

  async send(request: TimedRequest, operation: Operation): Promise<RawResponse> {
    const turn = this.#semaphore.enter(request.priority ?? 'interactive', request.signal);
    if (turn !== undefined) await turn;
    try {
      return await this.#next.send(request, operation);
    } finally {
      this.#semaphore.leave();
    }
  }
}

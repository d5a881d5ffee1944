import type { RawResponse } from '../transport/raw-response.js';
import type { TimedRequest } from '../transport/transport.js';
import type { Link, Operation } from './link.js';
import type { Reporter } from './reporter.js';

/** Emits `request` and `response`, and notes when the attempt was handed to the transport. */
export class ExchangeEvents implements Link {
  readonly #next: Link;
  readonly #reporter: Reporter;

  constructor(next: Link, reporter: Reporter) {
    this.#next = next;
    this.#reporter = reporter;
  }

  async send(request: TimedRequest, operation: Operation): Promise<RawResponse> {
    const startedAt = performance.now();
    operation.startedAt = startedAt;
    this.#reporter.requestSent(request, operation);
    const response = await this.#next.send(request, operation);
    this.#reporter.responded(request, operation, response, performance.now() - startedAt);
    return response;
  }
}

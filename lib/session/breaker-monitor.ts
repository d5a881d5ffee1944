import { HttpError } from '../errors/http-error.js';
import { NetworkError } from '../errors/network-error.js';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.js';
import type { RawResponse } from '../transport/raw-response.js';
import type { TimedRequest } from '../transport/transport.js';
import type { CircuitBreaker } from './circuit-breaker.js';
import type { Link, Operation } from './link.js';

/** Thrown for a request that waited for quota or a connection while the circuit opened: the guard further up takes it back. */
export const OPENED_MEANWHILE = new Error('The circuit has opened.');

/** Tells the circuit breaker how each attempt ended. Last of the links that wait, since the circuit may open meanwhile. */
export class BreakerMonitor implements Link {
  readonly #next: Link;
  readonly #breaker: CircuitBreaker;

  constructor(next: Link, breaker: CircuitBreaker) {
    this.#next = next;
    this.#breaker = breaker;
  }

  async send(request: TimedRequest, operation: Operation): Promise<RawResponse> {
    const { isOpen } = this.#breaker;
    const probe = isOpen ? this.#breaker.claimProbe() : undefined;
    if (isOpen && probe === undefined) throw OPENED_MEANWHILE;
    try {
      const response = await this.#next.send(request, operation);
      const works = response.status < 500;
      // One more success changes nothing.
      if (!works || probe !== undefined || this.#breaker.failures > 0) this.#breaker.ended(works, probe);
      if (!works) this.#endWhileOpen(request, operation);
      return response;
    } catch (error) {
      this.#breaker.ended(worksAfter(error, request.signal), probe);
      this.#endWhileOpen(request, operation);
      throw error;
    }
  }

  /** An interactive call is not retried while the circuit is open. */
  #endWhileOpen({ priority = 'interactive' }: TimedRequest, operation: Operation): void {
    operation.isFinal = priority === 'interactive' && this.#breaker.isHolding;
  }
}

/** What an error says of the store: a failed connection, that it does not work; one that its caller aborted, nothing. */
function worksAfter(error: unknown, signal: AbortSignal | undefined): boolean | undefined {
  if (error instanceof HttpError) return error.status < 500;
  if (error instanceof UncertainOutcomeError && error.status !== undefined) return error.status < 500;
  return error instanceof NetworkError && !signal?.aborted ? false : undefined;
}

import { BigRecordError } from './bigrecord-error.js';

/**
 * The circuit breaker of the store is open: after too many consecutive failures no request is sent until `retryAt`. Then a single
 * request probes the store. Nothing was sent. The session option `circuitBreaker: false` turns this off.
 *
 * @example
 * catch (error) { if (error instanceof CircuitOpenError) response.set('Retry-After', error.retryAt.toUTCString()).sendStatus(503); }
 */
export class CircuitOpenError extends BigRecordError {
  /** The earliest time at which the store is tried again. */
  readonly retryAt: Date;

  constructor(request: string, failures: number, retryAt: Date) {
    super(
      `${request} was held back: the store failed ${failures} times in a row, so its circuit breaker is open until ${retryAt.toISOString()}.` +
        ' Nothing was sent. Call again after `retryAt`; the session option `circuitBreaker: false` turns this off.',
    );
    this.retryAt = retryAt;
  }
}

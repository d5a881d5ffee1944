import { BigRecordError } from './bigrecord-error.js';

/**
 * The store has failed so often in a row that it is left alone until `retryAt`; then one request tries whether it answers again.
 * Nothing was sent. The session's `circuitBreaker: false` turns this off.
 *
 * @example
 * catch (error) { if (error instanceof CircuitOpenError) response.set('Retry-After', error.retryAt.toUTCString()).sendStatus(503); }
 */
export class CircuitOpenError extends BigRecordError {
  /** When the store is tried again, at the earliest. */
  readonly retryAt: Date;

  constructor(asked: string, failures: number, retryAt: Date) {
    super(
      `${asked} was held back: the store failed ${failures} times in a row, so it is left alone until ${retryAt.toISOString()}.` +
        ' Nothing was sent. Call again after `retryAt`; `circuitBreaker: false` of the session turns this off.',
    );
    this.retryAt = retryAt;
  }
}

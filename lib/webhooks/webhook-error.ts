import { BigRecordError } from '../errors/bigrecord-error.js';

/**
 * A delivery that is not to be taken: without the shared secret, malformed, too large, of another store, or one that could not be
 * kept. Answer with `status`.
 */
export class WebhookError extends BigRecordError {
  /** 400, 401, 413; 503 where the queue could not keep it. */
  readonly status: number;

  constructor(message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

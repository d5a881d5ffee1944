import { ClientError } from './client-error.js';
import type { HttpErrorInit } from './http-error.js';
import { retryAfterMs } from './retry-after.js';

/** Status 429: the quota of the store is used up, and waiting for it exceeded the limits of the retry policy. */
export class RateLimitError extends ClientError {
  /** Milliseconds until the quota is renewed, if the response states them. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, init: HttpErrorInit) {
    super(message, init);
    this.retryAfterMs = retryAfterMs(init.headers);
  }
}

import { ClientError } from './client-error.js';
import type { HttpErrorInit } from './http-error.js';
import { retryAfterMs } from './retry-after.js';

/** Status 429: the store's quota is used up, and waiting for it went past the limits of the retry policy. */
export class RateLimitError extends ClientError {
  /** Milliseconds until the quota is renewed, as the answer told; `undefined` where it did not. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, init: HttpErrorInit) {
    super(message, init);
    this.retryAfterMs = retryAfterMs(init.headers);
  }
}

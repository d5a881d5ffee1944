import { BigRecordError } from '../errors/bigrecord-error.js';

/**
 * A delivery is not accepted: it lacks the shared secret, is malformed, too large, too slow or from another store, or could not be
 * stored. Respond with `status`.
 */
export class WebhookError extends BigRecordError {
  /** 400, 401, 408, 413; 500 if no body could be found; 503 if the queue could not store it. */
  readonly status: number;
  /** The operating system's code if the disk failed, such as `ENOSPC`. */
  readonly code: string | undefined;

  constructor(message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.code = codeOf(options?.cause);
  }
}

function codeOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}

import { BigRecordError } from '../errors/bigrecord-error.js';

/**
 * A delivery that is not accepted: without the shared secret, malformed, too large, too slow, from another store, or one that
 * could not be stored. Answer with `status`.
 */
export class WebhookError extends BigRecordError {
  /** 400, 401, 408, 413; 500 where no body could be found; 503 where the queue could not store it. */
  readonly status: number;
  /** The operating system's code where the disk failed, such as `ENOSPC`. */
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

import { CircuitOpenError } from '../../errors/circuit-open-error.js';
import { ForbiddenError } from '../../errors/forbidden-error.js';
import { HttpError } from '../../errors/http-error.js';
import { NetworkError } from '../../errors/network-error.js';
import { RateLimitError } from '../../errors/rate-limit-error.js';
import { ServerError } from '../../errors/server-error.js';
import { UnauthorizedError } from '../../errors/unauthorized-error.js';
import { isUncertain } from '../../persistence/reconcile.js';

/** The store, or the way to it, failed; the rows are not to blame. The batch is tried again later. */
export class TransientError extends Error {
  override readonly name = 'TransientError';

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** A function that works batches threw: whether the rows are to blame, single rows tell. */
export class BatchError extends TransientError {}

const GAVE_UP: ReadonlySet<number> = new Set([408, 423, 425, 499]);

/** Whether an error says nothing about the row: it may succeed later. */
export const isTransient = (error: unknown): boolean =>
  error instanceof TransientError ||
  error instanceof ServerError ||
  error instanceof NetworkError ||
  error instanceof RateLimitError ||
  error instanceof CircuitOpenError ||
  isUncertain(error) ||
  (error instanceof HttpError && GAVE_UP.has(error.status));

/** Whether an error concerns the whole store: no row can succeed. */
export const isOfStore = (error: unknown): boolean => error instanceof UnauthorizedError || error instanceof ForbiddenError;

import type { ApiResponse } from '../transport/request.js';

/** What is to be done about a response if it turns out to be unusable. */
interface Receipt {
  /** What removes it from the cache. */
  readonly forget: readonly (() => void)[];
  /** Emits the failure of the call. */
  readonly failed: (error: Error) => void;
}

const receipts = new WeakMap<ApiResponse, Receipt>();

/** Remembers what to do if the caller rejects a response. */
export function setReceipt(response: ApiResponse, receipt: Receipt): void {
  receipts.set(response, receipt);
}

/** Removes a response from the cache that must not answer the next call, such as one without a record that somebody misses. */
export function discard(response: ApiResponse): void {
  for (const forget of receipts.get(response)?.forget ?? []) forget();
}

/**
 * Rejects a response of the wrong shape: it is removed from the cache, and the session that received it emits `error`.
 * Returns the error, to be thrown.
 */
export function reject<E extends Error>(response: ApiResponse, error: E): E {
  discard(response);
  receipts.get(response)?.failed(error);
  return error;
}

import type { ApiResponse, RequestDescription } from '../transport/request.js';
import type { Events } from './events.js';
import type { Operation } from './link.js';

/** The call that a response answered. */
interface Call {
  readonly request: RequestDescription;
  readonly operation: Operation;
  readonly events: Events;
}

/** The calls that responses answered, in case the caller finds that a response cannot be used. */
export const callsByResponse = new WeakMap<ApiResponse, Call>();

/** Removes a response from the cache that must not answer the next call, such as one without a record that somebody misses. */
export function discard(response: ApiResponse): void {
  for (const forget of callsByResponse.get(response)?.operation.forget ?? []) forget();
}

/**
 * Rejects a response of the wrong shape: it is removed from the cache, and the session that received it emits `error`.
 * Returns the error, to be thrown.
 */
export function reject<E extends Error>(response: ApiResponse, error: E): E {
  discard(response);
  const call = callsByResponse.get(response);
  call?.events.failed(call.request, call.operation, error);
  return error;
}

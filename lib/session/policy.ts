import { ConfigurationError } from '../errors/configuration-error.js';
import { checkRetry, checkTimeout, type OptionErrorClass } from '../transport/option-values.js';
import type { CallOptions, RetryOptions, TimeoutOptions } from '../transport/request.js';

/** How long an operation may take, and how often it may be retried. */
export interface Policy {
  readonly retry: Required<RetryOptions>;
  readonly timeout: Required<TimeoutOptions>;
}

const DEFAULT: Policy = {
  retry: { limit: 3, baseMs: 250, maxMs: 60_000 },
  timeout: { connect: 10_000, response: 60_000, body: 60_000, total: 180_000 },
};

/**
 * Combines a policy with the options of a session or a call.
 *
 * @param UnknownName the class of the error for a limit that does not exist
 * @throws ConfigurationError that names a wrong value
 */
export function policyOf(
  { retry, timeout }: Pick<CallOptions, 'retry' | 'timeout'>,
  otherwise = DEFAULT,
  UnknownName: OptionErrorClass = ConfigurationError,
): Policy {
  checkRetry(retry, UnknownName);
  checkTimeout(timeout, UnknownName);
  return { retry: retryOf(retry, otherwise.retry), timeout: timeoutOf(timeout, otherwise.timeout) };
}

function retryOf(retry: CallOptions['retry'], otherwise: Policy['retry']): Policy['retry'] {
  if (retry === undefined) return otherwise;
  if (retry === false) return { ...otherwise, limit: 0 };
  const { limit = otherwise.limit, baseMs = otherwise.baseMs, maxMs = otherwise.maxMs } = retry;
  return { limit, baseMs, maxMs };
}

function timeoutOf(timeout: CallOptions['timeout'], otherwise: Policy['timeout']): Policy['timeout'] {
  if (timeout === undefined) return otherwise;
  if (typeof timeout === 'number') {
    const { connect, response, body } = otherwise;
    const total = timeout;
    return { total, connect: Math.min(total, connect), response: Math.min(total, response), body: Math.min(total, body) };
  }
  const { connect = otherwise.connect, response = otherwise.response, body = otherwise.body, total = otherwise.total } = timeout;
  return { connect, response, body, total };
}

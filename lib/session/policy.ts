import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions, type OptionNames } from '../errors/known-options.js';
import { MAX_TIMER_MS } from '../transport/abort.js';
import type { CallOptions, RetryOptions, TimeoutOptions } from '../transport/request.js';

/** How long an operation may take, and how often it may be tried. */
export interface Policy {
  readonly retry: Required<RetryOptions>;
  readonly timeout: Required<TimeoutOptions>;
}

const DEFAULT: Policy = {
  retry: { limit: 3, baseMs: 250, maxMs: 60_000 },
  timeout: { connect: 10_000, response: 60_000, body: 60_000, total: 180_000 },
};

type UnknownName = new (message: string) => Error;

/**
 * A policy, with the wishes of a session or a call.
 *
 * @param UnknownName the class of the error for a limit that does not exist
 * @throws ConfigurationError that names a wrong value
 */
export function policyOf(
  { retry, timeout }: Pick<CallOptions, 'retry' | 'timeout'>,
  otherwise = DEFAULT,
  UnknownName: UnknownName = ConfigurationError,
): Policy {
  if (retry === undefined && timeout === undefined) return otherwise;
  return { retry: retryOf(retry, otherwise.retry, UnknownName), timeout: timeoutOf(timeout, otherwise.timeout, UnknownName) };
}

function retryOf(retry: CallOptions['retry'], otherwise: Policy['retry'], UnknownName: UnknownName): Policy['retry'] {
  if (retry === undefined) return otherwise;
  if (retry === false) return { ...otherwise, limit: 0 };
  const known = checked('retry', retry, otherwise, UnknownName);
  if (known.limit !== 0) positive('retry.limit', known.limit);
  duration('retry.baseMs', known.baseMs);
  duration('retry.maxMs', known.maxMs);
  return known;
}

function timeoutOf(timeout: CallOptions['timeout'], otherwise: Policy['timeout'], UnknownName: UnknownName): Policy['timeout'] {
  if (timeout === undefined) return otherwise;
  if (typeof timeout === 'number') {
    const total = duration('timeout', timeout);
    const { connect, response, body } = otherwise;
    return { total, connect: Math.min(total, connect), response: Math.min(total, response), body: Math.min(total, body) };
  }
  const known = checked('timeout', timeout, otherwise, UnknownName);
  for (const [name, ms] of Object.entries(known)) duration(`timeout.${name}`, ms);
  return known;
}

/** The wishes that are said, over what holds otherwise. */
function checked<T extends object>(name: string, wishes: Partial<T>, otherwise: T, UnknownName: UnknownName): T {
  if (typeof wishes !== 'object' || wishes === null) throw new ConfigurationError(`${name} must be an object of limits.`);
  assertKnownOptions(wishes, namesOf(otherwise), name, UnknownName);
  return { ...otherwise, ...Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined)) };
}

const namesOf = (object: object): OptionNames => Object.fromEntries(Object.keys(object).map((name) => [name, 1]));

export function positive(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
  throw new ConfigurationError(`${name} must be a number above zero.`);
}

/** Milliseconds for a timer. A longer one than a timer can keep would fire at once. @throws ConfigurationError */
export function duration(name: string, value: unknown): number {
  if (positive(name, value) <= MAX_TIMER_MS) return value as number;
  throw new ConfigurationError(`${name} must be at most ${MAX_TIMER_MS} milliseconds (24.8 days): timers cannot wait longer.`);
}

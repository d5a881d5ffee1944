import { ConfigurationError } from '../errors/configuration-error.js';
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

/** A policy, with the wishes of a session or a call. @throws ConfigurationError that names a wrong one */
export function policyOf({ retry, timeout }: Pick<CallOptions, 'retry' | 'timeout'>, otherwise = DEFAULT): Policy {
  if (retry === undefined && timeout === undefined) return otherwise;
  return { retry: retryOf(retry, otherwise.retry), timeout: timeoutOf(timeout, otherwise.timeout) };
}

function retryOf(retry: CallOptions['retry'], otherwise: Policy['retry']): Policy['retry'] {
  if (retry === undefined) return otherwise;
  if (retry === false) return { ...otherwise, limit: 0 };
  const known = checked('retry', retry, otherwise);
  if (known.limit !== 0) positive('retry.limit', known.limit);
  positive('retry.baseMs', known.baseMs);
  positive('retry.maxMs', known.maxMs);
  return known;
}

function timeoutOf(timeout: CallOptions['timeout'], otherwise: Policy['timeout']): Policy['timeout'] {
  if (timeout === undefined) return otherwise;
  if (typeof timeout === 'number') {
    const total = positive('timeout', timeout);
    const { connect, response, body } = otherwise;
    return { total, connect: Math.min(total, connect), response: Math.min(total, response), body: Math.min(total, body) };
  }
  const known = checked('timeout', timeout, otherwise);
  for (const [name, ms] of Object.entries(known)) positive(`timeout.${name}`, ms);
  return known;
}

/** The wishes that are said, over what holds otherwise. */
function checked<T extends object>(name: string, wishes: Partial<T>, otherwise: T): T {
  if (typeof wishes !== 'object' || wishes === null) throw new ConfigurationError(`${name} must be an object of limits.`);
  const said = Object.entries(wishes).filter(([, value]) => value !== undefined);
  const unknown = said.find(([each]) => !(each in otherwise));
  if (unknown !== undefined) throw new ConfigurationError(`${name} has no \`${unknown[0]}\`; it has ${Object.keys(otherwise).join(', ')}.`);
  return { ...otherwise, ...Object.fromEntries(said) };
}

export function positive(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
  throw new ConfigurationError(`${name} must be a number above zero.`);
}

import { ArgumentError } from '../errors/argument-error.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions, type OptionNames } from '../errors/known-options.js';
import { MAX_TIMER_MS } from './abort.js';
import type { RetryOptions, TimeoutOptions } from './limit-options.js';

/** The class of the error for an option that does not exist. */
export type OptionErrorClass = new (message: string) => Error;

const RETRY_OPTIONS = { limit: 1, baseMs: 1, maxMs: 1 } as const satisfies Record<keyof RetryOptions, 1>;
const TIMEOUT_OPTIONS = { connect: 1, response: 1, body: 1, total: 1 } as const satisfies Record<keyof TimeoutOptions, 1>;

/** Returns a number above zero. @throws ConfigurationError that names the option */
export function positive(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
  throw new ConfigurationError(`${name} must be a number above zero.`);
}

/** Returns milliseconds for a timer. A longer time than a timer can keep would end at once. @throws ConfigurationError */
export function duration(name: string, value: unknown): number {
  const ms = positive(name, value);
  if (ms <= MAX_TIMER_MS) return ms;
  throw new ConfigurationError(`${name} must be at most ${MAX_TIMER_MS} milliseconds (24.8 days): timers cannot wait longer.`);
}

/** Checks the option `retry`. @throws ConfigurationError for a wrong value, `UnknownName` for a limit that does not exist */
export function checkRetry(retry: unknown, UnknownName: OptionErrorClass = ConfigurationError): void {
  if (retry === undefined || retry === false) return;
  for (const [name, value] of entriesOf('retry', retry, RETRY_OPTIONS, 'false, or an object of limits', UnknownName)) {
    if (name === 'limit' && value !== 0) positive('retry.limit', value);
    else if (name !== 'limit') duration(`retry.${name}`, value);
  }
}

/** Checks the option `timeout`. @throws ConfigurationError for a wrong value, `UnknownName` for a limit that does not exist */
export function checkTimeout(timeout: unknown, UnknownName: OptionErrorClass = ConfigurationError): void {
  if (timeout === undefined) return;
  if (typeof timeout === 'number') duration('timeout', timeout);
  else
    for (const [name, value] of entriesOf('timeout', timeout, TIMEOUT_OPTIONS, 'milliseconds, or an object of limits', UnknownName))
      duration(`timeout.${name}`, value);
}

/** The limits that are given. */
function entriesOf(name: string, value: unknown, known: OptionNames, due: string, UnknownName: OptionErrorClass): [string, unknown][] {
  if (typeof value !== 'object' || value === null)
    throw new ConfigurationError(`${name} must be ${due}: { ${Object.keys(known).join(', ')} }.`);
  assertKnownOptions(value, known, name, UnknownName);
  return Object.entries(value).filter(([, each]) => each !== undefined);
}

const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isPlain = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the value of an option has to be, for all calls that have it. */
const VALUES: Readonly<Record<string, readonly [isValid: (value: unknown) => boolean, due: string]>> = {
  // Not by class: a signal may come from another realm or a polyfill.
  signal: [(value) => typeof value === 'object' && value !== null && 'aborted' in value, 'an AbortSignal'],
  cache: [(value) => value === false, 'false, or left out'],
  ifUnchanged: [isBoolean, 'true or false'],
  reconcile: [(value) => isBoolean(value) || isPlain(value), 'true, false or { waitMs }'],
  onProgress: [isFunction, 'a function'],
  version: [(value) => value === 'v2' || value === 'v3', "'v2' or 'v3'"],
  query: [isPlain, 'an object of query parameters'],
  params: [isPlain, 'an object of query parameters'],
  headers: [isPlain, 'an object of headers'],
  all: [isBoolean, 'true or false'],
  abort: [isBoolean, 'true or false'],
};

/** Checks the values of a call's options. @throws ArgumentError or ConfigurationError that names the option */
export function checkCallValues(call: string, options: object, known: OptionNames): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || !Object.hasOwn(known, name)) continue;
    if (name === 'retry') checkRetry(value, ArgumentError);
    else if (name === 'timeout') checkTimeout(value, ArgumentError);
    const [isValid, due] = VALUES[name] ?? [];
    if (isValid !== undefined && !isValid(value)) throw new ArgumentError(`${call}: \`${name}\` must be ${due}. Nothing was sent.`);
  }
}

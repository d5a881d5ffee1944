import { COPY } from '../copies.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import type { Endpoint } from '../transport/endpoint.js';
import { positive } from '../transport/option-values.js';
import { endpointOf } from './credentials.js';
import { type Logger, SESSION_OPTIONS, type SessionOptions } from './options.js';
import { type Policy, policyOf } from './policy.js';

const MEBIBYTE = 1024 * 1024;

/** The options of a session after the checks, with their defaults. */
export interface Settings {
  readonly endpoint: Endpoint & { readonly storeHash: string | undefined };
  readonly policy: Policy;
  readonly concurrency: number;
  readonly preload: 'auto' | 'lazy' | 'strict';
  readonly maxResponseBytes: number;
  readonly logger: Logger | undefined;
}

/**
 * Checks the options of a session. Those of the budget, the cache, the circuit breaker and the network are checked where they are
 * used.
 *
 * @throws ConfigurationError that names the option, never its value
 */
export function settingsOf(options: SessionOptions): Settings {
  if (typeof options !== 'object' || options === null) throw new ConfigurationError('A session needs options: { storeHash, accessToken }.');
  if (COPY in options)
    throw new ConfigurationError(
      'A session needs options, { storeHash, accessToken }, got a session. Session.fromEnv() and Session.configure() have made theirs the default already.',
    );
  assertKnownOptions(options, SESSION_OPTIONS, 'A session', ConfigurationError);
  return {
    endpoint: endpointOf(options),
    policy: policyOf(options),
    concurrency: Math.ceil(positive('concurrency', options.concurrency ?? 8)),
    preload: oneOf('preload', options.preload ?? 'auto', ['auto', 'lazy', 'strict']),
    maxResponseBytes: positive('maxResponseBytes', options.maxResponseBytes ?? 50 * MEBIBYTE),
    logger: checkLogger(options.logger),
  };
}

function checkLogger(logger: Logger | undefined): Logger | undefined {
  if (logger === undefined) return undefined;
  const isLogger =
    typeof logger === 'object' &&
    logger !== null &&
    typeof logger.debug === 'function' &&
    typeof logger.warn === 'function' &&
    (logger.error === undefined || typeof logger.error === 'function');
  if (isLogger) return logger;
  throw new ConfigurationError('logger must be an object with the methods debug() and warn(), such as console or a pino logger.');
}

function oneOf<T extends string>(name: string, value: T, known: readonly T[]): T {
  if (known.includes(value)) return value;
  throw new ConfigurationError(`${name} must be one of ${known.map((each) => `'${each}'`).join(', ')}.`);
}

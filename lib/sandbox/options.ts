import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import type { ModelClass } from '../model/model.js';
import { duration, positive } from '../transport/option-values.js';
import { describe } from '../transport/path.js';
import type { GraphQLResolver } from './graphql.js';

const MOST_PORT = 65_535;

/** Options of `Sandbox.start()`. */
export interface SandboxOptions {
  /**
   * The rows that the store begins with: `'demo'` (60 products, 30 customers, 40 orders; the default), `'empty'` (a new store: its channel, location, currency, tree and statuses, and nothing to sell), or the path of a JSON
   * file: a snapshot, a cassette of `record()`, or rows by model, `{ 'v3.Product': [{ name: 'Mug', price: 5 }] }`. `true` and `false`
   * stand for the first two.
   */
  seed?: 'demo' | 'empty' | (string & {}) | boolean;
  /** Port on 127.0.0.1. Default: any free one. With `false` the store has no socket: only sessions of this process reach it, faster. */
  port?: number | false;
  storeHash?: string;
  accessToken?: string;
  /** Milliseconds before each response. */
  latency?: number;
  /** Requests per window, and its length. Default 1,000,000 in 30,000 ms; a Standard plan has 150. */
  rateLimit?: { quota?: number; windowMs?: number };
  /** Resolves GraphQL queries: returns `{ data, errors }`. Without it every query gets an error. */
  graphql?: GraphQLResolver;
  /** Your own models that the store serves too. */
  models?: readonly ModelClass[];
}

const SANDBOX_OPTIONS = {
  seed: 1,
  port: 1,
  storeHash: 1,
  accessToken: 1,
  latency: 1,
  rateLimit: 1,
  graphql: 1,
  models: 1,
} as const satisfies Record<keyof SandboxOptions, 1>;

const RATE_LIMIT_OPTIONS = { quota: 1, windowMs: 1 } as const;

/** @throws ConfigurationError for an option that does not exist, or has a value that it cannot have */
export function checkOptions(options: SandboxOptions): void {
  assertKnownOptions(options, SANDBOX_OPTIONS, 'Sandbox.start()', ConfigurationError);
  assertKnownOptions(options.rateLimit, RATE_LIMIT_OPTIONS, 'rateLimit of Sandbox.start()', ConfigurationError);
  const { port } = options;
  if (port !== undefined && port !== false && !(Number.isInteger(port) && port >= 0 && port <= MOST_PORT))
    throw new ConfigurationError(`port of Sandbox.start() must be a whole number from 0 to ${MOST_PORT}, or false: got ${describe(port)}.`);
  checkValues(options);
}

/** @throws ConfigurationError for a value of a wrong type */
function checkValues({ storeHash, accessToken, models, rateLimit }: SandboxOptions): void {
  for (const [name, value] of Object.entries({ storeHash, accessToken }))
    if (value !== undefined && (typeof value !== 'string' || value === ''))
      throw new ConfigurationError(`${name} of Sandbox.start() must be a non-empty string: got ${describe(value)}.`);
  if (models !== undefined && !Array.isArray(models))
    throw new ConfigurationError(`models of Sandbox.start() must be an array of models: got ${describe(models)}.`);
  if (rateLimit?.quota !== undefined) positive('rateLimit.quota', rateLimit.quota);
  if (rateLimit?.windowMs) duration('rateLimit.windowMs', rateLimit.windowMs);
}

import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import type { ModelClass } from '../model/model.js';
import { duration } from '../transport/option-values.js';
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

/** @throws ConfigurationError for an option that does not exist, or a window that is no time */
export function checkOptions(options: SandboxOptions): void {
  assertKnownOptions(options, SANDBOX_OPTIONS, 'Sandbox.start()', ConfigurationError);
  assertKnownOptions(options.rateLimit, RATE_LIMIT_OPTIONS, 'rateLimit of Sandbox.start()', ConfigurationError);
  const { port } = options;
  if (port !== undefined && port !== false && !(Number.isInteger(port) && port >= 0 && port <= MOST_PORT))
    throw new ConfigurationError(`port of Sandbox.start() must be a whole number from 0 to ${MOST_PORT}, or false: got ${describe(port)}.`);
  if (options.rateLimit?.windowMs) duration('rateLimit.windowMs', options.rateLimit.windowMs);
}

import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { BackendHealth, warnOnce } from '../session/backend-health.js';
import { perStore } from '../session/per-store.js';
import type { RateBudget } from '../session/rate-budget.js';
import { Connection, type RedisClient } from './connection.js';
import { LeaseClient } from './lease-client.js';
import { LeasedBudget } from './leased-budget.js';

/** Options of {@link redisBudget}. */
export interface RedisBudgetOptions {
  /** Prefix of the keys in Redis. Default `bigrecord`. */
  prefix?: string | undefined;
}

/**
 * Shares the limits of stores among all processes and worker threads that use the same Redis: the quota, so that together they use it
 * up and never exceed it; how many requests of a limited operation run at once; and the retries that a failing store may cost.
 * Create it once, for all sessions of the process. Close a client that you pass in yourself; a connection created from an address does
 * not keep the process alive.
 *
 * A process takes what it needs in leases, so that a request costs about one call of Redis or less. Of many processes each has its turn in
 * one of the next windows; interactive calls do not stand in that line. What a killed process held is free again after 4 to 5 seconds.
 *
 * If Redis does not respond for 3 seconds, no request fails or hangs: each process goes by itself, with its part of the quota: the quota
 * divided by the number of processes last seen. A warning reports this once, and Redis is tried again every 5 seconds.
 *
 * @throws ConfigurationError if ioredis is not installed
 * @example
 * import { redisBudget } from 'bigrecord/redis';
 * Session.configure({ storeHash, accessToken, rateLimit: redisBudget('redis://127.0.0.1:6379') });
 */
export function redisBudget(redis: RedisClient | string, options: RedisBudgetOptions = {}): (store: string) => RateBudget {
  assertKnownOptions(options, { prefix: 1 } satisfies Record<keyof RedisBudgetOptions, 1>, 'redisBudget()', ConfigurationError);
  const { prefix = 'bigrecord' } = options;
  const connection = new Connection(redis);
  const warn = warnOnce((reason) => `Redis fails (${reason}): until it responds again, each process tracks the store's limits by itself.`);
  return perStore((store) => new LeasedBudget(new LeaseClient(connection, `${prefix}:limits:{${store}}`), new BackendHealth(warn)));
}

import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import type { CacheStore } from '../session/cache-store.js';
import { Connection, type RedisClient } from './connection.js';

/** Options of {@link redisCache}. */
export interface RedisCacheOptions {
  /** Prefix of the keys in Redis. Default `bigrecord`. */
  prefix?: string | undefined;
}

const GET = "return redis.call('GET', KEYS[1])";
const SET = "redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])";

/**
 * Caches the responses of stores for the sessions of many processes. Create it once. Close a client that you pass in yourself; a
 * connection created from an address does not keep the process alive. If Redis does not respond, requests go to the store.
 *
 * @throws ConfigurationError if ioredis is not installed
 * @example
 * Session.configure({ storeHash, accessToken, cache: { ttlMs: 60_000, store: redisCache('redis://127.0.0.1:6379') } });
 */
export function redisCache(redis: RedisClient | string, options: RedisCacheOptions = {}): CacheStore {
  assertKnownOptions(options, { prefix: 1 } satisfies Record<keyof RedisCacheOptions, 1>, 'redisCache()', ConfigurationError);
  const { prefix = 'bigrecord' } = options;
  const connection = new Connection(redis);
  return {
    get: (key) => connection.run(GET, [`${prefix}:${key}`], []),
    set: (key, text, ttlMs) => connection.run(SET, [`${prefix}:${key}`], [text, Math.ceil(ttlMs)]),
  };
}

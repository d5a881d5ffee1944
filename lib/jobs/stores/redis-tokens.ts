import { ConfigurationError } from '../../errors/configuration-error.js';
import { assertKnownOptions } from '../../errors/known-options.js';
import { Connection, type RedisClient } from '../../redis/connection.js';
import { StoredTokens, type TextRows } from './stored-tokens.js';
import type { TokenKeyOptions } from './token-cipher.js';
import type { TokenStore } from './token-store.js';

/** Options of {@link redisTokenStore}. */
export interface RedisTokenOptions extends TokenKeyOptions {
  /** Prefix of the key in Redis. Default `bigrecord`. */
  prefix?: string | undefined;
}

const READ = "return redis.call('HGET', KEYS[1], ARGV[1])";
const WRITE = "redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])";
const DELETE = "return redis.call('HDEL', KEYS[1], ARGV[1])";
const SCAN = `
local found = redis.call('HSCAN', KEYS[1], ARGV[1], 'COUNT', 500)
local reply = {found[1]}
for at = 1, #found[2], 2 do reply[#reply + 1] = found[2][at] end
return reply`;
/** Without its token no store can be reached: worth a wait that a cache is not. */
const TIMEOUT_MS = 5000;

/** One hash in Redis, that does not expire. */
class RedisRows implements TextRows {
  readonly #connection: Connection;
  readonly #keys: readonly string[];

  constructor(connection: Connection, key: string) {
    this.#connection = connection;
    this.#keys = [key];
  }

  async read(storeHash: string): Promise<string | undefined> {
    const text = await this.#run(READ, storeHash);
    return typeof text === 'string' ? text : undefined;
  }

  async write(storeHash: string, text: string): Promise<void> {
    await this.#run(WRITE, storeHash, text);
  }

  async delete(storeHash: string): Promise<boolean> {
    return (await this.#run(DELETE, storeHash)) === 1;
  }

  async *hashes(): AsyncIterable<string> {
    const seen = new Set<string>(); // a scan may come across an entry twice
    for (let cursor = '0'; ; ) {
      const reply = await this.#run(SCAN, cursor);
      const [next = '0', ...hashes] = Array.isArray(reply) ? reply.map(String) : [];
      for (const hash of hashes) {
        if (!seen.has(hash)) yield hash;
        seen.add(hash);
      }
      if (next === '0') return;
      cursor = next;
    }
  }

  #run(script: string, ...args: string[]): Promise<unknown> {
    return this.#connection.run(script, this.#keys, args, TIMEOUT_MS);
  }
}

/**
 * Keeps the encrypted credentials of stores in a hash in Redis, for all processes that use it. Use a Redis that keeps its data on disk
 * and evicts nothing. Close a client that you pass in yourself.
 *
 * @throws ConfigurationError without a key in production, or if ioredis is not installed
 * @example
 * const stores = new SessionRegistry({ tokens: redisTokenStore('redis://127.0.0.1:6379', { key: process.env.TOKEN_KEY }) });
 */
export function redisTokenStore(redis: RedisClient | string, options: RedisTokenOptions = {}): TokenStore {
  assertKnownOptions(options, { key: 1, prefix: 1 } satisfies Record<keyof RedisTokenOptions, 1>, 'redisTokenStore()', ConfigurationError);
  const { prefix = 'bigrecord', ...keys } = options;
  return new StoredTokens('redisTokenStore', new RedisRows(new Connection(redis), `${prefix}:stores`), keys);
}

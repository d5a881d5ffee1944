import type { Redis, RedisOptions } from 'ioredis';
import { ConfigurationError } from '../errors/configuration-error.js';
import { inTime, PATIENCE_MS } from '../session/backend-health.js';
import { ioredis } from './client.js';

/** The part of an ioredis client that is needed: also that of a `Cluster`. */
export interface RedisClient {
  eval(script: string, keys: number, ...args: (string | number)[]): Promise<unknown>;
}

/** Runs scripts, each within a time limit. */
export class Connection {
  readonly #client: RedisClient;
  /** The client where it is ours, made from an address. */
  readonly #own: Redis | undefined;
  #connecting: Promise<void> | undefined;
  /** Why our own client last lost its connection, or got none: its commands do not say. */
  #failure: Error | undefined;

  /** @throws ConfigurationError for what is no client, or where ioredis is missing */
  constructor(given: RedisClient | string) {
    if (typeof given === 'string') this.#own = connect(given, (error) => (this.#failure = error));
    else if (typeof given?.eval !== 'function')
      throw new ConfigurationError("Redis is given as an ioredis client or an address such as 'redis://127.0.0.1:6379'.");
    this.#client = this.#own ?? (given as RedisClient);
  }

  /** @throws Error when Redis does not answer in time */
  async run(script: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    this.#failure = undefined;
    try {
      return await inTime(() => this.#evaluate(script, keys, args));
    } catch (error) {
      throw this.#failure ?? error;
    }
  }

  async #evaluate(script: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    const own = this.#own;
    if (own?.status === 'end') await (this.#connecting ??= own.connect().finally(() => (this.#connecting = undefined)));
    return this.#client.eval(script, keys.length, ...keys, ...args);
  }
}

/** A client that neither keeps the process alive nor queues what nobody waits for any more. */
function connect(url: string, onFailure: (error: Error) => void): Redis {
  const client = construct(url, {
    lazyConnect: true,
    connectTimeout: PATIENCE_MS,
    maxRetriesPerRequest: 0,
    // Whoever asks next connects again: a timer of the client's would keep a process alive that is done.
    retryStrategy: () => null,
  });
  client.on('connect', () => client.stream.unref());
  client.on('error', onFailure);
  return client;
}

/** In Node ioredis is loaded here, and not before: it is an optional peer. */
function construct(url: string, options: RedisOptions): Redis {
  try {
    const { Redis: Client } = ioredis();
    return new Client(url, options);
  } catch (error) {
    if ((error as { code?: string }).code !== 'MODULE_NOT_FOUND') throw error;
    throw new ConfigurationError('bigrecord/redis needs the package ioredis: npm install ioredis');
  }
}

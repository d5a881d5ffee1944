import type { Redis, RedisOptions } from 'ioredis';
import { ConfigurationError } from '../errors/configuration-error.js';
import { withTimeout } from '../session/backend-health.js';
import { ioredis } from './client.js';
import { digestOf, isUnknownScript } from './script-digest.js';

/** The methods of an ioredis client that are used; a `Cluster` has them too. */
export interface RedisClient {
  eval(script: string, keys: number, ...args: (string | number)[]): Promise<unknown>;
  /** Runs a script that Redis knows by its hash. Without it the text is sent each time. */
  evalsha?(hash: string, keys: number, ...args: (string | number)[]): Promise<unknown>;
}

/** Our own time limit ends the wait; that of the client would take a busy event loop for an outage. */
const CONNECT_TIMEOUT_MS = 5000;

/** Runs scripts, each within a time limit. */
export class Connection {
  readonly #client: RedisClient;
  /** The client if it is our own, created from an address. */
  readonly #own: Redis | undefined;
  #connecting: Promise<void> | undefined;
  /** Why our own client lost its connection or could not connect. Its commands do not report this. */
  #failure: Error | undefined;

  /** @throws ConfigurationError if the argument is neither a client nor an address, or if ioredis is missing */
  constructor(given: RedisClient | string) {
    if (typeof given === 'string') {
      this.#own = connect(given, (error) => (this.#failure = error));
      this.#client = this.#own;
    } else if (typeof given?.eval === 'function') this.#client = given;
    else throw new ConfigurationError("Redis must be an ioredis client or an address such as 'redis://127.0.0.1:6379'.");
  }

  /** Runs a script. @throws Error if Redis does not respond in time */
  async run(script: string, keys: readonly string[], args: readonly (string | number)[], ms?: number): Promise<unknown> {
    this.#failure = undefined;
    try {
      return await withTimeout(() => this.#evaluate(script, keys, args), ms);
    } catch (error) {
      throw this.#failure ?? error;
    }
  }

  async #evaluate(script: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    const own = this.#own;
    if (own?.status === 'end') await (this.#connecting ??= own.connect().finally(() => (this.#connecting = undefined)));
    if (this.#client.evalsha === undefined) return this.#client.eval(script, keys.length, ...keys, ...args);
    try {
      return await this.#client.evalsha(digestOf(script), keys.length, ...keys, ...args);
    } catch (error) {
      if (!isUnknownScript(error)) throw error;
      return this.#client.eval(script, keys.length, ...keys, ...args);
    }
  }
}

/** Creates a client that does not keep the process alive, and does not queue commands while it is disconnected. */
function connect(url: string, onFailure: (error: Error) => void): Redis {
  const client = construct(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    // The next command reconnects. A timer of the client would keep a finished process alive.
    retryStrategy: () => null,
  });
  client.on('connect', () => client.stream.unref());
  client.on('error', onFailure);
  return client;
}

/** Loads ioredis here, and not before: it is an optional peer. */
function construct(url: string, options: RedisOptions): Redis {
  try {
    const { Redis: Client } = ioredis();
    return new Client(url, options);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    throw new ConfigurationError('bigrecord/redis needs the package ioredis: npm install ioredis');
  }
}

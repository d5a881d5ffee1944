import { createHash } from 'node:crypto';
import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { duration } from '../transport/option-values.js';
import type { RawResponse } from '../transport/raw-response.js';
import { type ApiResponse, addressOf, type RequestDescription } from '../transport/request.js';
import type { TimedRequest } from '../transport/transport.js';
import { type CacheGeneration, generationOf } from './cache-generation.js';
import { type CacheOptions, MemoryStore } from './cache-store.js';
import type { Link, Operation } from './link.js';

const CACHE_OPTIONS = { ttlMs: 1, store: 1 } as const satisfies Record<keyof CacheOptions, 1>;

/** Shared by all sessions of the process. */
const memory = new MemoryStore();

/** Keys contain the generation, so few of them matter for long. */
const MAX_UNUSABLE = 10_000;

/** What a session caches, and for whom: responses belong to a store and to the credentials that asked. */
export class Cache {
  readonly ttlMs: number;
  readonly generation: CacheGeneration;
  /** Keys of responses that turned out to be unusable. */
  readonly #unusable = new Set<string>();
  #identity: string;

  /** @throws ConfigurationError for wrong options */
  constructor(options: CacheOptions, root: string, headers: Readonly<Record<string, string>>) {
    if (typeof options !== 'object') throw new ConfigurationError('cache must be false or { ttlMs, store }.');
    assertKnownOptions(options, CACHE_OPTIONS, 'cache', ConfigurationError);
    const { ttlMs, store = memory } = options;
    this.ttlMs = duration('cache.ttlMs', ttlMs);
    if (typeof store?.get !== 'function' || typeof store.set !== 'function')
      throw new ConfigurationError('cache.store needs get(key) and set(key, text, ttlMs): a Keyv, or redisCache() of bigrecord/redis.');
    this.generation = generationOf(store, root);
    this.#identity = identityOf(headers);
  }

  /** Keeps the responses to other credentials apart from now on. */
  identify(headers: Readonly<Record<string, string>>): void {
    this.#identity = identityOf(headers);
  }

  /** Returns the key of a response; `undefined` while nothing can be cached. */
  async keyOf(request: RequestDescription): Promise<string | undefined> {
    const generation = await this.generation.current();
    if (generation === undefined) return undefined;
    const asked = JSON.stringify([generation, this.#identity, addressOf(request), Object.entries(request.query).sort()]);
    return `response:${createHash('sha256').update(asked).digest('base64url')}`;
  }

  /** Returns the cached response; `undefined` if there is none that can be used. */
  async read(key: string): Promise<ApiResponse | undefined> {
    return this.#unusable.has(key) ? undefined : parseResponse(await this.generation.get(key));
  }

  async write(key: string, { status, headers, body }: ApiResponse): Promise<void> {
    if (await this.generation.set(key, JSON.stringify({ status, headers, body }), this.ttlMs)) this.#unusable.delete(key);
  }

  /** Forgets a response that was of no use to the caller, such as one of the wrong shape: it must not answer the next call. */
  forget(key: string): void {
    this.#unusable.add(key);
    const [oldest] = this.#unusable;
    if (this.#unusable.size > MAX_UNUSABLE && oldest !== undefined) this.#unusable.delete(oldest);
    void this.generation.set(key, '', 1);
  }
}

/**
 * First link of the chain: answers a GET from the cache, and caches the responses to others. Whatever is written in this process,
 * by any session of the store, invalidates the cache of the store for every process that shares it, so a record never reads as it
 * was before one's own change.
 */
export class ResponseCache implements Link {
  readonly #next: Link;
  readonly #cache: Cache;
  readonly #onHit: (request: RequestDescription) => void;

  constructor(next: Link, cache: Cache, onHit: (request: RequestDescription) => void) {
    this.#next = next;
    this.#cache = cache;
    this.#onHit = onHit;
  }

  async send(request: TimedRequest, operation: Operation): Promise<RawResponse> {
    if (request.method !== 'GET' || request.headers !== undefined) return this.#next.send(request, operation);
    request.signal?.throwIfAborted();
    const key = await this.#cache.keyOf(request);
    if (key === undefined) return this.#next.send(request, operation);
    operation.forget.push(() => this.#cache.forget(key));
    const cached = request.cache === false ? undefined : await this.#cache.read(key);
    if (cached !== undefined) {
      this.#onHit(request);
      return parsed(cached);
    }
    const raw = await this.#next.send(request, operation);
    if (raw.status < 200 || raw.status > 299) return raw;
    const response = raw.read();
    await this.#cache.write(key, response);
    return parsed(response);
  }
}

const parsed = (response: ApiResponse): RawResponse => ({ ...response, read: () => response });

/** Parses a cached text; `undefined` for what is no response. */
function parseResponse(cached: unknown): ApiResponse | undefined {
  if (typeof cached !== 'string') return undefined;
  try {
    const value: Partial<ApiResponse> | null = JSON.parse(cached);
    if (typeof value?.status !== 'number' || typeof value.headers !== 'object') return undefined;
    return { status: value.status, headers: value.headers, body: value.body };
  } catch {
    return undefined;
  }
}

/** Tells credentials apart without showing them. */
const identityOf = (headers: Readonly<Record<string, string>>): string =>
  createHash('sha256').update(JSON.stringify(headers)).digest('base64url');

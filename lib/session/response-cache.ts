import { createHash } from 'node:crypto';
import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { type ApiResponse, addressOf, isCreating, type RequestDescription } from '../transport/request.js';
import { type CacheGeneration, generationOf } from './cache-generation.js';
import { type CacheStore, MemoryStore } from './cache-store.js';
import type { Next } from './middleware.js';
import { duration } from './policy.js';

/** Options of a session's cache. */
export interface CacheOptions {
  /** How long an answer is kept, in milliseconds: so old may be what others have changed meanwhile. */
  ttlMs: number;
  /** Default: the memory of this process, 1,000 answers or 20 MB. */
  store?: CacheStore | undefined;
}

const CACHE_OPTIONS = { ttlMs: 1, store: 1 } as const satisfies Record<keyof CacheOptions, 1>;

/** One for all sessions of the process. */
const memory = new MemoryStore();

/** How an answer that is kept is dropped again: by itself, and by its body, which middleware may have put into another answer. */
const drops = new WeakMap<object, () => void>();

/** An answer was of no use to whoever asked, as where it is of the wrong shape: it must not answer the next question. */
export function discard(answer: ApiResponse): void {
  drops.get(answer)?.();
  if (typeof answer.body === 'object' && answer.body !== null) drops.get(answer.body)?.();
}

/**
 * Answers to GET, kept for a time. What is kept belongs to a store and to the credentials that asked. Whatever is written in this
 * process, by any session of the store, makes it forget all that is kept of the store, for every process that shares the place
 * where it is kept: a record never reads as it was before one's own change.
 */
export class AnswerCache {
  readonly #ttlMs: number;
  readonly #generation: CacheGeneration;
  #identity: string;
  /** Keys of answers that were of no use. */
  readonly #useless = new Set<string>();

  /** @throws ConfigurationError for wrong options */
  constructor(options: CacheOptions, root: string, headers: Readonly<Record<string, string>>) {
    assertKnownOptions(options, CACHE_OPTIONS, 'cache', ConfigurationError);
    const { ttlMs, store = memory } = options;
    this.#ttlMs = duration('cache.ttlMs', ttlMs);
    if (typeof store?.get !== 'function' || typeof store.set !== 'function')
      throw new ConfigurationError('cache.store needs get(key) and set(key, text, ttlMs): a Keyv, or redisCache() of bigrecord/redis.');
    this.#generation = generationOf(store, root);
    this.#identity = identityOf(headers);
  }

  /** From now on other credentials ask. */
  identify(headers: Readonly<Record<string, string>>): void {
    this.#identity = identityOf(headers);
  }

  /** A link of the chain: answers what it has kept, and sends on what it has not. */
  async pass(request: RequestDescription, next: Next, onHit: () => void): Promise<ApiResponse> {
    if (request.method !== 'GET' || request.headers !== undefined) return next(request);
    request.signal?.throwIfAborted();
    const key = await this.#keyOf(request);
    if (key === undefined) return next(request);
    const isWanted = request.cache !== false && !this.#useless.has(key);
    const kept = isWanted ? answerOf(await this.#generation.get(key)) : undefined;
    if (kept !== undefined) {
      onHit();
      return this.#droppable(key, kept);
    }
    const answer = await next(request);
    if (answer.status < 200 || answer.status > 299) return answer;
    if (await this.#generation.set(key, textOf(answer), this.#ttlMs)) this.#useless.delete(key);
    return this.#droppable(key, answer);
  }

  #droppable(key: string, answer: ApiResponse): ApiResponse {
    const drop = (): void => {
      this.#useless.add(key);
      if (this.#useless.size > MOST_USELESS) for (const oldest of this.#useless) return void this.#useless.delete(oldest);
      void this.#generation.set(key, '', 1);
    };
    drops.set(answer, drop);
    if (typeof answer.body === 'object' && answer.body !== null) drops.set(answer.body, drop);
    return answer;
  }

  /** Where the answer lies; `undefined` while nothing can be kept. */
  async #keyOf(request: RequestDescription): Promise<string | undefined> {
    const generation = await this.#generation.current();
    if (generation === undefined) return undefined;
    const asked = JSON.stringify([generation, this.#identity, addressOf(request), Object.entries(request.query).sort()]);
    return `answer:${createHash('sha256').update(asked).digest('base64url')}`;
  }
}

/** Their keys are of one generation, so that few are of use for long. */
const MOST_USELESS = 10_000;

const textOf = ({ status, headers, body }: ApiResponse): string => JSON.stringify({ status, headers, body });

/** A kept text as the answer that it was; `undefined` for what is none. */
function answerOf(kept: unknown): ApiResponse | undefined {
  if (typeof kept !== 'string') return undefined;
  try {
    const { status, headers, body } = JSON.parse(kept) as ApiResponse;
    return typeof status === 'number' && typeof headers === 'object' ? { status, headers, body } : undefined;
  } catch {
    return undefined;
  }
}

/** Tells credentials apart without showing them. */
const identityOf = (headers: Readonly<Record<string, string>>): string =>
  createHash('sha256').update(JSON.stringify(headers)).digest('base64url');

/** Whether a request may change the store. GraphQL asks by POST too: what is plainly no mutation changes nothing. */
export const mayChange = (request: RequestDescription): boolean =>
  request.method !== 'GET' && (request.method !== 'POST' || isCreating(request));

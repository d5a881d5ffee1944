import { createHash, randomUUID } from 'node:crypto';
import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { type Answer, addressOf, isCreating, type RequestDescription } from '../transport/request.js';
import { type CacheStore, MemoryStore } from './cache-store.js';
import type { Next } from './chain.js';
import { inTime, Outage, warningOnce } from './outage.js';
import { duration } from './policy.js';

/** Options of a session's cache. */
export interface CacheOptions {
  /** How long an answer is kept, in milliseconds: so old may be what others have changed meanwhile. */
  ttlMs: number;
  /** Default: the memory of this process, 1,000 answers or 20 MB. */
  store?: CacheStore | undefined;
}

const CACHE_OPTIONS = { ttlMs: 1, store: 1 } as const satisfies Record<keyof CacheOptions, 1>;

/** The mark of a store outlives all that is kept under it. */
const MARK_MS = 86_400_000;

/** One for all sessions of the process, so that what one of them writes the others do not read as it was. */
const memory = new MemoryStore();

/**
 * Answers to GET, kept for a time. What is kept belongs to a store and to the credentials that asked. Whatever a session writes
 * forgets all that is kept of its store, for every session and process that shares the cache: a record never reads as it was
 * before one's own change.
 *
 * Under a store's mark lies all that is kept of it; to forget is to give the store another mark.
 */
export class AnswerCache {
  readonly #ttlMs: number;
  readonly #store: CacheStore;
  readonly #mark: string;
  #identity: string;
  readonly #outage = new Outage(warningOnce((reason) => `the cache fails (${reason}): until it works again, the store is asked.`));
  /** Writes, and how many of them the cache was told of: nothing is read before it knows of all. */
  #writes = 0;
  #told = 0;

  /** @throws ConfigurationError for wrong options */
  constructor(options: CacheOptions, root: string, headers: Readonly<Record<string, string>>) {
    assertKnownOptions(options, CACHE_OPTIONS, 'cache', ConfigurationError);
    const { ttlMs, store = memory } = options;
    this.#ttlMs = duration('cache.ttlMs', ttlMs);
    if (typeof store?.get !== 'function' || typeof store.set !== 'function')
      throw new ConfigurationError('cache.store needs get(key) and set(key, text, ttlMs): a Keyv, or redisCache() of bigrecord/redis.');
    this.#store = store;
    this.#mark = `mark:${root}`;
    this.#identity = identityOf(headers);
  }

  /** From now on other credentials ask. */
  identify(headers: Readonly<Record<string, string>>): void {
    this.#identity = identityOf(headers);
  }

  /** A link of the chain: answers what it has kept, and sends on what it has not. */
  async pass(request: RequestDescription, next: Next, onHit: () => void): Promise<Answer> {
    if (request.method !== 'GET') {
      try {
        return await next(request);
      } finally {
        if (mayChange(request)) await this.forget();
      }
    }
    request.signal?.throwIfAborted();
    const key = request.headers === undefined ? await this.#keyOf(request) : undefined;
    if (key === undefined) return next(request);
    const kept = request.cache === false ? undefined : answerOf(await this.#ask(() => this.#store.get(key)));
    if (kept !== undefined) {
      onHit();
      return kept;
    }
    const answer = await next(request);
    if (answer.status >= 200 && answer.status < 300) await this.#ask(() => this.#store.set(key, JSON.stringify(answer), this.#ttlMs));
    return answer;
  }

  /** Forgets all that is kept of the store. */
  async forget(): Promise<void> {
    this.#writes++;
    await this.#markOf();
  }

  /** Where the answer lies; `undefined` while nothing can be kept. */
  async #keyOf(request: RequestDescription): Promise<string | undefined> {
    const mark = await this.#markOf();
    if (mark === undefined) return undefined;
    const asked = JSON.stringify([mark, this.#identity, addressOf(request), Object.entries(request.query).sort()]);
    return `answer:${createHash('sha256').update(asked).digest('base64url')}`;
  }

  async #markOf(): Promise<string | undefined> {
    const writes = this.#writes;
    const known = this.#told < writes ? undefined : await this.#ask(() => this.#store.get(this.#mark));
    if (typeof known === 'string') return known;
    if (this.#outage.isOn) return undefined;
    const mark = randomUUID();
    // Read again: of several that give a mark at once, all go by the last.
    const given = await this.#ask(async () => {
      await this.#store.set(this.#mark, mark, MARK_MS);
      return this.#store.get(this.#mark);
    });
    if (typeof given !== 'string') return undefined;
    this.#told = Math.max(this.#told, writes);
    return given;
  }

  /** What the store of the cache says; where it fails, nothing, and a warning once. */
  async #ask(question: () => unknown): Promise<unknown> {
    if (this.#outage.isOn) return undefined;
    try {
      return await inTime(question);
    } catch (error) {
      this.#outage.begin(error);
      return undefined;
    }
  }
}

/** A kept text as the answer that it was; `undefined` for what is none. */
function answerOf(kept: unknown): Answer | undefined {
  if (typeof kept !== 'string') return undefined;
  try {
    const { status, headers, body } = JSON.parse(kept) as Answer;
    return typeof status === 'number' && typeof headers === 'object' ? { status, headers, body } : undefined;
  } catch {
    return undefined;
  }
}

/** Tells credentials apart without showing them. */
const identityOf = (headers: Readonly<Record<string, string>>): string =>
  createHash('sha256').update(JSON.stringify(headers)).digest('base64url');

/** GraphQL asks by POST too: only a mutation changes anything. */
const mayChange = (request: RequestDescription): boolean => request.method !== 'POST' || isCreating(request);

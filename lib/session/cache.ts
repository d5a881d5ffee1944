import { createHash, randomUUID } from 'node:crypto';
import { ConfigurationError } from '../errors/configuration-error.js';
import { type Answer, addressOf, type RequestDescription } from '../transport/request.js';
import type { Next } from './chain.js';
import { positive } from './policy.js';

/** Where answers are kept. A `Keyv` is one, with whatever it keeps things in; so is `redisCache()` of `bigrecord/redis`. */
export interface CacheStore {
  /** The text under a key, or nothing; at once or later. */
  get(key: string): unknown;
  /** Keeps a text for so many milliseconds. */
  set(key: string, text: string, ttlMs: number): unknown;
}

/** Options of a session's cache. */
export interface CacheOptions {
  /** How long an answer is kept, in milliseconds: so old may be what others have changed meanwhile. */
  ttlMs: number;
  /** Default: the memory of this process, 1,000 answers or 20 MB. */
  store?: CacheStore | undefined;
}

const MAX_ENTRIES = 1000;
const MAX_LENGTH = 20_000_000;
/** Longer than this no call waits for what is kept. */
const PATIENCE_MS = 500;
/** After a failure the store is asked for everything, for so long. */
const ALONE_MS = 5000;
/** The mark of a store outlives all that is kept under it. */
const MARK_MS = 86_400_000;

/** Texts in memory, each for its time; those that were not asked for longest go first. */
class MemoryStore implements CacheStore {
  readonly #kept = new Map<string, { readonly text: string; readonly until: number }>();
  #length = 0;

  get(key: string): string | undefined {
    const found = this.#kept.get(key);
    if (found === undefined) return undefined;
    this.#drop(key, found.text);
    if (found.until <= performance.now()) return undefined;
    this.#kept.set(key, found);
    this.#length += found.text.length;
    return found.text;
  }

  set(key: string, text: string, ttlMs: number): void {
    const before = this.#kept.get(key);
    if (before !== undefined) this.#drop(key, before.text);
    this.#kept.set(key, { text, until: performance.now() + ttlMs });
    this.#length += text.length;
    for (const [oldest, entry] of this.#kept) {
      if (this.#kept.size <= MAX_ENTRIES && this.#length <= MAX_LENGTH) return;
      this.#drop(oldest, entry.text);
    }
  }

  #drop(key: string, text: string): void {
    this.#kept.delete(key);
    this.#length -= text.length;
  }
}

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
  #aloneUntil = 0;
  #isWarned = false;
  /** Writes, and how many of them the cache was told of: nothing is read before it knows of all. */
  #writes = 0;
  #told = 0;

  /** @throws ConfigurationError for wrong options */
  constructor({ ttlMs, store = memory }: CacheOptions, root: string, headers: Readonly<Record<string, string>>) {
    this.#ttlMs = positive('cache.ttlMs', ttlMs);
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
    if (performance.now() < this.#aloneUntil) return undefined;
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
    if (performance.now() < this.#aloneUntil) return undefined;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
    });
    try {
      return await Promise.race([(async () => question())(), late]);
    } catch (error) {
      this.#aloneUntil = performance.now() + ALONE_MS;
      this.#warn(error);
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  #warn(error: unknown): void {
    if (this.#isWarned) return;
    this.#isWarned = true;
    process.emitWarning(
      `bigrecord: the cache fails (${error instanceof Error ? error.message : String(error)}): until it works again, the store is asked.`,
    );
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
function mayChange({ version, body }: RequestDescription): boolean {
  return version !== undefined || /\bmutation\b/.test(String((body as { query?: unknown } | undefined)?.query));
}

import { LRUCache } from 'lru-cache';

/** Where responses are cached. A `Keyv` is one, whatever its storage; so is `redisCache()` of `bigrecord/redis`. */
export interface CacheStore {
  /** Returns the text under a key, or nothing; at once or as a promise. */
  get(key: string): unknown;
  /** Stores a text for this many milliseconds. */
  set(key: string, text: string, ttlMs: number): unknown;
}

/** Options of a session's cache. */
export interface CacheOptions {
  /** How long a response is cached, in milliseconds; changes by others may go unnoticed for as long. */
  ttlMs: number;
  /** Default: the memory of this process, 1,000 responses or 20 MB. */
  store?: CacheStore | undefined;
}

const MAX_ENTRIES = 1000;
const MAX_LENGTH = 20_000_000;

/** Caches texts in memory; the least recently used ones go first. */
export class MemoryStore implements CacheStore {
  // Length + 1: an empty text takes room too.
  readonly #texts = new LRUCache<string, string>({
    max: MAX_ENTRIES,
    maxSize: MAX_LENGTH,
    sizeCalculation: (text) => text.length + 1,
    // Reads the clock each time, without a timer of its own: a program's tests may fake timers.
    ttlResolution: 0,
    perf: { now: () => performance.now() },
  });

  get(key: string): string | undefined {
    return this.#texts.get(key);
  }

  set(key: string, text: string, ttlMs: number): void {
    this.#texts.set(key, text, { ttl: Math.ceil(ttlMs) });
  }
}

import { LRUCache } from 'lru-cache';

/** Where responses are cached. A `Keyv` is one, whatever its storage; so is `redisCache()` of `bigrecord/redis`. */
export interface CacheStore {
  /** Returns the text under a key, or nothing; at once or as a promise. */
  get(key: string): unknown;
  /** Stores a text for this many milliseconds. */
  set(key: string, text: string, ttlMs: number): unknown;
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
    perf: { now: () => performance.now() },
  });

  get(key: string): string | undefined {
    return this.#texts.get(key);
  }

  set(key: string, text: string, ttlMs: number): void {
    this.#texts.set(key, text, { ttl: Math.ceil(ttlMs) });
  }
}

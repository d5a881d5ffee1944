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

interface Entry {
  readonly text: string;
  readonly expiresAt: number;
}

/**
 * Caches texts in memory; the least recently used ones go first. A `Map` keeps its keys in the order of their use, which makes
 * this short; a library for it would add 19 kB to every bundle.
 */
export class MemoryStore implements CacheStore {
  readonly #entries = new Map<string, Entry>();
  #length = 0;

  get(key: string): string | undefined {
    const entry = this.#take(key);
    if (entry === undefined || entry.expiresAt <= performance.now()) return undefined;
    this.#add(key, entry);
    return entry.text;
  }

  set(key: string, text: string, ttlMs: number): void {
    this.#take(key);
    this.#add(key, { text, expiresAt: performance.now() + ttlMs });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= MAX_ENTRIES && this.#length <= MAX_LENGTH) return;
      this.#take(oldest);
    }
  }

  #add(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    this.#length += entry.text.length;
  }

  #take(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry !== undefined && this.#entries.delete(key)) this.#length -= entry.text.length;
    return entry;
  }
}

/** Where answers are kept. A `Keyv` is one, with whatever it keeps things in; so is `redisCache()` of `bigrecord/redis`. */
export interface CacheStore {
  /** The text under a key, or nothing; at once or later. */
  get(key: string): unknown;
  /** Keeps a text for so many milliseconds. */
  set(key: string, text: string, ttlMs: number): unknown;
}

const MAX_ENTRIES = 1000;
const MAX_LENGTH = 20_000_000;

/** Texts in memory, each for its time; those that were not asked for longest go first. */
export class MemoryStore implements CacheStore {
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

import { randomUUID } from 'node:crypto';
import { BackendHealth, warnOnce, withTimeout } from './backend-health.js';
import type { CacheStore } from './cache-store.js';
import { perStore } from './per-store.js';

/** The generation key outlives its entries. */
const GENERATION_MS = 86_400_000;

/** The writes of this process to one store, and the caches that hold responses of it. */
export interface Changes {
  count: number;
  readonly generations: Set<WeakRef<CacheGeneration>>;
}

/** Returns the writes to a store. */
export const changesOf = perStore((): Changes => ({ count: 0, generations: new Set() }));
const generationsOf = perStore(() => new WeakMap<CacheStore, CacheGeneration>());

/** Returns the generation of a store's responses in one cache; all sessions that use the cache share it. */
export function generationOf(cache: CacheStore, store: string): CacheGeneration {
  const generations = generationsOf(store);
  const found = generations.get(cache) ?? new CacheGeneration(cache, store);
  generations.set(cache, found);
  return found;
}

/** Begins a new generation: a request that may have changed the store is over, and nothing cached before is valid any more. */
export async function storeChanged(changes: Changes): Promise<void> {
  changes.count++;
  await Promise.all(
    [...changes.generations].map((reference) => {
      const generation = reference.deref();
      if (generation === undefined) changes.generations.delete(reference);
      return generation?.current();
    }),
  );
}

/**
 * Groups the responses of a store in one cache, be it memory or Redis, so that all of them can be forgotten by beginning another
 * generation. The cache knows the current one, for all who share it; each process also counts its own writes, so that it reads
 * nothing from before them even if the cache could not be updated.
 */
export class CacheGeneration {
  readonly #cache: CacheStore;
  readonly #key: string;
  readonly #changes: Changes;
  readonly #health = new BackendHealth(warnOnce((reason) => `the cache fails (${reason}): until it works again, the store is asked.`));
  /** How many of the writes the cache knows of. */
  #recorded = 0;

  constructor(cache: CacheStore, store: string) {
    this.#cache = cache;
    this.#key = `generation:${store}`;
    this.#changes = changesOf(store);
    this.#changes.generations.add(new WeakRef(this));
  }

  /** Returns the current generation, a new one if there were writes; `undefined` while nothing can be cached. */
  async current(): Promise<string | undefined> {
    const { count } = this.#changes;
    const known = this.#recorded < count ? undefined : await this.get(this.#key);
    if (typeof known === 'string') return known;
    if (this.#health.isDown) return undefined;
    const next = randomUUID();
    // Read again: if several begin a generation at once, all use the last.
    const stored = await this.#ask(async () => {
      await this.#cache.set(this.#key, next, GENERATION_MS);
      return this.#cache.get(this.#key);
    });
    if (typeof stored !== 'string') return undefined;
    this.#recorded = Math.max(this.#recorded, count);
    return stored;
  }

  /** Returns what is cached under a key; nothing, and a warning once, if the cache fails. */
  get(key: string): Promise<unknown> {
    return this.#ask(() => this.#cache.get(key));
  }

  /** Caches a text, and returns whether that succeeded. */
  async set(key: string, text: string, ttlMs: number): Promise<boolean> {
    return (await this.#ask(async () => [await this.#cache.set(key, text, ttlMs)])) !== undefined;
  }

  async #ask(question: () => unknown): Promise<unknown> {
    if (this.#health.isDown) return undefined;
    try {
      return await withTimeout(question);
    } catch (error) {
      this.#health.failed(error);
      return undefined;
    }
  }
}

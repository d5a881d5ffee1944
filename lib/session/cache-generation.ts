import { randomUUID } from 'node:crypto';
import { inTime, Outage, warningOnce } from './backend-health.js';
import type { CacheStore } from './cache-store.js';
import { perStore } from './per-store.js';

/** The generation of a store outlives all answers that are kept under it. */
const GENERATION_MS = 86_400_000;

/** The writes of this process to one store, and where answers of it are kept. */
interface Changes {
  count: number;
  readonly generations: Set<WeakRef<CacheGeneration>>;
}

const changesOf = perStore((): Changes => ({ count: 0, generations: new Set() }));
const all = new WeakMap<CacheStore, Map<string, CacheGeneration>>();

/** The generation of a store's answers in one place; one for all sessions that keep them there. */
export function generationOf(place: CacheStore, store: string): CacheGeneration {
  const ofPlace = all.get(place) ?? new Map<string, CacheGeneration>();
  all.set(place, ofPlace);
  const found = ofPlace.get(store) ?? new CacheGeneration(place, store);
  ofPlace.set(store, found);
  return found;
}

/** A request that may have changed the store is over, well or badly: nothing that was kept of it is an answer any more. */
export async function storeChanged(store: string): Promise<void> {
  const changes = changesOf(store);
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
 * Under a generation lies all that is kept of a store in one place, a process's memory or Redis; to forget it all is to begin
 * another one. The place knows which holds, for all who keep answers there; each process knows of its own writes besides, so that
 * it reads nothing of before them, also where the place could not be told.
 */
export class CacheGeneration {
  readonly #place: CacheStore;
  readonly #key: string;
  readonly #changes: Changes;
  readonly #outage = new Outage(warningOnce((reason) => `the cache fails (${reason}): until it works again, the store is asked.`));
  /** How many of the writes the place was told of. */
  #told = 0;

  constructor(place: CacheStore, store: string) {
    this.#place = place;
    this.#key = `mark:${store}`;
    this.#changes = changesOf(store);
    this.#changes.generations.add(new WeakRef(this));
  }

  /** The one that holds, a new one where there were writes; `undefined` while nothing can be kept. */
  async current(): Promise<string | undefined> {
    const { count } = this.#changes;
    const known = this.#told < count ? undefined : await this.get(this.#key);
    if (typeof known === 'string') return known;
    if (this.#outage.isOn) return undefined;
    const next = randomUUID();
    // Read again: of several that begin one at once, all go by the last.
    const given = await this.#ask(async () => {
      await this.#place.set(this.#key, next, GENERATION_MS);
      return this.#place.get(this.#key);
    });
    if (typeof given !== 'string') return undefined;
    this.#told = Math.max(this.#told, count);
    return given;
  }

  /** What is kept under a key; where the place fails, nothing, and a warning once. */
  get(key: string): Promise<unknown> {
    return this.#ask(() => this.#place.get(key));
  }

  /** Keeps a text, where that is possible: gives whether it was. */
  async set(key: string, text: string, ttlMs: number): Promise<boolean> {
    return (await this.#ask(async () => [await this.#place.set(key, text, ttlMs)])) !== undefined;
  }

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

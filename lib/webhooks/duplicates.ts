/** Remembers which deliveries have come. The platform sends some twice, hours apart. */
export interface DuplicateStore {
  /** Remembers a hash; whether it is new. */
  add(hash: string): boolean | Promise<boolean>;
}

const DEFAULT_SIZE = 100_000;

/** Remembers so many hashes in memory, the oldest forgotten first. */
export class MemoryDuplicates implements DuplicateStore {
  readonly #hashes = new Set<string>();
  readonly #size: number;

  constructor(size = DEFAULT_SIZE) {
    this.#size = size;
  }

  add(hash: string): boolean {
    if (this.#hashes.has(hash)) return false;
    this.#hashes.add(hash);
    if (this.#hashes.size > this.#size) for (const oldest of this.#hashes) return this.#hashes.delete(oldest);
    return true;
  }
}

import { ArgumentError } from '../errors/argument-error.js';

/** Remembers deliveries, to recognise duplicates. The platform sends some twice, hours apart. */
export interface DuplicateStore {
  /** Adds a hash, and tells whether it is new. */
  add(hash: string): boolean | Promise<boolean>;
}

const DEFAULT_SIZE = 100_000;

/** Remembers a limited number of hashes in memory, and drops the oldest first. */
export class MemoryDuplicates implements DuplicateStore {
  readonly #hashes = new Set<string>();
  readonly #size: number;

  /** @throws ArgumentError for a size that is not a whole number from 1 */
  constructor(size = DEFAULT_SIZE) {
    if (!Number.isSafeInteger(size) || size < 1) throw new ArgumentError('The size of MemoryDuplicates must be a whole number from 1.');
    this.#size = size;
  }

  add(hash: string): boolean {
    if (this.#hashes.has(hash)) return false;
    this.#hashes.add(hash);
    if (this.#hashes.size > this.#size) for (const oldest of this.#hashes) return this.#hashes.delete(oldest);
    return true;
  }

  /** Forgets a hash, so that its next delivery is new. */
  delete(hash: string): void {
    this.#hashes.delete(hash);
  }
}

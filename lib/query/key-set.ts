/** Returns a key as a number if it is written as a plain one, so that a {@link KeySet} takes little memory for it; else as it is. */
export const numericKey = (key: unknown): unknown => (typeof key === 'string' && /^[1-9]\d{0,14}$/.test(key) ? Number(key) : key);

const BITS = 4096;
const WORD = 32;

/**
 * A set of record keys. A whole number takes one bit, so that the keys of a million records fit into a few hundred kilobytes.
 */
export class KeySet {
  readonly #numbers = new Map<number, Uint32Array>();
  readonly #others = new Set<unknown>();

  /** Adds a key. Returns whether it was new; `undefined` always is. */
  add(key: unknown): boolean {
    if (key === undefined) return true;
    if (typeof key !== 'number' || !Number.isSafeInteger(key) || key < 0) {
      const before = this.#others.size;
      return this.#others.add(key).size > before;
    }
    const block = Math.floor(key / BITS);
    let words = this.#numbers.get(block);
    if (words === undefined) this.#numbers.set(block, (words = new Uint32Array(BITS / WORD)));
    const at = key % BITS;
    const word = at >>> 5;
    const bit = 1 << (at & 31);
    const known = ((words[word] as number) & bit) !== 0;
    words[word] = (words[word] as number) | bit;
    return !known;
  }
}

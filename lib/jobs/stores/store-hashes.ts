/** The hashes of all stores: to be walked one after another, or awaited as an array. */
export class StoreHashes implements AsyncIterable<string>, PromiseLike<string[]> {
  readonly #walk: () => AsyncIterable<string>;
  #all: Promise<string[]> | undefined;

  /** @internal */
  constructor(walk: () => AsyncIterable<string>) {
    this.#walk = walk;
  }

  [Symbol.asyncIterator](): AsyncIterator<string> {
    return this.#walk()[Symbol.asyncIterator]();
  }

  /** Reads all hashes, sorted. */
  then<A = string[], B = never>(
    resolve?: ((hashes: string[]) => A | PromiseLike<A>) | null,
    reject?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#all ??= this.#read();
    return this.#all.then(resolve, reject);
  }

  async #read(): Promise<string[]> {
    const hashes: string[] = [];
    for await (const hash of this.#walk()) hashes.push(hash);
    return hashes.sort();
  }
}

import { copyForCaller } from '../errors/call-site.js';

/** Asks for several things at once: gives for each key what was found, or `undefined`. */
export type Batch<K, V> = (keys: readonly K[]) => Promise<ReadonlyMap<string, V>>;

interface Waiting<K, V> {
  readonly key: K;
  resolve(value: V | undefined): void;
  reject(error: unknown): void;
}

/**
 * Joins what is asked for in the same tick, so that one request can answer it all (the idea of DataLoader,
 * https://github.com/graphql/dataloader). Nothing is kept: the next tick asks anew.
 */
export class BatchLoader<K extends string | number, V> {
  readonly #waiting = new Map<string, Waiting<K, V>[]>();

  /**
   * Where the request fails, each that asked gets an error of its own.
   *
   * @param under what may be asked for together: same place, same parameters
   * @param batch called once, after all that the current tick asks for has been said
   */
  ask(under: string, key: K, batch: Batch<K, V>): Promise<V | undefined> {
    return new Promise((resolve, reject) => {
      const together = this.#waiting.get(under);
      if (together !== undefined) {
        together.push({ key, resolve, reject });
        return;
      }
      this.#waiting.set(under, [{ key, resolve, reject }]);
      // A tick ends when the promise jobs that are ready now, and those that they make ready, have run.
      void Promise.resolve().then(() => process.nextTick(() => this.#flush(under, batch)));
    });
  }

  #flush(under: string, batch: Batch<K, V>): void {
    const together = this.#waiting.get(under) ?? [];
    this.#waiting.delete(under);
    const distinct = [...new Map(together.map(({ key }) => [String(key), key])).values()];
    batch(distinct).then(
      (found) => {
        for (const { key, resolve } of together) resolve(found.get(String(key)));
      },
      (error: unknown) => {
        for (const { reject } of together) reject(together.length > 1 ? copyForCaller(error) : error);
      },
    );
  }
}

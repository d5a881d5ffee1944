import { copyForCaller } from '../errors/call-site.js';

/** Asks for several things at once: gives what was found, by key. */
export type LoadBatch<K, V> = (keys: readonly K[]) => Promise<ReadonlyMap<string, V>>;

interface Batch<K, V> {
  /** By their strings: each once. */
  readonly keys: Map<string, K>;
  callers: number;
  readonly found: Promise<ReadonlyMap<string, V>>;
}

/**
 * Joins what is asked for in the same tick, so that one request can answer it all (the idea of DataLoader,
 * https://github.com/graphql/dataloader). Nothing is kept: the next tick asks again.
 */
export class BatchLoader<K extends string | number, V> {
  readonly #batches = new Map<string, Batch<K, V>>();

  /**
   * What was found for a key. Where the request fails, each caller gets an error of its own.
   *
   * @param under what may be asked for together: same place, same parameters
   * @param loadBatch called once, after all that the current tick asks for is known
   */
  async load(under: string, key: K, loadBatch: LoadBatch<K, V>): Promise<V | undefined> {
    let batch = this.#batches.get(under);
    if (batch === undefined) {
      const keys = new Map<string, K>();
      batch = { keys, callers: 0, found: this.#loadLater(under, keys, loadBatch) };
      this.#batches.set(under, batch);
    }
    batch.keys.set(String(key), key);
    batch.callers++;
    try {
      return (await batch.found).get(String(key));
    } catch (error) {
      throw batch.callers > 1 ? copyForCaller(error) : error;
    }
  }

  /** A tick ends when the promise jobs that are ready now, and those that they make ready, have run. */
  async #loadLater(under: string, keys: ReadonlyMap<string, K>, loadBatch: LoadBatch<K, V>): Promise<ReadonlyMap<string, V>> {
    await Promise.resolve();
    await new Promise(process.nextTick);
    this.#batches.delete(under);
    return loadBatch([...keys.values()]);
  }
}

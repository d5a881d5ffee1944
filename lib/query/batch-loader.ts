import { copyForCaller } from '../errors/call-site.js';

/** Loads several values at once. Returns those found, by key. */
export type LoadBatch<K, V> = (keys: readonly K[]) => Promise<ReadonlyMap<string, V>>;

interface Batch<K, V> {
  /** Distinct keys, by their string. */
  readonly keys: Map<string, K>;
  callers: number;
  readonly found: Promise<ReadonlyMap<string, V>>;
}

/**
 * Collects the loads of one tick, so that one request can serve them all (the idea of DataLoader,
 * https://github.com/graphql/dataloader). Caches nothing: the next tick loads again.
 */
export class BatchLoader<K extends string | number, V> {
  readonly #batches = new Map<string, Batch<K, V>>();

  /**
   * Loads the value for a key. If the request fails, each caller gets an error of its own.
   *
   * @param group identifies loads that may share a request: same path, same parameters
   * @param loadBatch called once, when the keys of the current tick are complete
   */
  async load(group: string, key: K, loadBatch: LoadBatch<K, V>): Promise<V | undefined> {
    let batch = this.#batches.get(group);
    if (batch === undefined) {
      const keys = new Map<string, K>();
      batch = { keys, callers: 0, found: this.#loadLater(group, keys, loadBatch) };
      this.#batches.set(group, batch);
    }
    batch.keys.set(String(key), key);
    batch.callers++;
    try {
      return (await batch.found).get(String(key));
    } catch (error) {
      throw batch.callers > 1 ? copyForCaller(error) : error;
    }
  }

  /** A tick ends when all promise jobs have run, including those that they queue. */
  async #loadLater(group: string, keys: ReadonlyMap<string, K>, loadBatch: LoadBatch<K, V>): Promise<ReadonlyMap<string, V>> {
    await Promise.resolve();
    await new Promise(process.nextTick);
    this.#batches.delete(group);
    return loadBatch([...keys.values()]);
  }
}

import { NPlusOneError } from '../errors/n-plus-one-error.js';

/**
 * Records that came in one answer. What is loaded of one of them is likely to be wanted of the others, and one request can
 * often bring it for all. They live as long as one of them is held.
 */
export class Siblings {
  readonly #underWay = new Map<string, Promise<unknown>>();
  readonly #loadedAlone = new Map<string, number>();

  constructor(readonly records: readonly object[]) {}

  /** Does something once for all, however many ask at the same time. A failure is forgotten: the next that asks tries again. */
  together<T>(what: string, load: () => Promise<T>): Promise<T> {
    const known = this.#underWay.get(what) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const loading = load();
    this.#underWay.set(what, loading);
    loading.then(
      () => {},
      () => this.#underWay.delete(what),
    );
    return loading;
  }

  /** Forgets what `together` did, so that it can be done anew. */
  forget(what: string): void {
    this.#underWay.delete(what);
  }

  /** Counts a relation that is loaded by itself. @throws NPlusOneError for the second one */
  assertFirst(model: string, property: string): void {
    const times = (this.#loadedAlone.get(property) ?? 0) + 1;
    this.#loadedAlone.set(property, times);
    if (times > 1) throw new NPlusOneError(model, property, this.records.length);
  }
}

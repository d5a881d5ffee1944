import { inspect } from 'node:util';
import { addCallSite, CallSite, copyForCaller } from '../errors/call-site.js';
import { type CallOptions, checkCall, freshCallOf } from '../transport/request.js';

/** Loads the other record, or `null`; `key` tells a changed reference from an unchanged one. */
export interface ToOneSource<T> {
  readonly name: string;
  key(): unknown;
  /** `isFresh`: from the store, even where another record knows it already. */
  load(options: CallOptions, isFresh: boolean): Promise<T | null>;
  /** Loads the relation for the records that came with this one too, where one request can; else `undefined`. */
  loadBeside(options: CallOptions): Promise<void> | undefined;
}

/** One other record: loaded when first awaited, kept while the reference stays the same. */
export class ToOneRelation<T extends object> implements PromiseLike<T | null> {
  readonly #source: ToOneSource<T>;
  #loaded: { readonly key: unknown; readonly record: T | null } | undefined;
  #loading: { readonly key: unknown; readonly promise: Promise<T | null> } | undefined;

  constructor(source: ToOneSource<T>) {
    this.#source = source;
  }

  get isLoaded(): boolean {
    return this.#loaded !== undefined && this.#loaded.key === this.#source.key();
  }

  async load(options: CallOptions = {}): Promise<T | null> {
    if (this.isLoaded) return this.loaded as T | null;
    const place = new CallSite();
    try {
      await this.#source.loadBeside(options);
      return this.isLoaded ? (this.loaded as T | null) : await this.loadAlone(options);
    } catch (error) {
      throw addCallSite(copyForCaller(error), place);
    }
  }

  /** Loads this record's alone. */
  async loadAlone(options: CallOptions, isFresh = false): Promise<T | null> {
    const key = this.#source.key();
    let loading = this.#loading;
    if (loading === undefined || loading.key !== key || isFresh) {
      const mine = { key, promise: this.#source.load(options, isFresh) };
      this.#loading = loading = mine;
      const end = (): void => {
        if (this.#loading === mine) this.#loading = undefined;
      };
      mine.promise.then(end, end);
    }
    const record = await loading.promise;
    // Another reference may have been set meanwhile, and loaded: what belongs to the old one does not take its place.
    if (this.#source.key() === key) this.#loaded = { key, record };
    return record;
  }

  /** Loads it again. */
  async reload(options: CallOptions = {}): Promise<T | null> {
    checkCall('reload()', options);
    return this.loadAlone(freshCallOf(options), true);
  }

  then<A = T | null, B = never>(
    resolve?: ((record: T | null) => A | PromiseLike<A>) | null,
    reject?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.load().then(resolve, reject);
  }

  /** Takes a record that is known without a request. */
  keep(record: T | null): void {
    this.#loaded = { key: this.#source.key(), record };
  }

  /** The record that is there without a request; `null` where it was destroyed since. */
  get loaded(): T | null | undefined {
    if (!this.isLoaded) return undefined;
    const record = this.#loaded?.record ?? null;
    return (record as { readonly isDestroyed?: boolean } | null)?.isDestroyed ? null : record;
  }

  [inspect.custom](): string {
    return this.isLoaded ? `${this.#source.name} ${inspect(this.loaded)}` : `${this.#source.name} (not loaded)`;
  }
}

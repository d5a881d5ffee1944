import { inspect } from 'node:util';
import type { CallOptions } from '../transport/request.js';

/** Loads the other record, or `null`; `key` tells a changed reference from an unchanged one. */
export interface ToOneSource<T> {
  readonly name: string;
  key(): unknown;
  load(options: CallOptions): Promise<T | null>;
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
    const key = this.#source.key();
    if (this.#loaded !== undefined && this.#loaded.key === key) return this.#loaded.record;
    if (this.#loading === undefined || this.#loading.key !== key) {
      const promise = this.#source.load(options).finally(() => (this.#loading = undefined));
      this.#loading = { key, promise };
    }
    const record = await this.#loading.promise;
    this.#loaded = { key, record };
    return record;
  }

  async reload(options: CallOptions = {}): Promise<T | null> {
    this.#loaded = undefined;
    return this.load(options);
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

  /** The record that is there without a request. */
  get loaded(): T | null | undefined {
    return this.isLoaded ? this.#loaded?.record : undefined;
  }

  [inspect.custom](): string {
    return this.isLoaded ? `${this.#source.name} ${inspect(this.#loaded?.record)}` : `${this.#source.name} (not loaded)`;
  }
}

import { inspect } from 'node:util';
import { addCallSite, CallSite, copyForCaller, fromHere } from '../errors/call-site.js';
import type { RecordContext } from '../record/record-context.js';
import type { ToOneCache } from '../record/to-one-cache.js';
import { type CallOptions, checkCall, freshCallOf } from '../transport/request.js';
import { loadToOne } from './load-for-group.js';
import { loadToOneAlone } from './load-to-one.js';

/** The handle behind {@link BelongsTo} and {@link HasOne}: loads when first awaited, and caches the record as long as the reference stays the same. */
export class ToOneHandle<T extends object> implements PromiseLike<T | null> {
  readonly #cache: ToOneCache;

  constructor(cache: ToOneCache) {
    this.#cache = cache;
  }

  /** Whether the record is loaded, so that awaiting sends nothing. */
  get isLoaded(): boolean {
    return this.#cache.isLoaded;
  }

  /** Loads the record again. */
  async reload(options: CallOptions = {}): Promise<T | null> {
    checkCall('reload()', options);
    return fromHere(async () => this.#recordOf(await loadToOneAlone(this.#cache, freshCallOf(options), true)));
  }

  then<A = T | null, B = never>(
    resolve?: ((record: T | null) => A | PromiseLike<A>) | null,
    reject?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#load().then(resolve, reject);
  }

  async #load(): Promise<T | null> {
    if (this.#cache.isLoaded) return this.#recordOf(this.#cache.present);
    const place = new CallSite();
    try {
      return this.#recordOf(await loadToOne(this.#cache, {}));
    } catch (error) {
      throw addCallSite(copyForCaller(error), place);
    }
  }

  #recordOf(context: RecordContext | null | undefined): T | null {
    return (context?.record ?? null) as T | null; // the declaration of the relation names the class
  }

  [inspect.custom](): string {
    const name = `${this.#cache.relation.kind === 'hasOne' ? 'HasOne' : 'BelongsTo'}<${this.#cache.relation.property}>`;
    return this.isLoaded ? `${name} ${inspect(this.#cache.present?.record ?? null)}` : `${name} (not loaded)`;
  }
}

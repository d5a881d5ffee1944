import { inspect } from 'node:util';
import { loadHasMany } from '../associations/load-for-group.js';
import { ArgumentError } from '../errors/argument-error.js';
import { addCallSite, CallSite, copyForCaller, fromHere } from '../errors/call-site.js';
import type { DeleteAllOptions, Deletions } from '../query/deletions.js';
import type { RecordCallOptions } from '../query/params.js';
import type { HasManyCache } from '../record/has-many-cache.js';
import { loadChildren } from '../record/load-children.js';
import { keyOf } from '../record/record-address.js';
import { contextOf } from '../record/record-base.js';
import type { RecordContext } from '../record/record-context.js';
import type { Class } from '../schema/declaration.js';
import type { MemberDecorator } from '../schema/metadata.js';
import { relation } from '../schema/relation.js';
import type { GivenAttributes, RelationMark } from '../schema/types.js';
import type { Key } from '../transport/path.js';
import { type CallOptions, checkCall, freshCallOf, type GivenParams, RECORD_CALL_OPTIONS, type SaveOptions } from '../transport/request.js';
import { Collection } from './collection.js';

/**
 * The records that belong to this one. They are loaded when the relation is first awaited, and then cached.
 *
 * @example
 * for (const option of await product.options) console.log(option.display_name);
 * await product.options.create({ display_name: 'Size' });
 */
export interface HasMany<T extends object> extends Collection<T>, RelationMark<T[]> {
  /** Whether the records are loaded, so that awaiting the relation sends nothing. */
  readonly isLoaded: boolean;
  /** Loads the records again. */
  reload(options?: CallOptions): Promise<T[]>;
}

/** Options of `@HasMany`. */
export interface HasManyOptions {
  /** The filter of the target that takes this record's key, if the target has a path of its own. @example `{ by: 'customer_id' }` */
  by?: string;
  /** Whether the API accepts these records inside the body that creates their parent. */
  inline?: boolean;
  /**
   * The most records that the API embeds in the parent. An embedded array of this length may be incomplete, so it does not count as
   * loaded: awaiting the relation fetches all records.
   */
  maxEmbedded?: number;
  /** The attribute with the number of records: an embedded array of `maxEmbedded` records is complete if there are exactly that many. */
  countedBy?: string;
}

/**
 * Declares the records that belong to this one, at the target's nested path or by a filter.
 *
 * @example
 * @HasMany(() => ProductOption) options!: HasMany<ProductOption>;   // /products/:product_id/options
 * @HasMany(() => Order, { by: 'customer_id' }) orders!: HasMany<Order>;
 * @HasMany(() => CustomerAddress, { by: 'customer_id', maxEmbedded: 10, countedBy: 'address_count' }) addresses!: HasMany<CustomerAddress>;
 */
export function HasMany(target: () => Class, options: HasManyOptions = {}): MemberDecorator {
  return relation('hasMany', 'HasMany', target, options, { by: 1, inline: 1, maxEmbedded: 1, countedBy: 1 });
}

/** The handle behind {@link HasMany}: one for each record and relation. The loaded records are in its cache. */
export class HasManyHandle<T extends object> extends Collection<T> implements HasMany<T> {
  readonly #cache: HasManyCache;

  constructor(cache: HasManyCache) {
    super(cache.scope);
    this.#cache = cache;
  }

  get isLoaded(): boolean {
    return this.#cache.isLoaded;
  }

  /** Returns the records, in a new array; loads them if they are not loaded. */
  override async all(options: CallOptions = {}): Promise<T[]> {
    checkCall('all()', options);
    if (this.#cache.isLoaded || this.#cache.parent.isNew) return this.#records();
    const place = new CallSite();
    try {
      return (await loadHasMany(this.#cache, options)).map(recordOf<T>);
    } catch (error) {
      throw addCallSite(copyForCaller(error), place);
    }
  }

  override async first(options: CallOptions = {}): Promise<T | null> {
    checkCall('first()', options);
    return this.#cache.parent.isNew || this.isLoaded ? (this.#records()[0] ?? null) : super.first(options);
  }

  override find(key: Key, options?: RecordCallOptions<T, 'get'>): Promise<T>;
  override find(keys: readonly Key[], options?: RecordCallOptions<T, 'get'>): Promise<T[]>;
  override async find(key: Key | readonly Key[], options?: RecordCallOptions<T, 'get'>): Promise<T | T[]> {
    checkCall('find()', options, RECORD_CALL_OPTIONS);
    if (Array.isArray(key)) return super.find(key, options);
    const here =
      this.#cache.isLoaded && options?.params === undefined
        ? this.#cache.list().find((child) => String(keyOf(child)) === String(key))
        : undefined;
    return here === undefined ? super.find(key as Key, options) : recordOf<T>(here);
  }

  protected override buildRecord(attributes: object): T {
    const record = super.buildRecord(attributes);
    this.#cache.addBuilt(contextOf(record));
    return record;
  }

  protected override createRecord(attributes: object, options: SaveOptions & GivenParams): Promise<T> {
    const { isNew, metadata } = this.#cache.parent;
    if (!isNew) return super.createRecord(attributes, options);
    throw new ArgumentError(
      `Save the ${metadata.resource.name} first, or use build() to create the ${this.#cache.scope.resource.name} together with it. Nothing was sent.`,
    );
  }

  protected override noteCreated(record: T): void {
    this.#cache.addCreated(contextOf(record));
  }

  override async update(key: Key, attributes: GivenAttributes<T>, options: RecordCallOptions<T, 'update'> = {}): Promise<T> {
    const record = await super.update(key, attributes, options);
    this.#cache.refresh(contextOf(record));
    return record;
  }

  override async destroy(key: Key, options: RecordCallOptions<T, 'delete'> = {}): Promise<void> {
    await super.destroy(key, options);
    this.#cache.remove(String(key));
  }

  override deleteAll(options: DeleteAllOptions = {}): Deletions {
    const cache = this.#cache;
    if (cache.parent.isNew) return this.deletions(options, { all: true, isLocal: true, onDeleted: () => cache.clearPending() });
    return this.deletions(options, { all: true, onDeleted: () => cache.clear() });
  }

  async reload(options: CallOptions = {}): Promise<T[]> {
    checkCall('reload()', options);
    return fromHere(async () => this.#cache.list(await loadChildren(this.#cache, freshCallOf(options))).map(recordOf<T>));
  }

  override async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    yield* await this.all();
  }

  override [inspect.custom](): string {
    if (!this.isLoaded) return `HasMany<${this.#cache.scope.resource.name}> (not loaded)`;
    return `HasMany ${inspect(this.#cache.list().map(({ record }) => record))}`;
  }

  #records(): T[] {
    return this.#cache.list().map(recordOf<T>);
  }
}

/** Returns the record of a context. Its class is that of the relation. */
const recordOf = <T extends object>({ record }: RecordContext): T => record as T;

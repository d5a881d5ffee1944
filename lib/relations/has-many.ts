import { inspect } from 'node:util';
import { ArgumentError } from '../errors/argument-error.js';
import { Collection } from '../query/collection.js';
import type { DeleteAllOptions, Deletions } from '../query/deletion.js';
import type { Row, Saveable, Scope } from '../query/scope.js';
import { sessionOf } from '../query/scope.js';
import type { Class } from '../schema/declaration.js';
import type { MemberDecorator } from '../schema/metadata.js';
import type { NewAttributes, RelationMark } from '../schema/types.js';
import type { Key } from '../transport/path.js';
import { type CallOptions, checkCall, freshCallOf, type SaveOptions } from '../transport/request.js';
import { relation } from './declare.js';

/**
 * The records that belong to this one: loaded when first awaited, then kept.
 *
 * @example
 * for (const option of await product.options) console.log(option.display_name);
 * await product.options.create({ display_name: 'Size' });
 */
export interface HasMany<T extends object> extends Collection<T>, RelationMark<T[]> {
  /** Whether the records are here already, so that awaiting sends nothing. */
  readonly isLoaded: boolean;
  /** Loads the records again. */
  reload(options?: CallOptions): Promise<T[]>;
}

/** Options of `@HasMany`. */
export interface HasManyOptions {
  /** Where the target has a path of its own: its filter that takes this record's key. @example `{ by: 'customer_id' }` */
  by?: string;
  /** The API takes these records inside the body that creates their parent. */
  inline?: boolean;
}

/**
 * Declares the records that belong to this one, at the target's nested path or by a filter.
 *
 * @example
 * @HasMany(() => ProductOption) options!: HasMany<ProductOption>;   // /products/:product_id/options
 * @HasMany(() => Order, { by: 'customer_id' }) orders!: HasMany<Order>;
 */
export function HasMany(target: () => Class, options: HasManyOptions = {}): MemberDecorator {
  return relation('hasMany', 'HasMany', target, options, { by: 1, inline: 1 });
}

/** A relation's view of the record that it stands on. */
export interface Owner {
  readonly name: string;
  readonly isNew: boolean;
  /** Loads the relation for the records that came with this one too, where one request can; else `undefined`. */
  loadBeside(options: CallOptions): Promise<void> | undefined;
}

/** The handle behind {@link HasMany}. One a record and relation. */
export class HasManyRelation<T extends object> extends Collection<T> implements HasMany<T> {
  readonly #owner: Owner;
  readonly #scope: Scope<T>;
  #loaded: T[] | undefined;
  #loading: Promise<T[]> | undefined;
  /** Records of a new owner, to be created with it. */
  #waiting: (T & Saveable)[] = [];

  constructor(owner: Owner, scope: Scope<T>, embedded?: unknown) {
    super(scope);
    this.#owner = owner;
    this.#scope = scope;
    this.fill(embedded);
  }

  get isLoaded(): boolean {
    return this.#loaded !== undefined;
  }

  override async all(options: CallOptions = {}): Promise<T[]> {
    checkCall('all()', options);
    if (this.#loaded !== undefined) return this.#loaded;
    if (this.#owner.isNew) return this.#waiting;
    this.#loading ??= this.#load(options).finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  /** Loads this record's alone. */
  async loadAlone(options: CallOptions): Promise<T[]> {
    return (this.#loaded = await super.all(options));
  }

  async #load(options: CallOptions): Promise<T[]> {
    await this.#owner.loadBeside(options);
    return this.#loaded ?? this.loadAlone(options);
  }

  override async first(options: CallOptions = {}): Promise<T | null> {
    checkCall('first()', options);
    return this.#owner.isNew || this.isLoaded ? ((await this.all())[0] ?? null) : super.first(options);
  }

  override find(key: Key, options?: CallOptions): Promise<T>;
  override find(keys: readonly Key[], options?: CallOptions): Promise<T[]>;
  override async find(key: Key | readonly Key[], options?: CallOptions): Promise<T | T[]> {
    checkCall('find()', options);
    if (Array.isArray(key)) return super.find(key, options);
    const property = this.#scope.resource.key as keyof T;
    const here = this.#loaded?.find((record) => record[property] !== undefined && String(record[property]) === String(key));
    return here ?? super.find(key as Key, options);
  }

  override build(attributes: NewAttributes<T> = {} as NewAttributes<T>): T {
    const record = super.build(attributes);
    if (this.#owner.isNew) this.#waiting.push(record as T & Saveable);
    return record;
  }

  override async create(attributes: NewAttributes<T> = {} as NewAttributes<T>, options: SaveOptions = {}): Promise<T> {
    if (this.#owner.isNew)
      throw new ArgumentError(
        `Save the ${this.#owner.name} first, or build() the ${this.#scope.resource.name}: it is then created with it. Nothing was sent.`,
      );
    const record = await super.create(attributes, options);
    this.#loaded?.push(record);
    return record;
  }

  override async destroy(key: Key, options: CallOptions = {}): Promise<void> {
    await super.destroy(key, options);
    const property = this.#scope.resource.key as keyof T;
    this.#loaded = this.#loaded?.filter((record) => String(record[property]) !== String(key));
  }

  override deleteAll(options: DeleteAllOptions = {}): Deletions {
    if (this.#owner.isNew) this.#waiting = [];
    return super.deleteAll({ ...options, onDeleted: () => this.#loaded && this.keep([]) });
  }

  async reload(options: CallOptions = {}): Promise<T[]> {
    checkCall('reload()', options);
    return this.loadAlone(freshCallOf(options));
  }

  override async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    yield* await this.all();
  }

  override [inspect.custom](): string {
    return this.isLoaded ? `HasMany ${inspect(this.#loaded)}` : `HasMany<${this.#scope.resource.name}> (not loaded)`;
  }

  /** Takes what a new owner was given: records, or attributes for them. */
  give(related: readonly unknown[]): void {
    this.#waiting = related.map((entry) =>
      isRecord(entry, this.#scope) ? entry : (super.build(entry as NewAttributes<T>) as T & Saveable),
    );
  }

  /** Hands over what is to be created with the owner. */
  take(): (T & Saveable)[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }

  /** The records that are there without a request. */
  get loaded(): readonly T[] | undefined {
    return this.#loaded ?? (this.#owner.isNew && this.#waiting.length > 0 ? this.#waiting : undefined);
  }

  /** Takes rows that came embedded; anything but a list or `null` is none. */
  fill(embedded: unknown): void {
    if (embedded === null) this.#loaded = [];
    if (!Array.isArray(embedded)) return;
    const session = sessionOf(this.#scope);
    const { params } = this.#scope;
    const rows = embedded.filter((row): row is Row => typeof row === 'object' && row !== null);
    this.#loaded = rows.map((row) => this.#scope.load(row, session, params));
  }

  /** Keeps records that are known without a request. */
  keep(records: readonly T[]): void {
    this.#loaded = [...records];
  }

  /** Keeps what was created with the owner; what could not be stays to be created. */
  settle(created: readonly T[], left: readonly (T & Saveable)[]): void {
    if (left.length === 0) this.keep(created);
    else this.#waiting = [...left];
  }
}

function isRecord<T extends object>(value: unknown, scope: Scope<T>): value is T & Saveable {
  return typeof value === 'object' && value !== null && (value.constructor as { resource?: unknown }).resource === scope.resource;
}

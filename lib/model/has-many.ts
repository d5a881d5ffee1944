import { inspect } from 'node:util';
import { ArgumentError } from '../errors/argument-error.js';
import { addCallSite, CallSite, copyForCaller } from '../errors/call-site.js';
import { Collection } from './collection.js';
import type { DeleteAllOptions, Deletions } from '../query/deletions.js';
import type { Row, Saveable, Scope } from '../query/scope.js';
import { knownSessionOf } from '../query/scope.js';
import type { Class } from '../schema/declaration.js';
import type { MemberDecorator } from '../schema/metadata.js';
import type { NewAttributes, RelationMark } from '../schema/types.js';
import type { Key } from '../transport/path.js';
import { type CallOptions, checkCall, freshCallOf, type SaveOptions } from '../transport/request.js';
import { relation } from '../schema/relation.js';

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
  /**
   * The most of these records that the API embeds in their parent. An embedded array of that length may lack some, so the
   * relation is not loaded by it: awaiting it fetches all of them.
   */
  maxEmbedded?: number;
  /** The attribute that tells how many there are, so that a full array of exactly that many is known to be whole. */
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

/** A relation's view of the record that it stands on. */
export interface Owner {
  readonly name: string;
  readonly isNew: boolean;
  /** Loads the relation for the records that came with this one too, where one request can; else `undefined`. */
  loadBeside(options: CallOptions): Promise<void> | undefined;
  /** What the store last said of a record. */
  rowOf(record: object): Row;
  /** Gives a record that the program has in hand a fresh row of the store's; what the program changed stays changed. */
  refresh(record: object, row: Row): void;
  /** Tells which of these rows became of records that were sent inside the owner, and gives these their keys. */
  identify(sent: readonly object[], rows: readonly Row[]): ReadonlyMap<Row, object>;
}

/** What a relation needs to see of its records. */
interface Member {
  readonly isNew: boolean;
  readonly isDestroyed: boolean;
}

/** The handle behind {@link HasMany}. One a record and relation. */
export class HasManyRelation<T extends object> extends Collection<T> implements HasMany<T> {
  readonly #owner: Owner;
  readonly #scope: Scope<T>;
  #loaded: T[] | undefined;
  #loading: Promise<readonly T[]> | undefined;
  /** Counts what was written by way of this relation, so that a list that was read meanwhile is not taken for the last word. */
  #writes = 0;
  /** Records that are to be created with the owner. */
  #pending: (T & Saveable)[] = [];
  /** Of these, those that may exist: they are created once more only when the program says so. */
  readonly #uncertain = new WeakSet<object>();
  /** Records that were made here for a saved owner: once they are saved, they belong to the list. */
  #built: T[] = [];
  /** Records that were sent inside the owner, and whose keys its answer did not tell. */
  #unidentified: readonly T[] = [];

  constructor(owner: Owner, scope: Scope<T>, embedded?: unknown) {
    super(scope);
    this.#owner = owner;
    this.#scope = scope;
    this.fill(embedded);
  }

  get isLoaded(): boolean {
    return this.#loaded !== undefined;
  }

  /** The records; a list of the caller's own. */
  override async all(options: CallOptions = {}): Promise<T[]> {
    checkCall('all()', options);
    if (this.#loaded !== undefined || this.#owner.isNew) return this.#present(this.#loaded);
    const place = new CallSite();
    this.#loading ??= this.#load(options).finally(() => (this.#loading = undefined));
    try {
      return this.#present(await this.#loading);
    } catch (error) {
      throw addCallSite(copyForCaller(error), place);
    }
  }

  /** Loads this record's alone. */
  async loadAlone(options: CallOptions): Promise<readonly T[]> {
    const writes = this.#writes;
    const records = this.#withThoseInHand(await super.all(options));
    if (writes === this.#writes) this.keep(records);
    return records;
  }

  async #load(options: CallOptions): Promise<readonly T[]> {
    await this.#owner.loadBeside(options);
    return this.#loaded ?? this.loadAlone(options);
  }

  /** Puts the records that the program made itself in the place of what was just read of them. */
  #withThoseInHand(records: readonly T[]): readonly T[] {
    const built = new Map(this.#built.filter(isThere).map((record) => [this.#keyOf(record), record]));
    if (built.size + this.#unidentified.length === 0) return records;
    const rows = records.map((record) => this.#owner.rowOf(record));
    const sent = this.#owner.identify(this.#unidentified, rows);
    this.#unidentified = [];
    return records.map((record, place) => {
      const row = rows[place] as Row;
      const known = (sent.get(row) as T | undefined) ?? built.get(this.#keyOf(record));
      if (known !== undefined) this.#owner.refresh(known, row);
      return known ?? record;
    });
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
    const here = this.#loaded === undefined ? undefined : this.#present(this.#loaded).find((record) => this.#keyOf(record) === String(key));
    return here ?? super.find(key as Key, options);
  }

  override build(attributes: NewAttributes<T> = {} as NewAttributes<T>): T {
    const record = super.build(attributes);
    if (this.#owner.isNew) this.#pending.push(record as T & Saveable);
    else {
      // Those that are saved come with the list, when it is read.
      if (this.#loaded === undefined) this.#built = this.#built.filter(isPending);
      this.#built.push(record);
    }
    return record;
  }

  override async create(attributes: NewAttributes<T> = {} as NewAttributes<T>, options: SaveOptions = {}): Promise<T> {
    if (this.#owner.isNew)
      throw new ArgumentError(
        `Save the ${this.#owner.name} first, or build() the ${this.#scope.resource.name}: it is then created with it. Nothing was sent.`,
      );
    const record = await super.create(attributes, options);
    this.#writes++;
    if (this.#loaded !== undefined) this.#loaded = [...this.#present(this.#loaded).filter(isThere), record];
    return record;
  }

  override async destroy(key: Key, options: CallOptions = {}): Promise<void> {
    await super.destroy(key, options);
    this.#writes++;
    this.#loaded = this.#loaded?.filter((record) => this.#keyOf(record) !== String(key));
    this.#built = this.#built.filter((record) => this.#keyOf(record) !== String(key));
  }

  override deleteAll(options: DeleteAllOptions = {}): Deletions {
    if (this.#owner.isNew) return super.deleteAll({ ...options, isLocal: true, onDeleted: () => void (this.#pending = []) });
    return super.deleteAll({ ...options, onDeleted: () => this.#empty() });
  }

  async reload(options: CallOptions = {}): Promise<T[]> {
    checkCall('reload()', options);
    return this.#present(await this.loadAlone(freshCallOf(options)));
  }

  override async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    yield* await this.all();
  }

  override [inspect.custom](): string {
    return this.isLoaded ? `HasMany ${inspect(this.loaded)}` : `HasMany<${this.#scope.resource.name}> (not loaded)`;
  }

  /** Takes what a new owner was given: records, or attributes for them. */
  give(related: readonly unknown[]): void {
    this.#pending = related.map((entry) => (this.#scope.owns(entry) ? entry : (super.build(entry as NewAttributes<T>) as T & Saveable)));
  }

  /** What is to be created with the owner, or by its next save where the store refused it. */
  get pending(): readonly (T & Saveable)[] {
    return this.#pending.filter((record) => isPending(record) && !this.#uncertain.has(record));
  }

  /** The records that are there without a request. */
  get loaded(): readonly T[] | undefined {
    if (this.#loaded !== undefined || (this.#owner.isNew && this.#pending.length > 0)) return this.#present(this.#loaded);
    return undefined;
  }

  /** Takes rows that came embedded; anything but a list or `null` is none. Records that the program has in hand are kept. */
  fill(embedded: unknown): void {
    if (embedded === null) this.keep([]);
    if (!Array.isArray(embedded)) return;
    const session = knownSessionOf(this.#scope);
    const { params } = this.#scope;
    const rows = embedded.filter((row): row is Row => typeof row === 'object' && row !== null);
    const inHand = new Map<string | undefined, T>();
    for (const record of [...(this.#loaded ?? []), ...this.#built.filter(isThere)]) inHand.set(this.#keyOf(record), record);
    const sent = this.#unidentified.length === 0 ? undefined : this.#owner.identify(this.#unidentified, rows);
    this.#unidentified = [];
    this.keep(
      rows.map((row) => {
        const key = row[this.#scope.resource.key];
        const known = key === undefined || inHand.size === 0 ? undefined : inHand.get(String(key));
        if (known !== undefined) this.#owner.refresh(known, row);
        return (sent?.get(row) as T | undefined) ?? known ?? this.#scope.load(row, session, params);
      }),
    );
  }

  /** Keeps records that are known without a request. */
  keep(records: readonly T[]): void {
    this.#loaded = [...records];
  }

  /** What is known was written to by way of this relation: the list is read again when it is next asked for. */
  forget(): void {
    this.#writes++;
    if (!this.#owner.isNew) this.#loaded = undefined;
  }

  /**
   * Takes what became of pending records: those that are saved join the list; the others stay to be created.
   *
   * @param isWhole whether the owner is new too, so that there are no others on the store
   */
  settle(isWhole: boolean): void {
    if (isWhole) this.#loaded ??= [];
    const created = this.#pending.filter((record) => isThere(record));
    this.#pending = this.#pending.filter((record) => isPending(record));
    if (this.#loaded === undefined) this.#built.push(...created);
    else this.#loaded.push(...created);
  }

  /** The outcome for a pending record is not known: it is not sent again by itself. */
  setUncertain(record: object): void {
    this.#uncertain.add(record);
  }

  /** What was pending was sent inside the owner, and is saved; its keys may come with the list. */
  settleInline(): void {
    this.#unidentified = this.#pending;
    this.#pending = [];
  }

  /** Whether the program holds records of this relation that must outlive a fresh list. */
  get isInUse(): boolean {
    return this.#loaded !== undefined || this.#pending.length + this.#built.length + this.#unidentified.length > 0;
  }

  #empty(): void {
    this.#writes++;
    this.#built = this.#built.filter((record) => (record as unknown as Member).isNew);
    if (this.#loaded !== undefined) this.keep([]);
  }

  /** A list of the caller's own: what is there, what was built here and saved since, what is still to be created. */
  #present(list: readonly T[] = []): T[] {
    const here = list.filter((record) => !(record as unknown as Member).isDestroyed);
    const added = [...this.#built, ...this.#pending].filter(isThere);
    const pending = this.#pending.filter(isPending);
    if (added.length === 0) return [...here, ...pending];
    const keys = new Set(here.map((record) => this.#keyOf(record)));
    return [...here, ...added.filter((record) => !keys.has(this.#keyOf(record))), ...pending];
  }

  #keyOf(record: T): string | undefined {
    const { key, attributes } = this.#scope.resource;
    const value = (record as Record<string, unknown>)[attributes[key]?.property ?? key];
    return value === undefined ? undefined : String(value);
  }
}

const isThere = (record: object): boolean => !(record as Member).isNew && !(record as Member).isDestroyed;

const isPending = (record: object): boolean => (record as Member).isNew && !(record as Member).isDestroyed;

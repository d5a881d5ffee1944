import { BULK_OPTIONS, type BulkOptions, type BulkRun, type Source, type UpdateManyOptions } from '../bulk/bulk-run.js';
import { saveMany } from '../bulk/bulk-writes.js';
import { COPY, THIS_COPY } from '../copies.js';
import type { FieldErrors } from '../errors/field-errors.js';
import { hasPendingChildren } from '../persistence/pending-children.js';
import { destroyRecord, reloadRecord, saveRecord } from '../persistence/persist.js';
import { validate } from '../persistence/validate.js';
import type { Deletions } from '../query/deletions.js';
import { memberPath } from '../query/scope.js';
import type { filtersOf, Where } from '../query/where.js';
import { restoreStored } from '../record/accept-response.js';
import { assignAttributes, restoreInitialAttributes } from '../record/assign-attributes.js';
import { currentValue } from '../record/attribute-values.js';
import { changedAttributes, changesOf, isChanged } from '../record/change-set.js';
import { NO_ATTRIBUTES } from '../record/construction.js';
import { buildIn, loadIn, rowOfAttributes } from '../record/instantiate.js';
import { resourceOf } from '../record/metadata-storage.js';
import { scopeOf } from '../record/model-scope.js';
import { writableAttributes } from '../record/read-only.js';
import { isSameRecord, keyOf, paramsOf, scopeOfRecord } from '../record/record-address.js';
import { contextIn, contextOf, RecordBase } from '../record/record-base.js';
import { type Changes, ownRareState } from '../record/record-context.js';
import { toJSON, toObject } from '../record/serialize.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { CALLS, type Instead, RECORD_CALLS, refuseGuesses } from '../schema/guesses.js';
import type { Attributes, GivenAttributes, NewAttributes, RelationPath, UpdateRow } from '../schema/types.js';
import { knownSession, runningSession } from '../session/current.js';
import type { RequestOptions } from '../session/options.js';
import type { Key } from '../transport/path.js';
import {
  type ApiResponse,
  type CallOptions,
  checkCall,
  type Method,
  type QueryValue,
  SAVE_OPTIONS,
  type SaveOptions,
} from '../transport/request.js';
import { Collection, requestBelow } from './collection.js';
import { parentParams } from './parent-params.js';
import type { Query } from './query.js';
import type { Session } from './session.js';
import { onSession } from './using.js';

/** A concrete model: what the static calls are made on. */
export type ModelClass<M extends Model = Model> = (abstract new (...args: never[]) => M) & Pick<typeof Model, keyof typeof Model>;

/** Names a parent in a nested path: a record or its key. */
export type Parent = Model | Key;

/**
 * The base of all models. A class that extends it and carries `@Resource` is a resource of the store; its instances are
 * records that know what changed and save just that.
 *
 * The two type parameters are optional: the class itself, so that `new Product({ … })` checks names, and its filters, so
 * that `where` does.
 *
 * @example
 * @Resource('/widgets', { version: 'v3' })
 * class Widget extends Model {
 *   @Attribute() id!: number;
 *   @Attribute() name!: string;
 * }
 */
export abstract class Model<Self = unknown, Filters = unknown> extends RecordBase {
  declare readonly [filtersOf]?: Filters;
  // Names of other libraries: see schema/guesses.ts, which makes them throw.
  declare readonly delete: Instead<'destroy()'>;
  declare static readonly bulkCreate: Instead<'createMany(list)'>;
  declare static readonly delete: Instead<'destroy(key), or deleteAll() on a query'>;
  declare static readonly deleteMany: Instead<'destroyMany(records), or deleteAll() on a query'>;
  declare static readonly each: Instead<'for await (const record of query)'>;
  declare static readonly filter: Instead<'where({ … })'>;
  declare static readonly findAll: Instead<'all()'>;
  declare static readonly findByPk: Instead<'find(key)'>;
  declare static readonly findById: Instead<'find(key)'>;
  declare static readonly findFirst: Instead<'first(), or findBy({ … })'>;
  declare static readonly findMany: Instead<'find([keys]), or where({ … })'>;
  declare static readonly findOne: Instead<'findBy({ … })'>;
  declare static readonly findOneBy: Instead<'findBy({ … })'>;
  declare static readonly findOrCreate: Instead<'firstOrCreate({ … })'>;
  declare static readonly findUnique: Instead<'find(key), or findBy({ … })'>;
  declare static readonly forEach: Instead<'for await (const record of query)'>;
  declare static readonly groupBy: Instead<'all(), and group the records'>;
  declare static readonly includes: Instead<'include(name), or preload(relation)'>;
  declare static readonly insert: Instead<'create({ … })'>;
  declare static readonly insertMany: Instead<'createMany(list)'>;
  declare static readonly last: Instead<"order(name, 'desc').first()">;
  declare static readonly map: Instead<'pluck(name), or await the query first'>;
  declare static readonly offset: Instead<'page(number)'>;
  declare static readonly orderBy: Instead<'order(name, direction)'>;
  declare static readonly remove: Instead<'destroy(key), or deleteAll() on a query'>;
  declare static readonly skip: Instead<'page(number)'>;
  declare static readonly sort: Instead<'order(name, direction)'>;
  declare static readonly sortBy: Instead<'order(name, direction)'>;
  declare static readonly toArray: Instead<'all()'>;
  declare static readonly upsert: Instead<'upsertMany([{ … }])'>;
  declare static readonly with: Instead<'preload(relation)'>;

  /** @internal */
  static get [COPY](): typeof THIS_COPY {
    return THIS_COPY;
  }

  static {
    refuseGuesses(Model, CALLS);
    refuseGuesses(Model.prototype, RECORD_CALLS);
  }

  /** A new record, unsaved. @throws ConfigurationError for a class without `@Resource` */
  constructor(attributes: NewAttributes<Self> = {} as NewAttributes<Self>) {
    super();
    if (attributes === NO_ATTRIBUTES) return; // to be loaded
    const context = contextOf(this);
    context.session = runningSession();
    ownRareState(context).initialAttributes = attributes;
  }

  /** The frozen declaration of the resource: paths, attributes, filters, operations, relations, batch limits. */
  static get resource(): ResourceDeclaration {
    return resourceOf(this);
  }

  /**
   * The record with this key, or the records with these keys in the order asked.
   *
   * @throws RecordNotFoundError when it is missing; one error names all that are missing
   * @throws ArgumentError when the key is none, before anything is sent
   */
  static find<M extends Model>(this: ModelClass<M>, key: Key, options?: CallOptions): Promise<M>;
  static find<M extends Model>(this: ModelClass<M>, keys: readonly Key[], options?: CallOptions): Promise<M[]>;
  static async find<M extends Model>(this: ModelClass<M>, key: Key | readonly Key[], options?: CallOptions): Promise<M | M[]> {
    return Array.isArray(key)
      ? new Collection(scopeOf<M>(this)).find(key, options)
      : new Collection(scopeOf<M>(this)).find(key as Key, options);
  }

  /** The one record of a resource that has no more than one. @example (await Store.get()).name */
  static async get<M extends Model>(this: ModelClass<M>, options?: CallOptions): Promise<M> {
    return new Collection(scopeOf<M>(this)).get(options);
  }

  /** The first record to which the filters apply, or `null`. */
  static async findBy<M extends Model>(this: ModelClass<M>, filters: Where<M>, options?: CallOptions): Promise<M | null> {
    return new Collection(scopeOf<M>(this)).findBy(filters, options);
  }

  /** The first record, or `null`. */
  static async first<M extends Model>(this: ModelClass<M>, options?: CallOptions): Promise<M | null> {
    return new Collection(scopeOf<M>(this)).first(options);
  }

  /** All records, over all pages. */
  static async all<M extends Model>(this: ModelClass<M>, options?: CallOptions): Promise<M[]> {
    return new Collection(scopeOf<M>(this)).all(options);
  }

  /** A query for the records to which the filters apply. @throws UnknownFilterError */
  static where<M extends Model>(this: ModelClass<M>, filters: Where<M>): Query<M>;
  static where<M extends Model, K extends keyof Where<M>>(this: ModelClass<M>, name: K, value: Where<M>[K]): Query<M>;
  static where<M extends Model>(this: ModelClass<M>, ...filters: [first: Where<M> | keyof Where<M>, value?: unknown]): Query<M> {
    return new Collection(scopeOf<M>(this)).where(...(filters as [Where<M>]));
  }

  /** A query sorted by an attribute. */
  static order<M extends Model>(
    this: ModelClass<M>,
    name: (keyof Attributes<M> & string) | (string & {}),
    direction?: 'asc' | 'desc',
  ): Query<M> {
    return new Collection(scopeOf<M>(this)).order(name, direction);
  }

  /** A query with a parameter that is not checked. */
  static param<M extends Model>(this: ModelClass<M>, name: string, value: QueryValue): Query<M> {
    return new Collection(scopeOf<M>(this)).param(name, value);
  }

  /** A query for at most so many records. */
  static limit<M extends Model>(this: ModelClass<M>, records: number): Query<M> {
    return new Collection(scopeOf<M>(this)).limit(records);
  }

  /** A query with so many records a page. */
  static perPage<M extends Model>(this: ModelClass<M>, records: number): Query<M> {
    return new Collection(scopeOf<M>(this)).perPage(records);
  }

  /** A query that embeds related records or extras. */
  static include<M extends Model>(this: ModelClass<M>, ...names: string[]): Query<M> {
    return new Collection(scopeOf<M>(this)).include(...names);
  }

  /** A query that loads these relations with each page. */
  static preload<M extends Model>(this: ModelClass<M>, ...paths: RelationPath<M>[]): Query<M> {
    return new Collection(scopeOf<M>(this)).preload(...paths);
  }

  /** A query whose records load their relations one by one. */
  static lazy<M extends Model>(this: ModelClass<M>): Query<M> {
    return new Collection(scopeOf<M>(this)).lazy();
  }

  /** A query that walks in the order of keys, and misses nothing. @throws UnsupportedOperationError */
  static stable<M extends Model>(this: ModelClass<M>): Query<M> {
    return new Collection(scopeOf<M>(this)).stable();
  }

  /** A query for these attributes only. */
  static select<M extends Model>(this: ModelClass<M>, ...names: (keyof Attributes<M> & string)[]): Query<M> {
    return new Collection(scopeOf<M>(this)).select(...names);
  }

  /** One page, from 1. */
  static async page<M extends Model>(this: ModelClass<M>, number: number, options?: CallOptions) {
    return new Collection(scopeOf<M>(this)).page(number, options);
  }

  /** Page after page, in constant memory. */
  static pages<M extends Model>(this: ModelClass<M>, options?: CallOptions) {
    return new Collection(scopeOf<M>(this)).pages(options);
  }

  /** Lists of so many records. */
  static batches<M extends Model>(this: ModelClass<M>, size: number, options?: CallOptions) {
    return new Collection(scopeOf<M>(this)).batches(size, options);
  }

  /** The values of one attribute, of all records. */
  static async pluck<M extends Model, K extends keyof Attributes<M>>(this: ModelClass<M>, name: K, options?: CallOptions): Promise<M[K][]> {
    return new Collection(scopeOf<M>(this)).pluck(name, options);
  }

  /** How many there are, in one request. */
  static async count<M extends Model>(this: ModelClass<M>, options?: CallOptions): Promise<number> {
    return new Collection(scopeOf<M>(this)).count(options);
  }

  /** Whether there is a record with this key, or to which these filters apply. */
  static async exists<M extends Model>(
    this: ModelClass<M>,
    ...asked: [keyOrFilters?: Key | Where<M>, options?: CallOptions]
  ): Promise<boolean> {
    return new Collection(scopeOf<M>(this)).exists(...asked);
  }

  /** A new record, saved. @throws ValidationError, ConflictError, UncertainOutcomeError, ReadonlyAttributeError */
  static async create<M extends Model>(this: ModelClass<M>, attributes?: NewAttributes<M>, options?: SaveOptions): Promise<M> {
    return new Collection(scopeOf<M>(this)).create(attributes, options);
  }

  /** Changes a record without reading it first: one request. */
  static async update<M extends Model>(this: ModelClass<M>, key: Key, attributes: GivenAttributes<M>, options?: CallOptions): Promise<M> {
    return new Collection(scopeOf<M>(this)).update(key, attributes, options);
  }

  /** Deletes a record without reading it first: one request. @throws RecordNotFoundError */
  static async destroy<M extends Model>(this: ModelClass<M>, key: Key, options?: CallOptions): Promise<void> {
    return new Collection(scopeOf<M>(this)).destroy(key, options);
  }

  /** Changes every record of the resource; `{ all: true }` says that this is meant. @throws ArgumentError without it */
  static updateAll<M extends Model>(
    this: ModelClass<M>,
    attributes: GivenAttributes<NoInfer<M>>,
    options?: BulkOptions & { all?: boolean },
  ): BulkRun<M> {
    return new Collection(scopeOf<M>(this)).updateAll(attributes, options);
  }

  /** Deletes every record of the resource with its hooks; `{ all: true }` says that this is meant. @throws ArgumentError without it */
  static destroyAll<M extends Model>(this: ModelClass<M>, options?: BulkOptions & { all?: boolean }): BulkRun<M> {
    return new Collection(scopeOf<M>(this)).destroyAll(options);
  }

  /** Deletes every record of the resource: `DELETE` on its path. */
  static deleteAll<M extends Model>(this: ModelClass<M>, options?: CallOptions): Deletions {
    return new Collection(scopeOf<M>(this)).deleteAll(options);
  }

  /**
   * Creates many records, given as attributes or as unsaved records, in as few requests as the API allows. Awaited, it gives
   * what succeeded and what failed, in order; iterated, an outcome a record as it is settled.
   *
   * @example
   * const { succeeded, failed, requests } = await Customer.createMany(rows);
   */
  static createMany<M extends Model>(
    this: ModelClass<M>,
    list: Source<NewAttributes<NoInfer<M>> | NoInfer<M>>,
    options?: BulkOptions,
  ): BulkRun<M> {
    return new Collection(scopeOf<M>(this)).createMany(list as Source<M>, options);
  }

  /** Saves many records: the new, the changed; the others need no request. Only what changed is sent. */
  static saveMany<M extends Model>(this: ModelClass<M>, records: Source<NoInfer<M>>, options: BulkOptions = {}): BulkRun<M> {
    checkCall('saveMany()', options, BULK_OPTIONS);
    return saveMany(scopeOf<M>(this), records as Source<M>, options);
  }

  /**
   * Updates what the store has and creates what it does not have: known by its key, or by an attribute that no two records
   * share (`sku`, `email`).
   */
  static upsertMany<M extends Model>(
    this: ModelClass<M>,
    list: Source<NewAttributes<NoInfer<M>> | NoInfer<M>>,
    options?: BulkOptions,
  ): BulkRun<M> {
    return new Collection(scopeOf<M>(this)).upsertMany(list as Source<M>, options);
  }

  /**
   * Changes records that rows of attributes name by their key, or by another attribute that no two records share (`by`). None
   * is ever created: a row that names no record fails with a RecordNotFoundError, the second of two rows that name the same one
   * with an ArgumentError. Rows may be records too.
   *
   * @throws ArgumentError for a `by` that the API cannot find records by
   * @example
   * await Product.updateMany([{ sku: 'A', price: 1 }, { sku: 'B', price: 2 }], { by: 'sku' });   // GET ?sku:in=A,B, then one PUT
   */
  static updateMany<M extends Model>(
    this: ModelClass<M>,
    rows: Source<UpdateRow<NoInfer<M>> | NoInfer<M>>,
    options?: UpdateManyOptions,
  ): BulkRun<M> {
    return new Collection(scopeOf<M>(this)).updateMany(rows as Source<M>, options);
  }

  /** Deletes many records, given as such or by their keys, with their hooks. */
  static destroyMany<M extends Model>(this: ModelClass<M>, records: Source<NoInfer<M> | Key>, options?: BulkOptions): BulkRun<M> {
    return new Collection(scopeOf<M>(this)).destroyMany(records as Source<M | Key>, options);
  }

  /**
   * The first record to which the filters apply, else a new one of the filters and attributes, saved. Where the store refuses
   * that because somebody else has just created one, it is looked up again.
   *
   * @throws ReadonlyAttributeError when the attributes hold one that only the store sets, before any request
   */
  static async firstOrCreate<M extends Model>(
    this: ModelClass<M>,
    filters: Where<M>,
    attributes?: NewAttributes<M>,
    options?: SaveOptions,
  ): Promise<M> {
    return new Collection(scopeOf<M>(this)).firstOrCreate(filters, attributes, options);
  }

  /** The first record to which the filters apply, else a new one of the filters and attributes, unsaved. */
  static async firstOrNew<M extends Model>(
    this: ModelClass<M>,
    filters: Where<M>,
    attributes?: NewAttributes<M>,
    options?: CallOptions,
  ): Promise<M> {
    return new Collection(scopeOf<M>(this)).firstOrNew(filters, attributes, options);
  }

  /** A handle on a record without a request: for its relations, `update()` and `destroy()`. @example Product.ref(1).options */
  static ref<M extends Model>(this: ModelClass<M>, key: Key): M {
    const scope = scopeOf<M>(this);
    memberPath(scope, key);
    return loadIn(scope, { [scope.resource.key]: key }, scope.session).record as M;
  }

  /**
   * The records below these parents, for a resource with a nested path.
   *
   * @example
   * ProductOption.of(1).find(2);                       // GET /products/1/options/2
   * ProductOptionValue.of(product, option).all();
   */
  static of<M extends Model>(this: ModelClass<M>, ...parents: Parent[]): Collection<M> {
    return new Collection(scopeOf<M>(this, parentParams(resourceOf(this), parents)));
  }

  /**
   * A record as if the store had sent it; no request. Takes the API's names and those of the properties, so that a copy of a
   * record becomes a record again.
   *
   * @example Product.load(JSON.parse(text)); Product.load(structuredClone(product));
   */
  static load<M extends Model>(this: ModelClass<M>, attributes: object): M {
    const scope = scopeOf<M>(this);
    return loadIn(scope, rowOfAttributes(scope.metadata, attributes), scope.session).record as M;
  }

  /** Sends a request below the resource's path, for an endpoint that has no method yet. */
  static async request<M extends Model>(
    this: ModelClass<M>,
    method: Method,
    subpath?: string,
    options?: RequestOptions,
  ): Promise<ApiResponse> {
    return new Collection(scopeOf<M>(this)).request(method, subpath, options);
  }

  /** The same model on another session. */
  static using<C extends ModelClass>(this: C, session: Session): C {
    return onSession(this, session);
  }

  /**
   * Sends what changed, or everything that is set for a new record. Nothing changed: nothing sent.
   *
   * @throws ValidationError with `errors` by field, which are then on `fieldErrors` too; the record stays as changed as it was
   * @throws ReadonlyAttributeError when an attribute was changed that only the store sets, before any request
   * @throws AfterHookError when an after-hook threw: the record is saved
   * @throws DeadlockError when it is called in a hook that the record itself is waiting for
   * @throws StaleRecordError when the record was destroyed, or changed by somebody else where `ifUnchanged` is asked for
   */
  async save(options: SaveOptions = {}): Promise<this> {
    checkCall('save()', options, SAVE_OPTIONS);
    await saveRecord(contextOf(this), options);
    return this;
  }

  /** `assign` and `save`. */
  async update(attributes: GivenAttributes<this>, options: SaveOptions = {}): Promise<this> {
    checkCall('update()', options, SAVE_OPTIONS); // before anything is assigned
    return this.assign(attributes).save(options);
  }

  /** Sets several attributes. */
  assign(attributes: GivenAttributes<this>): this {
    assignAttributes(contextOf(this), attributes);
    return this;
  }

  /** Deletes the record on the store; it can then not be saved again. */
  async destroy(options: CallOptions = {}): Promise<this> {
    checkCall('destroy()', options);
    await destroyRecord(contextOf(this), options);
    return this;
  }

  /** Reads the record again; unsaved changes are dropped. @throws RecordNotFoundError; the record then keeps what it has */
  async reload(options: CallOptions = {}): Promise<this> {
    checkCall('reload()', options);
    await reloadRecord(contextOf(this), options);
    return this;
  }

  /** Drops unsaved changes. */
  restore(): this {
    const context = contextOf(this);
    if (context.isNew) restoreInitialAttributes(context);
    else restoreStored(context);
    return this;
  }

  /** An unsaved copy, without key and read-only attributes. */
  clone(): this {
    const context = contextOf(this);
    const attributes: Record<string, unknown> = {};
    for (const attribute of writableAttributes(context)) {
      const value = currentValue(context, attribute);
      if (attribute.name !== context.metadata.resource.key && value !== undefined) attributes[attribute.property] = value;
    }
    const { metadata, session } = context;
    return buildIn({ metadata, resource: metadata.resource, params: paramsOf(context), session }, attributes) as this;
  }

  /** Whether both are the same record of the same store, whatever their attributes. */
  isSame(other: unknown): boolean {
    if (other === this) return true;
    const context = contextIn(other);
    return context?.record.constructor === this.constructor && isSameRecord(contextOf(this), context);
  }

  /** Sends a request below this record's path, for an endpoint that has no method yet. */
  async request(method: Method, subpath = '', options: RequestOptions = {}): Promise<ApiResponse> {
    const context = contextOf(this);
    const scope = scopeOfRecord(context);
    return requestBelow(scope, memberPath(scope, keyOf(context) as Key), method, subpath, options);
  }

  /** Runs the checks of the model, which `save` runs too. @throws ValidationError */
  async validate(): Promise<this> {
    await validate(contextOf(this));
    return this;
  }

  /** Not yet on the store. */
  get isNew(): boolean {
    return contextOf(this).isNew;
  }

  /** Whether something was changed: a save would send it, or create related records that are still to be created. */
  get isDirty(): boolean {
    const context = contextOf(this);
    return isChanged(context) || hasPendingChildren(context);
  }

  /** Deleted on the store by this record. */
  get isDestroyed(): boolean {
    return contextOf(this).rare.isDestroyed;
  }

  /** Properties that differ from what the store last said. */
  get changed(): string[] {
    return changedAttributes(contextOf(this)).map(({ property }) => property);
  }

  /** Old and new values of what changed: `{ price: ['10.00', '199.90'] }`. */
  get changes(): Changes {
    const context = contextOf(this);
    return changesOf(context, changedAttributes(context));
  }

  /** What the last save changed. */
  get previousChanges(): Changes {
    return contextOf(this).rare.previousChanges;
  }

  /** Messages by field, of the last save that was refused; empty after one that was not. */
  get fieldErrors(): FieldErrors {
    return contextOf(this).rare.fieldErrors;
  }

  /**
   * The session that the record lives on; one without its own takes the current one. While there is none at all, nothing can be
   * sent, and this is `undefined`: the matchers of jest read every accessor of what they print, so that none may throw.
   */
  get session(): Session {
    const context = contextOf(this);
    context.session ??= knownSession();
    return context.session as Session;
  }

  /**
   * The attributes under the API's names, copied. Sends nothing.
   *
   * @param options.include adds relations that are loaded
   * @param options.writable leaves out what only the store sets: the key and the read-only attributes, so that `create` and
   * `createMany` take the rest
   * @example
   * await Product.using(other).createMany(products.map((product) => product.toObject({ writable: true })));
   */
  toObject(options: { include?: readonly string[]; writable?: boolean } = {}): Record<string, unknown> {
    checkCall('toObject()', options, { include: 1, writable: 1 });
    return toObject(contextOf(this), options);
  }

  /**
   * The attributes as JSON carries them, under the API's names; `Model.load` takes them back. Sends nothing. JSON.stringify, which
   * passes a key, may get the record itself: it is plain data.
   */
  toJSON(key?: string): Record<string, unknown> {
    return toJSON(this, key) as Record<string, unknown>;
  }
}

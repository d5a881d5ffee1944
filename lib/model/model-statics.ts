import type { BulkOptions, BulkRun, Source, UpdateManyOptions } from '../bulk/bulk-run.js';
import type { Deletions } from '../query/deletions.js';
import type { RecordCallOptions, RecordSaveOptions } from '../query/params.js';
import { NO_STATE } from '../query/query-state.js';
import type { Where } from '../query/where.js';
import { placeOf } from '../record/metadata-storage.js';
import { scopeOf } from '../record/model-scope.js';
import { RecordBase } from '../record/record-base.js';
import type { Class } from '../schema/declaration.js';
import type { CALLS, Instead } from '../schema/guesses.js';
import type {
  AttributeName,
  Attributes,
  CreateAttributes,
  CreateRest,
  GivenAttributes,
  IncludeName,
  NewAttributes,
  RelationPath,
  Selected,
  SelectedFrom,
  SelectedName,
  UpdateRow,
  UpsertRow,
  Whole,
} from '../schema/types.js';
import type { RequestOptions } from '../session/options.js';
import type { Key } from '../transport/path.js';
import type { ApiResponse, CallOptions, GivenParams, Method, QueryValue } from '../transport/request.js';
import { Collection } from './collection.js';
import { findRecord, findRecords } from './find-records.js';
import type { Page } from './page.js';
import type { Partition, Query } from './query.js';

/** The methods of a collection that a model has too: all except those of a query in progress, and the names of other libraries. */
type Forwarded = Exclude<keyof Collection<object>, 'build' | 'explain' | 'then' | 'toRequest' | symbol | keyof typeof CALLS>;

/**
 * The static side of {@link Documented}. If a static method has no documentation, editors look at the static of the same name in the
 * base class. These lead them to the methods of Collection and Query, so each call is documented once.
 */
type DocumentedCalls = { readonly [Call in keyof Pick<Collection<object>, Forwarded>]?: unknown };

const documented: typeof RecordBase & DocumentedCalls = RecordBase;

/** Exists for editors only, which look at base classes. At run time it is {@link RecordBase}. */
declare abstract class Documented extends documented {}

const Base: typeof Documented = RecordBase;

/** Returns the collection of all records of a model. Static calls are made on it. */
const allOf = <M extends RecordBase>(model: Class<M>): Collection<M> => new Collection(scopeOf(model));

/** Forwards the static calls of a model to the collection of all its records, where they are documented. */
export abstract class ModelStatics extends Base {
  // Names of other libraries: see schema/guesses.ts, which makes them throw.
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

  static override find<M extends RecordBase>(this: Class<M>, key: Key, options?: RecordCallOptions<M, 'get'>): Promise<M>;
  static override find<M extends RecordBase>(this: Class<M>, keys: readonly Key[], options?: RecordCallOptions<M, 'get'>): Promise<M[]>;
  static override async find<M extends RecordBase>(
    this: Class<M>,
    key: Key | readonly Key[],
    options?: CallOptions & GivenParams,
  ): Promise<M | M[]> {
    const place = placeOf(this);
    return typeof key === 'object' ? findRecords<M>(place, NO_STATE, key, options) : findRecord<M>(place, NO_STATE, key, options);
  }

  static override async get<M extends RecordBase>(this: Class<M>, options?: RecordCallOptions<M, 'get'>): Promise<M> {
    return allOf(this).get(options);
  }

  static override async findBy<M extends RecordBase>(this: Class<M>, filters: Where<M>, options?: CallOptions): Promise<M | null> {
    return allOf(this).findBy(filters, options);
  }

  static override async first<M extends RecordBase>(this: Class<M>, options?: CallOptions): Promise<M | null> {
    return allOf(this).first(options);
  }

  static override async all<M extends RecordBase>(this: Class<M>, options?: CallOptions): Promise<M[]> {
    return allOf(this).all(options);
  }

  static override where<M extends RecordBase>(this: Class<M>, filters: Where<M>): Query<M>;
  static override where<M extends RecordBase, K extends keyof Where<M>>(this: Class<M>, name: K, value: Where<M>[K]): Query<M>;
  static override where<M extends RecordBase>(this: Class<M>, ...filters: [first: Where<M> | keyof Where<M>, value?: unknown]): Query<M> {
    return allOf(this).where(...(filters as [Where<M>]));
  }

  static override order<M extends RecordBase>(
    this: Class<M>,
    name: AttributeName<M> | (string & {}),
    direction?: 'asc' | 'desc',
  ): Query<M> {
    return allOf(this).order(name, direction);
  }

  static override param<M extends RecordBase>(this: Class<M>, name: string, value: QueryValue): Query<M> {
    return allOf(this).param(name, value);
  }

  static override limit<M extends RecordBase>(this: Class<M>, records: number): Query<M> {
    return allOf(this).limit(records);
  }

  static override perPage<M extends RecordBase>(this: Class<M>, records: number): Query<M> {
    return allOf(this).perPage(records);
  }

  static override include<M extends RecordBase>(this: Class<M>, ...names: IncludeName<M>[]): Query<M> {
    return allOf(this).include(...names);
  }

  static override preload<M extends RecordBase, P extends string>(this: Class<M>, ...paths: RelationPath<M, P>[]): Query<M> {
    return allOf(this).preload(...paths);
  }

  static override lazy<M extends RecordBase>(this: Class<M>): Query<M> {
    return allOf(this).lazy();
  }

  static override stable<M extends RecordBase>(this: Class<M>): Query<M> {
    return allOf(this).stable();
  }

  static override after<M extends RecordBase>(this: Class<M>, cursor: string): Query<M> {
    return allOf(this).after(cursor);
  }

  static override async partitions<M extends RecordBase>(this: Class<M>, count: number, options?: CallOptions): Promise<Partition<M>[]> {
    return allOf(this).partitions(count, options);
  }

  static override select<M extends RecordBase, Name extends AttributeName<Whole<M>>>(
    this: Class<M>,
    ...names: Name[]
  ): Query<Selected<Whole<M>, Name | SelectedName<M>>> {
    return allOf(this).select(...names);
  }

  static override async page<M extends RecordBase>(this: Class<M>, number: number, options?: CallOptions): Promise<Page<M>> {
    return allOf(this).page(number, options);
  }

  static override pages<M extends RecordBase>(this: Class<M>, options?: CallOptions): AsyncGenerator<Page<M>, void, undefined> {
    return allOf(this).pages(options);
  }

  static override batches<M extends RecordBase>(this: Class<M>, size: number, options?: CallOptions): AsyncGenerator<M[], void, undefined> {
    return allOf(this).batches(size, options);
  }

  static override async pluck<M extends RecordBase, K extends keyof Attributes<M>>(
    this: Class<M>,
    name: K,
    options?: CallOptions,
  ): Promise<M[K][]> {
    return allOf(this).pluck(name, options);
  }

  static override async count<M extends RecordBase>(this: Class<M>, options?: CallOptions): Promise<number> {
    return allOf(this).count(options);
  }

  static override async exists<M extends RecordBase>(
    this: Class<M>,
    ...args: [keyOrFilters?: Key | Where<M>, options?: CallOptions]
  ): Promise<boolean> {
    return allOf(this).exists(...args);
  }

  static override async create<M extends RecordBase>(
    this: Class<M>,
    attributes: CreateAttributes<M>,
    options?: RecordSaveOptions<M, 'create'>,
  ): Promise<M> {
    return allOf(this).create(attributes, options);
  }

  static override async update<M extends RecordBase>(
    this: Class<M>,
    key: Key,
    attributes: GivenAttributes<M>,
    options?: RecordCallOptions<M, 'update'>,
  ): Promise<M> {
    return allOf(this).update(key, attributes, options);
  }

  static override async destroy<M extends RecordBase>(this: Class<M>, key: Key, options?: RecordCallOptions<M, 'delete'>): Promise<void> {
    return allOf(this).destroy(key, options);
  }

  static override updateAll<M extends RecordBase>(
    this: Class<M>,
    attributes: GivenAttributes<Whole<M>>,
    options?: BulkOptions & { all?: boolean },
  ): BulkRun<M> {
    return allOf(this).updateAll(attributes, options);
  }

  static override destroyAll<M extends RecordBase>(this: Class<M>, options?: BulkOptions & { all?: boolean }): BulkRun<M> {
    return allOf(this).destroyAll(options);
  }

  static override deleteAll<M extends RecordBase>(this: Class<M>, options?: CallOptions): Deletions {
    return allOf(this).deleteAll(options);
  }

  static override createMany<M extends RecordBase>(
    this: Class<M>,
    list: Source<NoInfer<CreateAttributes<M> | M>>,
    options?: BulkOptions,
  ): BulkRun<M> {
    return allOf(this).createMany(list, options);
  }

  static override saveMany<M extends RecordBase>(
    this: Class<M>,
    records: Source<NoInfer<M | SelectedFrom<M>>>,
    options?: BulkOptions,
  ): BulkRun<M> {
    return allOf(this).saveMany(records, options);
  }

  static override upsertMany<M extends RecordBase>(
    this: Class<M>,
    list: Source<NoInfer<UpsertRow<M> | M>>,
    options?: BulkOptions,
  ): BulkRun<M> {
    return allOf(this).upsertMany(list, options);
  }

  static override updateMany<M extends RecordBase>(
    this: Class<M>,
    rows: Source<NoInfer<UpdateRow<M> | M>>,
    options?: UpdateManyOptions,
  ): BulkRun<M> {
    return allOf(this).updateMany(rows, options);
  }

  static override destroyMany<M extends RecordBase>(
    this: Class<M>,
    records: Source<NoInfer<M | SelectedFrom<M>> | Key>,
    options?: BulkOptions,
  ): BulkRun<M> {
    return allOf(this).destroyMany(records, options);
  }

  static override async firstOrCreate<M extends RecordBase, K extends keyof Where<M>>(
    this: Class<M>,
    filters: Where<M> & Pick<Where<M>, K>,
    ...rest: CreateRest<M, K>
  ): Promise<M> {
    return allOf(this).firstOrCreate(filters, ...rest);
  }

  static override async firstOrNew<M extends RecordBase>(
    this: Class<M>,
    filters: Where<M>,
    attributes?: NewAttributes<M>,
    options?: CallOptions,
  ): Promise<M> {
    return allOf(this).firstOrNew(filters, attributes, options);
  }

  static override load<M extends RecordBase>(this: Class<M>, attributes: object): M {
    return allOf(this).load(attributes);
  }

  static override async request<M extends RecordBase>(
    this: Class<M>,
    method: Method,
    subpath?: string,
    options?: RequestOptions,
  ): Promise<ApiResponse> {
    return allOf(this).request(method, subpath, options);
  }
}

import { inspect } from 'node:util';
import { preload } from '../associations/preloader.js';
import { BULK_OPTIONS, type BulkOptions, type BulkRun, ReadSource } from '../bulk/bulk-run.js';
import { destroyMany, updateAll } from '../bulk/bulk-writes.js';
import { ArgumentError } from '../errors/argument-error.js';
import { fromHere } from '../errors/call-site.js';
import { RecordNotFoundError } from '../errors/record-not-found-error.js';
import { UnsupportedOperationError } from '../errors/unsupported-operation-error.js';
import { givesProperties } from '../given.js';
import { deletionThroughParent } from '../persistence/parent-route.js';
import { continued, readCursor, trackCursors, type WalkedPage } from '../query/cursor.js';
import {
  assertNarrowed,
  DELETE_ALL_OPTIONS,
  type DeleteAllOptions,
  type DeletionEffects,
  Deletions,
  deleteRequests,
  keysOf,
} from '../query/deletions.js';
import { explain } from '../query/explain.js';
import { type FilterCheck, filterCheckOf } from '../query/filter-check.js';
import { compileFilters, givenTwice } from '../query/filters.js';
import { findSingle } from '../query/find.js';
import { canWalkKeys, keyRange, keysAfter } from '../query/key-order.js';
import { assertRelations, embedPreloads } from '../query/load-strategy.js';
import { countRequest, pageRequest } from '../query/page-requests.js';
import type { RowPage } from '../query/page-source.js';
import { firstRequest, readPages, readPlanOf, type WalkOptions } from '../query/page-strategies.js';
import { type RecordCallOptions, splitParams } from '../query/params.js';
import { countOf, rowsOf } from '../query/parse-rows.js';
import { type KeyRange, keyRanges } from '../query/partitions.js';
import { includedIn, initialState, type QueryState, sortParams } from '../query/query-state.js';
import { assertKeyed, assertOperation, type Row, sessionOf, splitScope } from '../query/scope.js';
import { splitFilters } from '../query/split-lists.js';
import type { Where } from '../query/where.js';
import { loadAll } from '../record/instantiate.js';
import { bindCurrentSession, type ModelScope, narrowTo } from '../record/model-scope.js';
import { dialectOf } from '../schema/dialects.js';
import { CALLS, type Guessed, refuseGuesses } from '../schema/guesses.js';
import { apiName, isAttribute, propertyName } from '../schema/names.js';
import type {
  AttributeName,
  Attributes,
  GivenAttributes,
  IncludeName,
  RelationPath,
  Selected,
  SelectedName,
  Whole,
} from '../schema/types.js';
import { describe, type Key } from '../transport/path.js';
import { scalar } from '../transport/query-string.js';
import {
  type CallOptions,
  callOf,
  checkCall,
  freshCallOf,
  type GivenParams,
  type QueryParams,
  type QueryValue,
  RECORD_CALL_OPTIONS,
  type RequestDescription,
} from '../transport/request.js';
import { findRecord, findRecords } from './find-records.js';
import { Page } from './page.js';

/** Returns the scope and the state of a query, for a leaf that walks it in its own way. @internal */
export let partsOf: <M extends object>(query: Query<M>) => { readonly scope: ModelScope<M>; readonly state: QueryState };

/** The names of the options of `updateAll` and `destroyAll`. */
const ALL_OPTIONS = { ...BULK_OPTIONS, all: 1 } as const;

/** Parameters of the API that have methods of their own. */
const OWN_CALLS: Readonly<Record<string, string>> = { page: 'page(n)', limit: 'perPage(n)' };

/** A part of a query: see `partitions()`. It is a query itself. */
export type Partition<M extends object> = Query<M> & KeyRange;

/** Names of other libraries: see schema/guesses.ts, which makes them throw. */
// biome-ignore lint/correctness/noUnusedVariables: a merged declaration repeats the parameters of its class
export interface Query<M extends object> extends Guessed<typeof CALLS> {}

/**
 * A query: immutable, lazy and typed. Nothing is sent until it is awaited or iterated, or a method such as `first()` or `count()` is called.
 *
 * @example
 * const visible = Product.where({ is_visible: true }).order('name');
 * await visible.first();
 * for await (const product of visible) console.log(product.name);
 */
export class Query<M extends object> implements PromiseLike<M[]>, AsyncIterable<M> {
  readonly #scope: ModelScope<M>;
  readonly #changed: QueryState | undefined;

  static {
    partsOf = (query) => ({ scope: query.#scope, state: query.#state });
  }

  /** @internal */
  constructor(scope: ModelScope<M>, state?: unknown) {
    this.#scope = scope;
    this.#changed = state as QueryState | undefined;
  }

  /**
   * Adds filters. Operators become V3's `name:op` or V2's `min_name` and `max_name`.
   *
   * @throws UnknownFilterError if the resource has no such filter
   * @throws ArgumentError if a value is invalid, such as `undefined`, or a filter is given twice
   * @example Product.where({ inventory_level: { min: 1 }, is_visible: true })
   */
  where(filters: Where<M>): Query<M>;
  where<K extends keyof Where<M>>(name: K, value: Where<M>[K]): Query<M>;
  where(first: object | PropertyKey, value?: unknown): Query<M> {
    return this.#where(typeof first === 'object' ? first : { [first]: value });
  }

  #where(where: object | null): Query<M> {
    if (where === null || Array.isArray(where)) throw new ArgumentError(`where takes an object of filters, got ${describe(where)}.`);
    const { params, nothing } = compileFilters(this.#scope.resource, { ...where });
    const state = this.#state;
    for (const name of Object.keys(params))
      if (Object.hasOwn(state.filters, name) && String(state.filters[name]) !== String(params[name])) throw givenTwice(name);
    return this.#with({ filters: { ...state.filters, ...params }, nothing: state.nothing || nothing });
  }

  /**
   * Adds a query parameter without checking its name, for parameters that the library does not know.
   *
   * @throws ArgumentError for a value that would not be sent: `undefined`, `null`, an empty array
   * @example Product.param('foo', 'bar')
   */
  param(name: string, value: QueryValue): Query<M> {
    if (Object.hasOwn(OWN_CALLS, name)) throw new ArgumentError(`Use ${OWN_CALLS[name]} instead of param('${name}', …).`);
    for (const each of Array.isArray(value) && value.length > 0 ? value : [value]) scalar(name, each);
    const { params } = this.#state;
    const given = name === 'include' ? unique(includedIn(params), includedIn({ include: value })) : value;
    return this.#with({ params: { ...params, [name]: given } });
  }

  /** Sorts by an attribute. Not every attribute can be sorted by: the store decides. @example Product.order('name', 'desc') */
  order(name: AttributeName<Whole<M>> | (string & {}), direction: 'asc' | 'desc' = 'asc'): Query<M> {
    if (direction !== 'asc' && direction !== 'desc')
      throw new ArgumentError(`The direction must be 'asc' or 'desc', got ${describe(direction)}.`);
    const { resource } = this.#scope;
    return this.#with({ params: { ...this.#state.params, ...sortParams(resource, apiName(resource, name), direction) } });
  }

  /** Limits the number of records, over all pages. */
  limit(records: number): Query<M> {
    return this.#with({ limit: wholeNumber('limit', records, 0) });
  }

  /** Sets the number of records per page. Default: the most that the resource allows. */
  perPage(records: number): Query<M> {
    return this.#with({ perPage: wholeNumber('perPage', records, 1) });
  }

  /**
   * Embeds related records or extra attributes in the same response.
   *
   * @throws ArgumentError if the resource cannot include one of the names
   * @example Product.include('images', 'variants')              // GET /catalog/products?include=images,variants
   */
  include(...names: IncludeName<M>[]): Query<M>;
  include(...names: string[]): Query<M> {
    const { resource } = this.#scope;
    const { name, includes } = resource;
    const apiNames = names.map((each) => apiName(resource, each));
    for (const each of apiNames) {
      if (!includes.includes(each))
        throw new ArgumentError(
          `${name} cannot include \`${each}\`; it can include ${includes.join(', ') || 'nothing'}. Nothing was sent.` +
            ` If the API has it, and this version of the library does not know it: .param('include', '${each}').`,
        );
    }
    return this.#with({ params: { ...this.#state.params, include: unique(includedIn(this.#state.params), apiNames) } });
  }

  /**
   * Requests only these attributes and the key (V3 `include_fields`). The records do not have the others, and no save sends them.
   *
   * @throws UnsupportedOperationError in V2, which always returns all attributes
   * @example
   * for await (const product of Product.select('name', 'price')) console.log(product.id, product.name);
   */
  select<Name extends AttributeName<Whole<M>>>(...names: Name[]): Query<Selected<Whole<M>, Name | SelectedName<M>>>;
  select(...names: string[]): PromiseLike<object[]> {
    const { resource } = this.#scope;
    if (!dialectOf(resource.version).selectsFields)
      throw new UnsupportedOperationError(`${resource.name}: select() is not available, because V2 always returns all attributes.`);
    const fields = names.map((name) => apiName(resource, name));
    return this.#with({ params: { ...this.#state.params, include_fields: unique(listed(this.#state.params['include_fields']), fields) } });
  }

  /**
   * Loads these relations together with each page: embedded if the API can do that, otherwise in as few requests as it allows.
   *
   * @example Order.preload('products.product')                  // nested relations, separated by dots
   */
  preload<P extends string>(...paths: RelationPath<M, P>[]): Query<M>;
  preload(...paths: string[]): Query<M> {
    for (const path of paths) assertRelations(this.#scope.resource, path);
    return this.#with({ preload: unique(this.#state.preload, paths) });
  }

  /** Loads the relations of these records one by one: awaiting one does not load those of the other records. */
  lazy(): Query<M> {
    return this.#with({ isLazy: true });
  }

  /**
   * Reads in the order of keys. Every record that exists throughout is returned exactly once, even if others are inserted or deleted
   * meanwhile. Pages are read several at once: each begins with the last record of the one before it, which shows that none is
   * missing between them, and is counted from a key, so that what changes before that does not shift it.
   *
   * @throws UnsupportedOperationError if the API cannot filter by keys greater than a given one
   */
  stable(): Query<M> {
    keysAfter(this.#scope.resource, 0);
    return this.#with({ isStable: true });
  }

  /**
   * Continues a walk after the page that the cursor is of: `page.cursor`. Filters, order and store must be the same; `limit`, `select`,
   * `include`, `preload` and `perPage` may differ. A limit counts from here. In the order of keys (`stable()`, or an order by the key)
   * no record is missed or repeated, whatever is inserted or deleted between; in another order, records that shift may be.
   *
   * @throws ArgumentError for a cursor of another query or store, which names what differs, and for what is no cursor
   * @example
   * const query = Product.where({ is_visible: true }).stable();
   * for await (const { items, cursor } of query.after(saved).pages()) await keep(items, cursor);
   */
  after(cursor: string): Query<M> {
    return this.#with({ after: readCursor(this.#scope, this.#state, cursor) });
  }

  /**
   * Divides the records into `count` parts of like size, or fewer if there are not as many records. Each part is a query in the order of
   * keys, of the keys `from` to `to`, of which it had `rows`. The first has no beginning, the last no end: whatever key a new
   * record gets, it belongs to one part. The parts can be read at the same time, or in other processes.
   *
   * Sends a count, and a request for each boundary. Where the store cannot tell it, there is one part.
   *
   * @throws ArgumentError for a count below 1, and after `limit()`
   * @example
   * const parts = await Product.where({ is_visible: true }).partitions(4);
   * await Promise.all(parts.map(async (part) => { for await (const product of part) … }));
   */
  async partitions(count: number, options: CallOptions = {}): Promise<Partition<M>[]> {
    checkCall('partitions()', options);
    wholeNumber('partitions', count, 1);
    if (this.#state.limit !== undefined)
      throw new ArgumentError('partitions() divides all records of a query: remove limit(). Nothing was sent.');
    return fromHere(() => this.#partitions(count, options));
  }

  async #partitions(most: number, options: CallOptions): Promise<Partition<M>[]> {
    const { resource } = this.#scope;
    assertOperation(resource, 'list');
    const { scope, query } = this.#bound();
    const { after, ...state } = continued(scope, query.#state);
    if (after !== undefined && after.k !== 'key')
      throw new ArgumentError('partitions() goes by keys, and this cursor does not: take one of a stable() query. Nothing was sent.');
    const countOf = (filters: QueryParams): Promise<number> =>
      query.#with({ ...state, after: undefined, filters: { ...state.filters, ...filters } }).count(options);
    const ranges = await keyRanges(scope, state, most, countOf, options);
    return ranges.map((range) => {
      const keys = keyRange(resource, range.from === 0 ? undefined : range.from, range.to);
      const part = { ...state, filters: { ...state.filters, ...keys }, isStable: canWalkKeys(resource) };
      return Object.assign(new Query(scope, part), range);
    });
  }

  /** Returns the first record, or `null` if there is none. */
  async first(options: CallOptions = {}): Promise<M | null> {
    checkCall('first()', options);
    return fromHere(async () => {
      for await (const { items } of this.limit(Math.min(1, this.#state.limit ?? 1)).pages(options)) return items[0] ?? null;
      return null;
    });
  }

  /** Returns the first record that also matches these filters, or `null`. @example await Customer.findBy({ email: 'john@example.com' }) */
  async findBy(filters: Where<M>, options: CallOptions = {}): Promise<M | null> {
    checkCall('findBy()', options);
    return this.where(filters).first(options);
  }

  /**
   * Returns the record with this key, or the records with these keys in the given order.
   *
   * @throws RecordNotFoundError if a record does not exist; one error names all missing keys
   * @throws ArgumentError if a key is invalid, before any request
   * @example
   * await Product.find(1);                                      // GET /products/1
   * await Product.find([3, 1]);                                 // V3: GET /catalog/products?id:in=3,1
   */
  find(key: Key, options?: RecordCallOptions<M, 'get'>): Promise<M>;
  find(keys: readonly Key[], options?: RecordCallOptions<M, 'get'>): Promise<M[]>;
  async find(keys: Key | readonly Key[], options?: CallOptions & GivenParams): Promise<M | M[]> {
    return typeof keys === 'object'
      ? findRecords(this.#scope, this.#state, keys, options)
      : findRecord(this.#scope, this.#state, keys, options);
  }

  /**
   * Returns the record of a singleton resource: settings, or the store itself.
   *
   * @throws UnsupportedOperationError if the resource has many records; `find(key)` returns one of them
   * @example (await Store.get()).name
   */
  async get(options: RecordCallOptions<M, 'get'> = {}): Promise<M> {
    checkCall('get()', options, RECORD_CALL_OPTIONS);
    return fromHere(() => this.#get(options));
  }

  async #get(options: CallOptions & GivenParams): Promise<M> {
    const { resource } = this.#scope;
    if (resource.addressing !== 'single')
      throw new UnsupportedOperationError(`${resource.name} has many records: use find(key). Nothing was sent.`);
    assertOperation(resource, 'get');
    const { own, others } = splitParams(resource, 'get', options);
    const scope = narrowTo(this.#place, own);
    const row = await findSingle({
      scope: { resource, params: scope.params, session: sessionOf(scope) },
      filters: splitScope(resource, this.#state.filters).others,
      params: { ...this.#state.params, ...others },
      ...callOf(options),
    });
    const [context] = await loadAll(scope, [row], false);
    return context?.record as M;
  }

  /** Returns all records, over all pages. Reads as many pages at once as the session allows. */
  async all(options: CallOptions = {}): Promise<M[]> {
    checkCall('all()', options);
    return fromHere(async () => {
      const records: M[] = [];
      for await (const page of this.#pages({ ...options, isEager: true, isAwaited: true })) for (const record of page) records.push(record);
      return records;
    });
  }

  /** Returns one page. The first one has the number 1. A `limit()` may shorten the last page. */
  async page(number: number, options: CallOptions = {}): Promise<Page<M>> {
    checkCall('page()', options);
    return fromHere(() => this.#onePage(number, options));
  }

  async #onePage(number: number, options: CallOptions): Promise<Page<M>> {
    wholeNumber('page', number, 1);
    const { resource } = this.#scope;
    const { limit = Number.POSITIVE_INFINITY, nothing } = this.#state;
    if (nothing || limit === 0) return new Page([], number, 0, 0);
    assertOperation(resource, 'list');
    const requested = continued(this.#scope, this.#requested);
    if (requested.after !== undefined && requested.after.k !== 'key')
      throw new ArgumentError('page() counts from the first page: read what follows a cursor by pages(), or all(). Nothing was sent.');
    const plan = readPlanOf(resource, requested);
    const { kind, parts, size } = plan;
    const read =
      kind === 'keys' || parts.all.length > 1
        ? this.#pageOfParts(requested, number, options)
        : this.#pageOfStore(requested, number, size, options);
    const { rows, total, endCursor } = await read;
    const known = total === undefined ? undefined : Math.min(total, limit);
    const wanted = rows.slice(0, Math.max(0, limit - (number - 1) * size));
    const totals = known === undefined ? {} : { total: known, totalPages: Math.ceil(known / size) };
    const track = trackCursors(this.#scope, this.#requested, plan, { last: requested.after?.last, at: (number - 1) * size });
    return this.#page(track({ number, rows: wanted, ...totals, ...(endCursor === undefined ? {} : { endCursor }) }), options);
  }

  async #pageOfStore(
    state: QueryState,
    number: number,
    size: number,
    options: CallOptions,
  ): Promise<Pick<RowPage, 'rows' | 'total' | 'endCursor'>> {
    const request = { ...pageRequest(this.#scope, state, number, size), ...callOf(options) };
    const response = await sessionOf(this.#scope).send(request);
    return { rows: rowsOf(request, response, this.#scope.resource), ...dialectOf(request.version).totals(response.body) };
  }

  /** Reads everything, if a list of values is split: no single request returns the page then. */
  async #pageOfParts(
    { limit: _, ...state }: QueryState,
    number: number,
    options: CallOptions,
  ): Promise<Pick<RowPage, 'rows' | 'total' | 'endCursor'>> {
    let rows: readonly Row[] = [];
    let total = 0;
    for await (const page of readPages(this.#scope, state, { ...options, isEager: true, isAwaited: true })) {
      if (page.number === number) ({ rows } = page);
      total += page.rows.length;
    }
    return { rows, total };
  }

  /**
   * Yields page after page, in constant memory. Pages are read ahead only as fast as they are consumed, and leaving the loop aborts
   * running requests. Rows that are inserted or deleted meanwhile shift the pages: no record appears twice, but one may be missed.
   * `stable()` misses none.
   *
   * @example for await (const { items, number, totalPages } of Product.pages()) …
   */
  pages(options: CallOptions = {}): AsyncGenerator<Page<M>, void, undefined> {
    checkCall('pages()', options);
    return this.#pages({ ...options, isEager: false });
  }

  /** Yields arrays of `size` records; the last one may be shorter. */
  async *batches(size: number, options: CallOptions = {}): AsyncGenerator<M[], void, undefined> {
    checkCall('batches()', options);
    wholeNumber('batches', size, 1);
    let batch: M[] = [];
    for await (const page of this.pages(options)) {
      for (const record of page) {
        batch.push(record);
        if (batch.length < size) continue;
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  }

  /** Returns the values of one attribute, of all records. @example await Product.where({ is_visible: true }).pluck('id') */
  async pluck<K extends keyof Attributes<M>>(name: K, options: CallOptions = {}): Promise<M[K][]> {
    checkCall('pluck()', options);
    const { resource } = this.#scope;
    const property = propertyName(resource, name as string) as keyof M;
    const records = await this.all(options);
    if (records.length > 0 && !isAttribute(resource, property as string) && !records.some((record) => property in record))
      throw new ArgumentError(`${resource.name} has no attribute \`${name as string}\`.`);
    return records.map((record) => record[property] as M[K]);
  }

  /**
   * Returns the number of records, at most `limit()`: from V2's `/count` or V3's total. A list of values that is too long for one
   * request is counted in several requests; if a record may have several of the values, the keys are read instead.
   */
  async count(options: CallOptions = {}): Promise<number> {
    checkCall('count()', options);
    return fromHere(() => this.#count(options));
  }

  async #count(options: CallOptions): Promise<number> {
    const { limit = Number.POSITIVE_INFINITY, nothing } = this.#state;
    if (nothing || limit === 0) return 0;
    const { resource } = this.#scope;
    assertOperation(resource, 'count');
    const session = sessionOf(this.#scope);
    const { after, filters: wanted } = continued(this.#scope, this.#state);
    const parts = splitFilters(resource, wanted, resource.pageSize);
    // The counts of parts that may share records cannot be added up, and what follows a page cannot be counted.
    if (!parts.areDisjoint || (after !== undefined && after.k !== 'key')) return (await keysOf(this.#scope, this.#state, options)).length;
    const counts = parts.all.map(async (filters) => {
      const request = { ...countRequest(this.#scope, this.#state, filters), ...callOf(options) };
      return countOf(request, await session.send(request));
    });
    return Math.min(
      limit,
      (await Promise.all(counts)).reduce((sum, count) => sum + count, 0),
    );
  }

  /** Whether there is a record: with this key, matching these filters, or any at all. @example await Product.exists({ sku: 'A' }) */
  async exists(...args: [keyOrFilters?: Key | Where<M>, options?: CallOptions]): Promise<boolean> {
    const [keyOrFilters, options = {}] = args;
    checkCall('exists()', options);
    if (args.length === 0) return (await this.first(options)) !== null;
    if (typeof keyOrFilters === 'object' && keyOrFilters !== null) return (await this.#where(keyOrFilters).first(options)) !== null;
    return this.find(keyOrFilters as Key, options).then(
      () => true,
      (error: unknown) => {
        if (error instanceof RecordNotFoundError) return false;
        throw error;
      },
    );
  }

  /**
   * Sets attributes on all records of the query, in as few requests as the API allows. Reads all keys first. Like Rails' `update_all`
   * it runs no hooks or validations. Running it again is harmless.
   *
   * @throws ArgumentError if the query has no filter, unless `{ all: true }` is passed
   * @throws ReadonlyAttributeError if a read-only attribute is given, when it is awaited or iterated
   * @example await Product.where({ brand_id: 7 }).updateAll({ is_visible: false });
   */
  updateAll(attributes: GivenAttributes<Whole<M>>, options: BulkOptions & { all?: boolean } = {}): BulkRun<M> {
    checkCall('updateAll()', options, ALL_OPTIONS);
    if (!givesProperties(attributes))
      throw new ArgumentError(`updateAll() takes attributes as an object, got ${describe(attributes)}. Nothing was sent.`);
    assertOperation(this.#scope.resource, 'update');
    assertKeyed(this.#scope.resource);
    assertNarrowed(this.#scope.resource, this.#state, options.all, 'change');
    const { scope, query } = this.#bound();
    return updateAll(scope, new ReadSource((sent) => query.#keys(options, sent)), attributes, options);
  }

  /**
   * Deletes all records of the query and runs their hooks, in as few requests as the API allows. Reads all keys first.
   *
   * @throws ArgumentError if the query has no filter, unless `{ all: true }` is passed
   */
  destroyAll(options: BulkOptions & { all?: boolean } = {}): BulkRun<M> {
    checkCall('destroyAll()', options, ALL_OPTIONS);
    assertOperation(this.#scope.resource, 'delete');
    assertKeyed(this.#scope.resource);
    assertNarrowed(this.#scope.resource, this.#state, options.all, 'delete');
    const { scope, query } = this.#bound();
    const hasHooks = scope.metadata.hasHooks('beforeDestroy', 'afterDestroy');
    const source = new ReadSource<M | Key>((sent) => (hasHooks ? query.#records(options, sent) : query.#keys(options, sent)));
    return destroyMany<M>(scope, source, options, 'destroyAll()');
  }

  /**
   * Deletes all records of the query, without hooks, when it is first awaited. This is one DELETE with the filters if the API is
   * documented to apply them. Otherwise the keys are read first, and these records are deleted. `deleteAll().dryRun()` returns the
   * requests without sending them.
   *
   * @throws ArgumentError if the query has no filter, unless `{ all: true }` is passed
   */
  deleteAll(options: DeleteAllOptions = {}): Deletions {
    return this.deletions(options);
  }

  /** Creates the deletions of `deleteAll()`. @internal */
  protected deletions(options: DeleteAllOptions, { all, ...effects }: DeletionEffects & { all?: boolean } = {}): Deletions {
    checkCall('deleteAll()', options, DELETE_ALL_OPTIONS);
    const scope = bindCurrentSession(this.#scope);
    const checked = all === undefined ? options : { ...options, all };
    const onSettled = (): void => scope.onBulkWrite?.();
    const through = deletionThroughParent(scope, this.#state, checked);
    const requests = through?.requests ?? (() => deleteRequests(scope, this.#state, checked));
    return new Deletions(scope, requests, checked, { onSettled, deleteThere: through?.deleteThere, ...effects });
  }

  /** Returns the request that would be sent first. Sends nothing. */
  toRequest(): Pick<RequestDescription, 'method' | 'version' | 'path' | 'query' | 'body'> {
    const { method, version, path, query } = firstRequest(this.#scope, this.#requested);
    return { method, version, path, query, body: undefined };
  }

  /** Describes the requests that this query would send, and why. Sends nothing. */
  explain(): string {
    return explain(this.#scope, this.#requested);
  }

  /** Makes a query awaitable: `await query` is `await query.all()`. */
  then<A = M[], B = never>(
    resolve?: ((records: M[]) => A | PromiseLike<A>) | null,
    reject?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.all().then(resolve, reject);
  }

  /** Yields record after record, over all pages, in constant memory. */
  async *[Symbol.asyncIterator](): AsyncGenerator<M, void, undefined> {
    for await (const page of this.pages()) yield* page;
  }

  [inspect.custom](): string {
    const { name, version, path } = this.#scope.resource;
    return `Query<${name}> { GET /${version}${path} ${inspect({ ...this.#state.filters, ...this.#state.params })} }`;
  }

  get #state(): QueryState {
    return this.#changed ?? initialState(this.#scope);
  }

  /** The state that requests are made from: it embeds the relations to preload that the API can embed. */
  get #requested(): QueryState {
    return embedPreloads(this.#scope.resource, this.#state);
  }

  #with(state: Partial<QueryState>): Query<M> {
    return new Query(this.#scope, { ...this.#state, ...state });
  }

  /** Where the records of this query live: filters that belong to the records are part of that. */
  get #place(): ModelScope<M> {
    const { resource } = this.#scope;
    return resource.scope.length === 0 ? this.#scope : narrowTo(this.#scope, splitScope(resource, this.#state.filters).own);
  }

  /** Returns this query bound to the current session, for work that starts later. */
  #bound(): { scope: ModelScope<M>; query: Query<M> } {
    const scope = bindCurrentSession(this.#place);
    return { scope, query: new Query(scope, this.#state) };
  }

  async *#pages(options: WalkOptions, check?: FilterCheck): AsyncGenerator<Page<M>, void, undefined> {
    const { limit = Number.POSITIVE_INFINITY, nothing } = this.#state;
    if (nothing || limit === 0) return;
    assertOperation(this.#scope.resource, 'list');
    let left = limit;
    for await (const page of readPages(this.#scope, this.#requested, options)) {
      if (check !== undefined) for (const row of page.rows) check.assert(row);
      yield await this.#page(page, options, left);
      left -= page.rows.length;
      if (left <= 0) return;
    }
  }

  async *#keys(options: CallOptions, sent: () => void): AsyncGenerator<Key, void, undefined> {
    if (!this.#state.nothing) yield* await keysOf(this.#scope, this.#state, freshCallOf(options), sent);
  }

  async *#records(options: CallOptions, sent: () => void): AsyncGenerator<M, void, undefined> {
    const records: M[] = [];
    const check = filterCheckOf(this.#scope.resource, this.#state.filters);
    for await (const page of this.#pages({ ...freshCallOf(options), isEager: true, sent }, check)) records.push(...page);
    yield* records;
  }

  async #page(page: WalkedPage, options: CallOptions, most = page.rows.length): Promise<Page<M>> {
    const { preload: paths, isLazy } = this.#state;
    const rows = most < page.rows.length ? page.rows.slice(0, most) : page.rows;
    const contexts = await loadAll(this.#place, rows, !isLazy);
    if (paths.length > 0) await preload(contexts, paths, callOf(options));
    const records: M[] = [];
    for (const { record } of contexts) records.push(record as M); // the scope says which class its rows become
    return new Page(records, page.number, page.total, page.totalPages, () => page.cursorAfter(rows.length));
  }
}

refuseGuesses(Query.prototype, CALLS);

function wholeNumber(what: string, value: unknown, least: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
  throw new ArgumentError(`${what} takes a whole number from ${least}, got ${describe(value)}.`);
}

const unique = (before: readonly string[], names: readonly string[]): string[] => [...new Set([...before, ...names])];

const listed = (value: QueryValue | undefined): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

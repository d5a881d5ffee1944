import { inspect } from 'node:util';
import { preload } from '../associations/preloader.js';
import { BULK_OPTIONS, type BulkOptions, type BulkRun, ReadSource } from '../bulk/bulk-run.js';
import { destroyMany, updateAll } from '../bulk/bulk-writes.js';
import { ArgumentError } from '../errors/argument-error.js';
import { fromHere } from '../errors/call-site.js';
import { RecordNotFoundError } from '../errors/record-not-found-error.js';
import { UnsupportedOperationError } from '../errors/unsupported-operation-error.js';
import { countRequests } from '../query/count-requests.js';
import { assertNarrowed, DELETE_ALL_OPTIONS, type DeleteAllOptions, Deletions, deleteRequests, keysOf } from '../query/deletions.js';
import { explain } from '../query/explain.js';
import { type FilterCheck, filterCheckOf } from '../query/filter-check.js';
import { compileFilters, givenTwice } from '../query/filters.js';
import { findSingle } from '../query/find.js';
import { assertRelations, embedPreloads } from '../query/load-strategy.js';
import { firstRequest, keysAfter, pageRequest, readPages, readPlanOf } from '../query/page-strategies.js';
import type { RowPage } from '../query/paginator.js';
import { countOf, rowsOf } from '../query/parse-rows.js';
import { includedIn, initialState, type QueryState, sortParams } from '../query/query-state.js';
import { assertOperation, listPath, type Row, sessionOf } from '../query/scope.js';
import { splitFilters } from '../query/split-lists.js';
import type { Where } from '../query/where.js';
import { loadAll } from '../record/instantiate.js';
import { bindCurrentSession, type ModelScope } from '../record/model-scope.js';
import { dialectOf } from '../schema/dialects.js';
import { givesAttributes } from '../schema/given.js';
import { CALLS, type Guessed, refuseGuesses } from '../schema/guesses.js';
import { apiName, propertyName } from '../schema/names.js';
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
import { type CallOptions, callOf, checkCall, freshCallOf, type QueryValue, type RequestDescription } from '../transport/request.js';
import { findRecord, findRecords } from './find-records.js';
import { Page } from './page.js';

/** The names of the options of writes to all records of a query. */
const ALL_OPTIONS = { ...BULK_OPTIONS, all: 1 } as const;

/** The words of the API that have calls of their own. */
const OWN_CALLS: Readonly<Record<string, string>> = { page: 'page(n)', limit: 'perPage(n)' };

/** Names of other libraries: see schema/guesses.ts, which makes them throw. */
// biome-ignore lint/correctness/noUnusedVariables: a merged declaration repeats the parameters of its class
export interface Query<M extends object> extends Guessed<typeof CALLS> {}

/**
 * A question to the store: immutable, lazy, typed. Nothing is sent until it is awaited, iterated or asked with a terminal call.
 *
 * @example
 * const visible = Product.where({ is_visible: true }).order('name');
 * await visible.first();
 * for await (const product of visible) console.log(product.name);
 */
export class Query<M extends object> implements PromiseLike<M[]>, AsyncIterable<M> {
  readonly #scope: ModelScope<M>;
  readonly #changed: QueryState | undefined;

  /** @internal */
  constructor(scope: ModelScope<M>, state?: unknown) {
    this.#scope = scope;
    this.#changed = state as QueryState | undefined;
  }

  /**
   * Narrows the query. Operators become V3's `name:op` or V2's `min_name` and `max_name`.
   *
   * @throws UnknownFilterError for a name that the resource does not have; ArgumentError for a value such as `undefined`
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
    for (const name of Object.keys(params)) {
      if (Object.hasOwn(this.#state.filters, name) && String(this.#state.filters[name]) !== String(params[name])) {
        throw givenTwice(name);
      }
    }
    return this.#with({ filters: { ...this.#state.filters, ...params }, nothing: this.#state.nothing || nothing });
  }

  /** Puts a query parameter unchecked: the way out for what the library does not know. */
  param(name: string, value: QueryValue): Query<M> {
    if (Object.hasOwn(OWN_CALLS, name)) throw new ArgumentError(`\`${name}\` has a call of its own: ${OWN_CALLS[name]}.`);
    return this.#with({ params: { ...this.#state.params, [name]: value } });
  }

  /** Sorts by an attribute. The store decides which attributes it can sort by. */
  order(name: AttributeName<Whole<M>> | (string & {}), direction: 'asc' | 'desc' = 'asc'): Query<M> {
    if (direction !== 'asc' && direction !== 'desc')
      throw new ArgumentError(`The direction is 'asc' or 'desc', got ${describe(direction)}.`);
    const { resource } = this.#scope;
    return this.#with({ params: { ...this.#state.params, ...sortParams(resource, apiName(resource, name), direction) } });
  }

  /** At most so many records in all. */
  limit(records: number): Query<M> {
    return this.#with({ limit: wholeNumber('limit', records, 0) });
  }

  /** Records a page; default is the most that the resource allows. */
  perPage(records: number): Query<M> {
    return this.#with({ perPage: wholeNumber('perPage', records, 1) });
  }

  /** Embeds related records or extras in the same answer. @throws ArgumentError for a name that the resource cannot embed */
  include(...names: IncludeName<M>[]): Query<M>;
  include(...names: string[]): Query<M> {
    const { resource } = this.#scope;
    const { name, includes } = resource;
    const asked = names.map((each) => apiName(resource, each));
    for (const each of asked) {
      if (!includes.includes(each))
        throw new ArgumentError(
          `${name} cannot include \`${each}\`; it can include ${includes.join(', ') || 'nothing'}. Nothing was sent.`,
        );
    }
    return this.#with({ params: { ...this.#state.params, include: unique(includedIn(this.#state.params), asked) } });
  }

  /**
   * Asks for these attributes only (V3 `include_fields`); the key always comes along. The others are not on the records, and no save
   * sends them.
   *
   * @throws UnsupportedOperationError in V2, which has nothing of the kind
   * @example
   * for await (const product of Product.select('name', 'price')) console.log(product.id, product.name);
   */
  select<Name extends AttributeName<Whole<M>>>(...names: Name[]): Query<Selected<Whole<M>, Name | SelectedName<M>>>;
  select(...names: string[]): PromiseLike<object[]> {
    const { resource } = this.#scope;
    if (!dialectOf(resource.version).selectsFields)
      throw new UnsupportedOperationError(`${resource.name}: V2 always answers with whole records; it has no select().`);
    const fields = names.map((name) => apiName(resource, name));
    return this.#with({ params: { ...this.#state.params, include_fields: unique(listed(this.#state.params['include_fields']), fields) } });
  }

  /** Loads these relations with each page: embedded where the API can, else in as few requests as it allows. Nested by dots. */
  preload<P extends string>(...paths: RelationPath<M, P>[]): Query<M>;
  preload(...paths: string[]): Query<M> {
    for (const path of paths) assertRelations(this.#scope.resource, path);
    return this.#with({ preload: unique(this.#state.preload, paths) });
  }

  /** Relations of these records load one by one: awaiting one does not load those of the others. */
  lazy(): Query<M> {
    return this.#with({ isLazy: true });
  }

  /**
   * Walks in the order of keys, each page from the last key of the one before. Whatever is inserted or deleted meanwhile,
   * every record that exists throughout is seen exactly once; pages come one after another.
   *
   * @throws UnsupportedOperationError where the API cannot filter by keys beyond one
   */
  stable(): Query<M> {
    keysAfter(this.#scope.resource, 0);
    return this.#with({ isStable: true });
  }

  /** The first record, or `null`. */
  async first(options: CallOptions = {}): Promise<M | null> {
    checkCall('first()', options);
    return fromHere(async () => {
      for await (const { items } of this.limit(Math.min(1, this.#state.limit ?? 1)).pages(options)) return items[0] ?? null;
      return null;
    });
  }

  /** The first record to which these filters apply as well, or `null`. */
  async findBy(filters: Where<M>, options: CallOptions = {}): Promise<M | null> {
    checkCall('findBy()', options);
    return this.where(filters).first(options);
  }

  /**
   * The record with this key, or the records with these keys in the order asked.
   *
   * @throws RecordNotFoundError when it is missing; one error names all that are missing
   * @throws ArgumentError when the key is none, before anything is sent
   */
  find(key: Key, options?: CallOptions): Promise<M>;
  find(keys: readonly Key[], options?: CallOptions): Promise<M[]>;
  async find(keys: Key | readonly Key[], options?: CallOptions): Promise<M | M[]> {
    return typeof keys === 'object'
      ? findRecords(this.#scope, this.#state, keys, options)
      : findRecord(this.#scope, this.#state, keys, options);
  }

  /**
   * The one record of a resource that has no more than one: settings, the store itself.
   *
   * @throws UnsupportedOperationError for a resource of many records: these are found by key
   * @example (await Store.get()).name
   */
  async get(options: CallOptions = {}): Promise<M> {
    checkCall('get()', options);
    return fromHere(() => this.#get(options));
  }

  async #get(options: CallOptions): Promise<M> {
    const { resource } = this.#scope;
    if (resource.addressing !== 'single')
      throw new UnsupportedOperationError(`${resource.name} has many records: find(key) gets one of them. Nothing was sent.`);
    assertOperation(resource, 'get');
    const row = await findSingle({
      scope: { resource, params: this.#scope.params, session: sessionOf(this.#scope) },
      filters: {},
      params: this.#state.params,
      ...options,
    });
    const [context] = await loadAll(this.#scope, [row], false);
    return context?.record as M;
  }

  /** All records, over all pages: as many at once as the session allows. */
  async all(options: CallOptions = {}): Promise<M[]> {
    checkCall('all()', options);
    return fromHere(async () => {
      const records: M[] = [];
      for await (const page of this.#pages({ ...options, isEager: true, isAwaited: true })) for (const record of page) records.push(record);
      return records;
    });
  }

  /** One page, from 1. A `limit()` cuts the last one. */
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
    const asked = this.#asked;
    const { kind, parts, size } = readPlanOf(resource, asked);
    const read = kind === 'keys' || parts.all.length > 1 ? this.#pageOfParts(number, options) : this.#pageOfStore(number, size, options);
    const { rows, total } = await read;
    const known = total === undefined ? undefined : Math.min(total, limit);
    const wanted = rows.slice(0, Math.max(0, limit - (number - 1) * size));
    return this.#page(
      { number, rows: wanted, ...(known === undefined ? {} : { total: known, totalPages: Math.ceil(known / size) }) },
      options,
    );
  }

  async #pageOfStore(number: number, size: number, options: CallOptions): Promise<Pick<RowPage, 'rows' | 'total'>> {
    const request = { ...pageRequest(this.#scope, this.#asked, number, size), ...callOf(options) };
    const answer = await sessionOf(this.#scope).send(request);
    return { rows: rowsOf(request, answer, this.#scope.resource), ...dialectOf(request.version).totals(answer.body) };
  }

  /** Where lists are cut, no request of the store is the page. */
  async #pageOfParts(number: number, options: CallOptions): Promise<Pick<RowPage, 'rows' | 'total'>> {
    const { limit: _, ...asked } = this.#asked;
    let rows: readonly Row[] = [];
    let total = 0;
    for await (const page of readPages(this.#scope, asked, { ...options, isEager: true, isAwaited: true })) {
      if (page.number === number) ({ rows } = page);
      total += page.rows.length;
    }
    return { rows, total };
  }

  /**
   * Page after page, in constant memory. Pages are read ahead only as fast as they are consumed, and what is under way ends
   * with the loop. Rows that are inserted or deleted meanwhile shift the pages: no record comes twice, one may be missed;
   * `stable()` misses none.
   */
  pages(options: CallOptions = {}): AsyncGenerator<Page<M>, void, undefined> {
    checkCall('pages()', options);
    return this.#pages({ ...options, isEager: false });
  }

  /** Lists of so many records, the last one perhaps shorter. */
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

  /** The values of one attribute, of all records. */
  async pluck<K extends keyof Attributes<M>>(name: K, options: CallOptions = {}): Promise<M[K][]> {
    checkCall('pluck()', options);
    const property = propertyName(this.#scope.resource, name as string) as keyof M;
    const records = await this.all(options);
    return records.map((record) => record[property] as M[K]);
  }

  /**
   * How many there are, no more than `limit()`: V2's `/count` or V3's total. A list of values that is too long for one request
   * is counted in several; where a record may have several of the values, the keys are read.
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
    const { subpath, query } = dialectOf(resource.version).count;
    const session = sessionOf(this.#scope);
    const parts = splitFilters(resource, this.#state.filters, resource.pageSize);
    // Parts that may have records in common cannot be added up.
    if (!parts.areDisjoint) return (await keysOf(this.#scope, this.#state, options)).length;
    const counts = parts.all.map(async (filters) => {
      const request: RequestDescription = {
        method: 'GET',
        version: resource.version,
        path: `${listPath(this.#scope)}${subpath}`,
        query: { ...filters, ...this.#state.params, ...query },
        ...callOf(options),
      };
      return countOf(request, await session.send(request));
    });
    return Math.min(
      limit,
      (await Promise.all(counts)).reduce((sum, count) => sum + count, 0),
    );
  }

  /** Whether there is a record with this key, or to which these filters apply, or any at all. */
  async exists(...asked: [keyOrFilters?: Key | Where<M>, options?: CallOptions]): Promise<boolean> {
    const [keyOrFilters, options = {}] = asked;
    checkCall('exists()', options);
    if (asked.length === 0) return (await this.first(options)) !== null;
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
   * Changes all records of the query, in as few requests as the API allows. The keys are read to the end first. Like
   * Rails' `update_all` it runs no hooks and no checks of the model; running it again does no harm.
   *
   * @throws ArgumentError for a query without a filter, unless told `{ all: true }`
   */
  updateAll(attributes: GivenAttributes<Whole<M>>, options: BulkOptions & { all?: boolean } = {}): BulkRun<M> {
    checkCall('updateAll()', options, ALL_OPTIONS);
    if (!givesAttributes(attributes))
      throw new ArgumentError(`updateAll() takes attributes as an object, got ${describe(attributes)}. Nothing was sent.`);
    assertOperation(this.#scope.resource, 'update');
    assertNarrowed(this.#scope.resource, this.#state, options.all, 'change');
    const { scope, query } = this.#bound();
    return updateAll(scope, new ReadSource((sent) => query.#keys(options, sent)), attributes, options);
  }

  /**
   * Deletes all records of the query with their hooks, in as few requests as the API allows. The keys are read to the end first.
   *
   * @throws ArgumentError for a query without a filter, unless told `{ all: true }`
   */
  destroyAll(options: BulkOptions & { all?: boolean } = {}): BulkRun<M> {
    checkCall('destroyAll()', options, ALL_OPTIONS);
    assertOperation(this.#scope.resource, 'delete');
    assertNarrowed(this.#scope.resource, this.#state, options.all, 'delete');
    const { scope, query } = this.#bound();
    const hasHooks = scope.metadata.hasHooks('beforeDestroy', 'afterDestroy');
    const source = new ReadSource<M | Key>((sent) => (hasHooks ? query.#records(options, sent) : query.#keys(options, sent)));
    return destroyMany<M>(scope, source, options, 'destroyAll()');
  }

  /**
   * Deletes all records of the query, without hooks, when it is first awaited. V3 takes a filtered DELETE in one request where it is documented to heed
   * the filters; elsewhere the keys are read first, and just those records deleted. `.dryRun()` on what it returns tells
   * which requests these are.
   *
   * @throws ArgumentError for a query without a filter, unless told `{ all: true }`
   */
  deleteAll(options: DeleteAllOptions = {}): Deletions {
    checkCall('deleteAll()', options, DELETE_ALL_OPTIONS);
    const scope = bindCurrentSession(this.#scope);
    const onSettled = (): void => scope.onBulkWrite?.();
    return new Deletions(scope, () => deleteRequests(scope, this.#state, options), { ...options, onSettled });
  }

  /** The request that would be sent first. Sends nothing. */
  toRequest(): Pick<RequestDescription, 'method' | 'version' | 'path' | 'query' | 'body'> {
    const { method, version, path, query } = firstRequest(this.#scope, this.#asked);
    return { method, version, path, query, body: undefined };
  }

  /** Which requests this query will make and why, in words and numbers. Sends nothing. */
  explain(): string {
    return explain(this.#scope, this.#asked);
  }

  /** Awaiting a query is `all()`. */
  then<A = M[], B = never>(
    resolve?: ((records: M[]) => A | PromiseLike<A>) | null,
    reject?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.all().then(resolve, reject);
  }

  /** Record after record, over all pages, in constant memory. */
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

  /** What is asked of the store: relations to preload that the API can embed are embedded. */
  get #asked(): QueryState {
    return embedPreloads(this.#scope.resource, this.#state);
  }

  #with(state: Partial<QueryState>): Query<M> {
    return new Query(this.#scope, { ...this.#state, ...state });
  }

  /** This query on the session that is in force now, for what begins later. */
  #bound(): { scope: ModelScope<M>; query: Query<M> } {
    const scope = bindCurrentSession(this.#scope);
    return { scope, query: new Query(scope, this.#state) };
  }

  async *#pages(
    options: CallOptions & { isEager: boolean; isAwaited?: boolean },
    check?: FilterCheck,
  ): AsyncGenerator<Page<M>, void, undefined> {
    const { limit = Number.POSITIVE_INFINITY, nothing } = this.#state;
    if (nothing || limit === 0) return;
    assertOperation(this.#scope.resource, 'list');
    let left = limit;
    for await (const page of readPages(this.#scope, this.#asked, options)) {
      if (check !== undefined) for (const row of page.rows) check.assert(row);
      yield await this.#page(left < page.rows.length ? { ...page, rows: page.rows.slice(0, left) } : page, options);
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
    for await (const page of countRequests(this.#pages({ ...freshCallOf(options), isEager: true }, check), sent)) records.push(...page);
    yield* records;
  }

  async #page(page: RowPage, options: CallOptions): Promise<Page<M>> {
    const { preload: paths, isLazy } = this.#state;
    const contexts = await loadAll(this.#scope, page.rows, !isLazy);
    if (paths.length > 0) await preload(contexts, paths, callOf(options));
    const records: M[] = [];
    for (const { record } of contexts) records.push(record as M); // the scope says which class its rows become
    return new Page(records, page.number, page.total, page.totalPages);
  }
}

refuseGuesses(Query.prototype, CALLS);

function wholeNumber(what: string, value: unknown, least: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
  throw new ArgumentError(`${what} takes a whole number from ${least}, got ${describe(value)}.`);
}

const unique = (before: readonly string[], names: readonly string[]): string[] => [...new Set([...before, ...names])];

const listed = (value: QueryValue | undefined): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

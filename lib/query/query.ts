import { inspect } from 'node:util';
import { ArgumentError } from '../errors/argument-error.js';
import { RecordNotFoundError } from '../errors/record-not-found-error.js';
import { UnsupportedOperationError } from '../errors/unsupported-operation-error.js';
import { dialectOf } from '../schema/dialects.js';
import type { Attributes } from '../schema/types.js';
import { describe, type Key } from '../transport/path.js';
import type { CallOptions, QueryValue, RequestDescription } from '../transport/request.js';
import { compileFilters } from './filters.js';
import { findMany, findOne } from './find.js';
import { Page } from './page.js';
import { countOf, rowsOf } from './rows.js';
import { assertOperation, collectionPath, memberPath, type Row, type Scope, sessionOf } from './scope.js';
import { type RowPage, walkPages } from './walk.js';
import type { Where } from './where.js';

/** Everything that was said of a query. Plain and immutable: each call makes the next one. */
interface Said {
  readonly filters: Readonly<Record<string, QueryValue>>;
  /** A filter can match no record (`in: []`): nothing needs to be sent. */
  readonly nothing: boolean;
  readonly params: Readonly<Record<string, QueryValue>>;
  readonly limit?: number;
  readonly perPage?: number;
}

/** What a query begins with: the conditions of its scope. */
function saidOf({ resource, conditions }: Scope<object>): Said {
  if (conditions === undefined) return { filters: {}, nothing: false, params: {} };
  const { params, nothing } = compileFilters(resource, conditions);
  return { filters: params, nothing, params: {} };
}

/** The words of the API that have calls of their own. */
const OWN_CALLS: Readonly<Record<string, string>> = { page: 'page(n)', limit: 'perPage(n)' };

/**
 * A question to the store: immutable, lazy, typed. Nothing is sent until it is awaited, iterated or asked with a terminal call.
 *
 * @example
 * const visible = Product.where({ is_visible: true }).order('name');
 * await visible.first();
 * for await (const product of visible) console.log(product.name);
 */
export class Query<M extends object> implements PromiseLike<M[]>, AsyncIterable<M> {
  readonly #scope: Scope<M>;
  readonly #changed: Said | undefined;

  /** @internal */
  constructor(scope: Scope<M>, said?: unknown) {
    this.#scope = scope;
    this.#changed = said as Said | undefined;
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
    const where = typeof first === 'object' ? first : { [first]: value };
    if (where === null || Array.isArray(where)) throw new ArgumentError(`where takes an object of filters, got ${describe(where)}.`);
    const { params, nothing } = compileFilters(this.#scope.resource, where as Record<string, unknown>);
    for (const name of Object.keys(params)) {
      if (Object.hasOwn(this.#said.filters, name) && String(this.#said.filters[name]) !== String(params[name])) {
        throw new ArgumentError(`The filter \`${name}\` is given twice, with different values. Nothing was sent.`);
      }
    }
    return this.#with({ filters: { ...this.#said.filters, ...params }, nothing: this.#said.nothing || nothing });
  }

  /** Puts a query parameter unchecked: the way out for what the library does not know. */
  param(name: string, value: QueryValue): Query<M> {
    if (Object.hasOwn(OWN_CALLS, name)) throw new ArgumentError(`\`${name}\` has a call of its own: ${OWN_CALLS[name]}.`);
    return this.#with({ params: { ...this.#said.params, [name]: value } });
  }

  /** Sorts by an attribute. The store decides which attributes it can sort by. */
  order(name: (keyof Attributes<M> & string) | (string & {}), direction: 'asc' | 'desc' = 'asc'): Query<M> {
    if (direction !== 'asc' && direction !== 'desc')
      throw new ArgumentError(`The direction is 'asc' or 'desc', got ${describe(direction)}.`);
    const sort: Record<string, QueryValue> =
      this.#scope.resource.ordering === 'suffix' ? { sort: `${name}:${direction}` } : { sort: name, direction };
    return this.#with({ params: { ...this.#said.params, ...sort } });
  }

  /** At most so many records in all. */
  limit(records: number): Query<M> {
    return this.#with({ limit: wholeNumber('limit', records, 0) });
  }

  /** Records a page; default is the most that the resource allows. */
  perPage(records: number): Query<M> {
    return this.#with({ perPage: Math.min(wholeNumber('perPage', records, 1), this.#scope.resource.pageSize) });
  }

  /** Embeds related records or extras in the same answer. @throws ArgumentError for a name that the resource cannot embed */
  include(...names: string[]): Query<M> {
    const { name, includes } = this.#scope.resource;
    for (const asked of names) {
      if (!includes.includes(asked))
        throw new ArgumentError(`${name} cannot include \`${asked}\`; it can include ${includes.join(', ') || 'nothing'}.`);
    }
    return this.#with({ params: { ...this.#said.params, include: unique(this.#said.params['include'], names) } });
  }

  /** Asks for these attributes only (V3 `include_fields`); the key always comes along. */
  select(...names: (keyof Attributes<M> & string)[]): Query<M> {
    const { resource } = this.#scope;
    if (resource.version === 'v2')
      throw new UnsupportedOperationError(`${resource.name}: V2 always answers with whole records; it has no select().`);
    return this.#with({ params: { ...this.#said.params, include_fields: unique(this.#said.params['include_fields'], names) } });
  }

  /** The first record, or `null`. */
  async first(options: CallOptions = {}): Promise<M | null> {
    const { rows } = await this.#rows(1, 1, options);
    return (await this.#load(rows.slice(0, 1)))[0] ?? null;
  }

  /** The first record to which these filters apply as well, or `null`. */
  async findBy(filters: Where<M>, options: CallOptions = {}): Promise<M | null> {
    return this.where(filters).first(options);
  }

  /**
   * One record by its key, or several in the order asked.
   *
   * @throws RecordNotFoundError when it is missing; one error names all that are missing
   * @throws ArgumentError when the key is none
   */
  find(key: Key, options?: CallOptions): Promise<M>;
  find(keys: readonly Key[], options?: CallOptions): Promise<M[]>;
  async find(keys: Key | readonly Key[], options: CallOptions = {}): Promise<M | M[]> {
    assertOperation(this.#scope.resource, 'get', 'list');
    const context = { scope: this.#scope, filters: this.#said.filters, params: this.#said.params, ...options };
    if (Array.isArray(keys)) return this.#load(await findMany(context, keys));
    return (await this.#load([await findOne(context, keys as Key)]))[0] as M;
  }

  /** All records, over all pages. */
  async all(options: CallOptions = {}): Promise<M[]> {
    const records: M[] = [];
    for await (const page of this.pages(options)) records.push(...page.items);
    return records;
  }

  /** One page, from 1. */
  async page(number: number, options: CallOptions = {}): Promise<Page<M>> {
    const page = await this.#rows(wholeNumber('page', number, 1), this.#said.perPage ?? this.#scope.resource.pageSize, options);
    return this.#page(page, page.rows);
  }

  /** Page after page, in constant memory. */
  async *pages(options: CallOptions = {}): AsyncGenerator<Page<M>, void, undefined> {
    const { limit = Number.POSITIVE_INFINITY, nothing } = this.#said;
    if (nothing || limit === 0) return;
    assertOperation(this.#scope.resource, 'list');
    const session = sessionOf(this.#scope);
    const size = Math.min(this.#said.perPage ?? this.#scope.resource.pageSize, limit);
    const walk = {
      size,
      key: this.#scope.resource.key,
      request: (number: number) => this.#request(number, size, options),
      send: session.send.bind(session),
    };
    let left = limit;
    for await (const page of walkPages(walk)) {
      yield await this.#page(page, page.rows.slice(0, left));
      left -= page.rows.length;
      if (left <= 0) return;
    }
  }

  /** Lists of so many records, the last one perhaps shorter. */
  async *batches(size: number, options: CallOptions = {}): AsyncGenerator<M[], void, undefined> {
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
    const records = await this.all(options);
    return records.map((record) => record[name as unknown as keyof M] as M[K]);
  }

  /** How many there are: V2's `/count` or V3's total, never a full read. */
  async count(options: CallOptions = {}): Promise<number> {
    if (this.#said.nothing) return 0;
    const { resource } = this.#scope;
    assertOperation(resource, 'count');
    const { subpath, query } = dialectOf(resource.version).count;
    const request = {
      ...this.#request(1, 1, options),
      path: `${collectionPath(this.#scope)}${subpath}`,
      query: { ...this.#said.filters, ...this.#said.params, ...query },
    };
    return countOf(request, await sessionOf(this.#scope).send(request));
  }

  /** Whether there is a record with this key, or to which these filters apply, or any at all. */
  async exists(...asked: [keyOrFilters?: Key | Where<M>, options?: CallOptions]): Promise<boolean> {
    const [keyOrFilters, options = {}] = asked;
    if (asked.length === 0) return (await this.first(options)) !== null;
    if (typeof keyOrFilters === 'object' && keyOrFilters !== null)
      return (await this.where(keyOrFilters as Where<M>).first(options)) !== null;
    return this.find(keyOrFilters as Key, options).then(
      () => true,
      (error: unknown) => {
        if (error instanceof RecordNotFoundError) return false;
        throw error;
      },
    );
  }

  /**
   * Deletes all records of the query. V3 takes a filtered DELETE in one request where it is documented to heed the filters;
   * elsewhere the keys are read first, and just those records deleted.
   *
   * @throws ArgumentError for a query without a filter, unless told `{ all: true }`
   */
  async deleteAll(options: CallOptions & { all?: boolean } = {}): Promise<void> {
    const { resource } = this.#scope;
    const { filters, limit, nothing } = this.#said;
    assertOperation(resource, 'deleteAll', 'delete');
    if (nothing) return;
    if (limit !== undefined)
      throw new ArgumentError('deleteAll() deletes all that the filters match; it cannot heed limit(). Nothing was sent.');
    const names = Object.keys(filters);
    if (names.length === 0) {
      if (options.all !== true)
        throw new ArgumentError(
          `This would delete every ${resource.name} of the store: give a filter, or say deleteAll({ all: true }). Nothing was sent.`,
        );
      assertOperation(resource, 'deleteAll');
      return this.#delete(collectionPath(this.#scope), this.#said.params, options);
    }
    if (names.every((name) => resource.deleteFilters.includes(name)))
      return this.#delete(collectionPath(this.#scope), { ...filters, ...this.#said.params }, options);
    const keys: Key[] = [];
    for await (const page of this.pages(options)) for (const record of page) keys.push((record as Row)[resource.key] as Key);
    const list = `${resource.key}:in`;
    if (resource.deleteFilters.includes(list)) {
      for (let at = 0; at < keys.length; at += resource.pageSize)
        await this.#delete(collectionPath(this.#scope), { [list]: keys.slice(at, at + resource.pageSize) }, options);
    } else {
      await Promise.all(keys.map((key) => this.#delete(memberPath(this.#scope, key), {}, options)));
    }
  }

  /** The request that would be sent first. Sends nothing. */
  toRequest(): Pick<RequestDescription, 'method' | 'version' | 'path' | 'query' | 'body'> {
    const { limit = Number.POSITIVE_INFINITY, perPage = this.#scope.resource.pageSize } = this.#said;
    const { signal, ...request } = this.#request(1, Math.min(perPage, limit), {});
    return { ...request, body: undefined };
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
    return `Query<${name}> { GET /${version}${path} ${inspect({ ...this.#said.filters, ...this.#said.params })} }`;
  }

  get #said(): Said {
    return this.#changed ?? saidOf(this.#scope);
  }

  #with(said: Partial<Said>): Query<M> {
    return new Query(this.#scope, { ...this.#said, ...said });
  }

  async #load(rows: readonly Row[]): Promise<M[]> {
    const { params } = this.#scope;
    const session = sessionOf(this.#scope);
    const records = rows.map((row) => this.#scope.load(row, session, params));
    await this.#scope.ready?.(records);
    return records;
  }

  async #page(page: RowPage, rows: readonly Row[]): Promise<Page<M>> {
    return new Page(await this.#load(rows), page.number, page.total, page.totalPages);
  }

  #request(page: number, size: number, { signal }: CallOptions): RequestDescription {
    const { filters, params } = this.#said;
    const { version } = this.#scope.resource;
    return {
      method: 'GET',
      version,
      path: collectionPath(this.#scope),
      query: { ...filters, ...params, ...(page > 1 ? { page } : {}), limit: size },
      signal,
    };
  }

  async #rows(number: number, size: number, options: CallOptions): Promise<RowPage> {
    if (this.#said.nothing || this.#said.limit === 0) return { number, rows: [] };
    assertOperation(this.#scope.resource, 'list');
    const request = this.#request(number, size, options);
    const answer = await sessionOf(this.#scope).send(request);
    return { number, rows: rowsOf(request, answer), ...dialectOf(request.version).totals(answer.body) };
  }

  async #delete(path: string, query: Readonly<Record<string, QueryValue>>, { signal }: CallOptions): Promise<void> {
    await sessionOf(this.#scope).send({ method: 'DELETE', version: this.#scope.resource.version, path, query, signal });
  }
}

function wholeNumber(what: string, value: unknown, least: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
  throw new ArgumentError(`${what} takes a whole number from ${least}, got ${describe(value)}.`);
}

function unique(before: QueryValue | undefined, names: readonly string[]): string[] {
  return [...new Set([...(Array.isArray(before) ? (before as string[]) : []), ...names])];
}

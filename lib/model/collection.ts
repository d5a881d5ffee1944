import {
  BULK_OPTIONS,
  type BulkOptions,
  type BulkRun,
  type Source,
  UPDATE_MANY_OPTIONS,
  type UpdateManyOptions,
} from '../bulk/bulk-run.js';
import { createMany, destroyMany, saveMany, updateMany, upsertMany } from '../bulk/bulk-writes.js';
import { fromHere } from '../errors/call-site.js';
import { routeOf, sendingAlone } from '../persistence/parent-route.js';
import { type DeleteAllOptions, type Deletions, deleteRequest } from '../query/deletions.js';
import { isDuplicateError } from '../query/duplicate-error.js';
import { type RecordCallOptions, type RecordSaveOptions, splitParams } from '../query/params.js';
import {
  assertKeyed,
  assertOperation,
  checkRecordKey,
  collectionPath,
  knownSessionOf,
  memberPath,
  type Scope,
  scopeQuery,
  sessionOf,
} from '../query/scope.js';
import { assertSettable } from '../query/settable.js';
import type { Where } from '../query/where.js';
import { buildIn, handleOf, loadIn, rowOfAttributes } from '../record/instantiate.js';
import { type ModelScope, narrowTo } from '../record/model-scope.js';
import { ownerOf } from '../record/owner.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { isAttribute, propertyName } from '../schema/names.js';
import type { CreateAttributes, CreateRest, GivenAttributes, NewAttributes, SelectedFrom, UpdateRow, UpsertRow } from '../schema/types.js';
import type { RequestOptions } from '../session/options.js';
import { checkPath, type Key } from '../transport/path.js';
import {
  type ApiResponse,
  type CallOptions,
  callOf,
  checkCall,
  freshCallOf,
  type GivenParams,
  type Method,
  RECORD_CALL_OPTIONS,
  SAVE_OPTIONS,
  type SaveOptions,
} from '../transport/request.js';
import { Query } from './query.js';

/** The methods of a record that collections call. */
interface Saveable {
  readonly isNew: boolean;
  assign(attributes: object): this;
  save(options?: SaveOptions): Promise<unknown>;
}

/**
 * All records of a resource at one path: the products of the store, or the options of product 1.
 * It is a query without conditions that can also create, change and delete records.
 *
 * @example
 * const options = ProductOption.of(1);
 * await options.find(2);
 * await options.create({ display_name: 'Size' });
 */
export class Collection<M extends object> extends Query<M> {
  readonly #scope: ModelScope<M>;

  /** @internal */
  constructor(scope: ModelScope<M>) {
    super(scope);
    this.#scope = scope;
  }

  /**
   * Returns a record as if the store had sent these attributes, without a request. Takes property names and the API's names, so it
   * turns the copy of a record back into a record.
   *
   * @example Product.load(JSON.parse(text)); Product.load(structuredClone(product));
   */
  load(attributes: object): M {
    return loadIn(this.#scope, rowOfAttributes(this.#scope.metadata, attributes), knownSessionOf(this.#scope)).record as M;
  }

  /** Returns a new, unsaved record. Sends nothing. */
  build(attributes?: NewAttributes<M>): M {
    return this.buildRecord(attributes);
  }

  /**
   * Creates a record on the store. A few resources respond without the new record: its key is then looked up, by a filter that finds it;
   * if there is none, it stays `undefined`, and calls that need it throw a RecordStateError.
   *
   * @throws ReadonlyAttributeError if a read-only attribute is given, before any request
   * @throws ValidationError or ConflictError if the store refuses it
   * @throws UncertainOutcomeError if the response is lost: the record may exist
   * @example await Customer.create({ first_name: 'John', last_name: 'Smith', email: 'john@example.com' });
   */
  async create(attributes: CreateAttributes<M>, options: RecordSaveOptions<M, 'create'> = {}): Promise<M> {
    checkCall('create()', options, SAVE_OPTIONS);
    return this.createRecord(attributes, options);
  }

  /**
   * Returns the first record that matches the filters. If there is none, creates one from the filters and attributes. If the store
   * refuses it because somebody else has just created one, looks that one up.
   *
   * @throws ReadonlyAttributeError if a read-only attribute is given, before any request
   * @example await Brand.firstOrCreate({ name: 'Acme' });
   */
  async firstOrCreate<K extends keyof Where<M>>(filters: Where<M> & Pick<Where<M>, K>, ...rest: CreateRest<M, K>): Promise<M>;
  async firstOrCreate(filters: Where<M>, attributes?: object, options: SaveOptions = {}): Promise<M> {
    checkCall('firstOrCreate()', options, SAVE_OPTIONS);
    assertSettable(this.#scope.resource, orNone(attributes), true);
    const found = await this.findBy(filters, callOf(options));
    if (found !== null) return found;
    try {
      const { scope } = this.#scope.resource;
      const params = scope.length === 0 ? undefined : Object.fromEntries(Object.entries(filters).filter(([name]) => scope.includes(name)));
      return await this.createRecord(withValues(this.#scope.resource, filters, orNone(attributes)), { ...options, params });
    } catch (error) {
      const existing = isDuplicateError(error) ? await this.findBy(filters, freshCallOf(options)) : null;
      if (existing === null) throw error;
      return existing;
    }
  }

  /** Returns the first record that matches the filters. If there is none, returns an unsaved one from the filters and attributes. */
  async firstOrNew(filters: Where<M>, attributes?: NewAttributes<M>, options: CallOptions = {}): Promise<M> {
    checkCall('firstOrNew()', options);
    return (await this.findBy(filters, options)) ?? this.buildRecord(withValues(this.#scope.resource, filters, orNone(attributes)));
  }

  /**
   * Updates a record without reading it first: one request. Returns the record from the response.
   *
   * @throws RecordNotFoundError, ValidationError, ReadonlyAttributeError
   * @example await Product.update(1, { price: '199.90' });
   */
  async update(key: Key, attributes: GivenAttributes<M>, options: RecordCallOptions<M, 'update'> = {}): Promise<M> {
    checkCall('update()', options, SAVE_OPTIONS);
    assertOperation(this.#scope.resource, 'update');
    assertKeyed(this.#scope.resource);
    memberPath(this.#scope, key);
    const { own } = splitParams(this.#scope.resource, 'update', options);
    const record = handleOf(narrowTo(this.#scope, own), key).record as M & Saveable;
    await record.assign(attributes).save(options);
    return record;
  }

  /** Deletes a record without reading it first: one request. Runs no hooks. @throws RecordNotFoundError */
  async destroy(key: Key, options: RecordCallOptions<M, 'delete'> = {}): Promise<void> {
    checkCall('destroy()', options, RECORD_CALL_OPTIONS);
    await fromHere(async () => {
      assertOperation(this.#scope.resource, 'delete');
      const { own, others } = splitParams(this.#scope.resource, 'delete', options);
      const scope = narrowTo(this.#scope, own);
      const { resource, params } = scope;
      const session = sessionOf(scope);
      const route = routeOf(resource, 'delete');
      if (route === undefined) {
        const request = deleteRequest(scope, key);
        await session.send({ ...request, query: { ...request.query, ...others }, ...callOf(options) });
      } else {
        const removal = { scope: { resource, params, session }, keys: [checkRecordKey(resource, key)], owner: ownerOf(params) };
        await route.delete(removal, sendingAlone(session, options));
      }
    });
  }

  /** Deletes all records of the collection when it is first awaited: `DELETE` on its path, if the API has that. Runs no hooks. */
  override deleteAll(options: DeleteAllOptions = {}): Deletions {
    return this.deletions(options, { all: true });
  }

  /**
   * Creates many records, given as attributes or unsaved records, in as few requests as the API allows. Awaited, it returns what
   * succeeded and what failed, in the order given. Iterated, it yields an outcome per record as soon as it is known.
   *
   * @example
   * const { succeeded, failed, requests } = await Customer.createMany(rows);
   */
  createMany(list: Source<CreateAttributes<M> | M>, options: BulkOptions = {}): BulkRun<M> {
    checkCall('createMany()', options, BULK_OPTIONS);
    return createMany(this.#scope, list, options);
  }

  /** Saves many records, in as few requests as the API allows: creates new ones, and sends the changes of the others. */
  saveMany(records: Source<M | SelectedFrom<M>>, options: BulkOptions = {}): BulkRun<M> {
    checkCall('saveMany()', options, BULK_OPTIONS);
    return saveMany(this.#scope, records, options);
  }

  /**
   * Updates the records that the store has and creates the others, in as few requests as the API allows. A record is identified by its
   * key or by a unique attribute (`sku`, `email`).
   */
  upsertMany(list: Source<UpsertRow<M> | M>, options: BulkOptions = {}): BulkRun<M> {
    checkCall('upsertMany()', options, BULK_OPTIONS);
    return upsertMany(this.#scope, list, options);
  }

  /**
   * Updates many records. Each row of attributes identifies its record by the key or another unique attribute (`by`). No record is ever
   * created: a row without a matching record fails with a RecordNotFoundError, and the second of two rows for the same record with an
   * ArgumentError. A row may also be a record.
   *
   * @throws ArgumentError if the API has no filter for `by`
   * @example
   * await Product.updateMany([{ sku: 'A', price: 1 }, { sku: 'B', price: 2 }], { by: 'sku' });   // GET ?sku:in=A,B, then one PUT
   */
  updateMany(rows: Source<UpdateRow<M> | M>, options: UpdateManyOptions = {}): BulkRun<M> {
    checkCall('updateMany()', options, UPDATE_MANY_OPTIONS);
    return updateMany(this.#scope, rows, options);
  }

  /** Deletes many records, given as records or keys, in as few requests as the API allows. Runs their hooks. */
  destroyMany(records: Source<M | SelectedFrom<M> | Key>, options: BulkOptions = {}): BulkRun<M> {
    checkCall('destroyMany()', options, BULK_OPTIONS);
    return destroyMany(this.#scope, records, options);
  }

  /** Sends a request below the path, for an endpoint without a method of its own. @example Product.request('GET', 'count') */
  async request(method: Method, subpath = '', options: RequestOptions = {}): Promise<ApiResponse> {
    return requestBelow(this.#scope, collectionPath(this.#scope), method, subpath, options);
  }

  /** @internal Makes a record, whichever call asks for it. */
  protected buildRecord(attributes: object | undefined): M {
    return this.#build(attributes);
  }

  /** @internal Makes a record and saves it, whichever call asks for it. */
  protected async createRecord(attributes: object | undefined, options: SaveOptions & GivenParams): Promise<M> {
    const record = this.#build(attributes);
    try {
      await record.save(options);
    } finally {
      // An after-hook may have thrown, or the store refused a child: the record itself is there.
      if (!record.isNew) this.noteCreated(record);
    }
    return record;
  }

  /** @internal Called for every record that was created here. */
  protected noteCreated(_record: M): void {}

  #build(attributes: object = {}): M & Saveable {
    return buildIn(this.#scope, attributes) as M & Saveable;
  }
}

/** Sends a request to `subpath` below a path of the resource. */
export function requestBelow(scope: Scope, path: string, method: Method, subpath: string, options: RequestOptions): Promise<ApiResponse> {
  const below = subpath === '' ? '' : checkPath(subpath);
  const query = scope.resource.scope.length === 0 ? options.query : { ...scopeQuery(scope), ...options.query };
  return sessionOf(scope).request(method, `${path}${below}`, { version: scope.resource.version, ...options, query });
}

/** Returns the attributes as given, even if they are invalid; an empty object if there are none. */
const orNone = (attributes: object = {}): object => attributes;

/** Returns the attributes of a new record: the given ones, and the filters that set an attribute to a value. */
function withValues(resource: ResourceDeclaration, filters: object, attributes: object): object {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(filters)) {
    if (isAttribute(resource, name) && (typeof value !== 'object' || value instanceof Date)) values[propertyName(resource, name)] = value;
  }
  for (const [name, value] of Object.entries(attributes)) values[propertyName(resource, name)] = value;
  return values;
}

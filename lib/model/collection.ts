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
import { type DeleteAllOptions, type Deletions, deleteRequest } from '../query/deletions.js';
import { isDuplicateError } from '../query/duplicate-error.js';
import { assertOperation, collectionPath, knownSessionOf, memberPath, type Scope, sessionOf } from '../query/scope.js';
import { assertSettable } from '../query/settable.js';
import type { Where } from '../query/where.js';
import { buildIn, loadIn, rowOfAttributes } from '../record/instantiate.js';
import type { ModelScope } from '../record/model-scope.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { isAttribute, propertyName } from '../schema/names.js';
import type { GivenAttributes, NewAttributes, SelectedFrom, UpdateRow } from '../schema/types.js';
import type { RequestOptions } from '../session/options.js';
import { checkPath, type Key } from '../transport/path.js';
import {
  type ApiResponse,
  type CallOptions,
  callOf,
  checkCall,
  freshCallOf,
  type Method,
  SAVE_OPTIONS,
  type SaveOptions,
} from '../transport/request.js';
import { Query } from './query.js';

/** The part of a record that collections call. */
interface Saveable {
  readonly isNew: boolean;
  assign(attributes: object): this;
  save(options?: SaveOptions): Promise<unknown>;
}

/**
 * All records of a resource that live in one place: the store's products, or the options of product 1.
 * A query without conditions, that can also make and remove records.
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
   * A record of this place as if the store had sent it; no request. Takes the API's names and those of the properties, so that a
   * copy of a record becomes a record again.
   *
   * @example Product.load(JSON.parse(text)); Product.load(structuredClone(product));
   */
  load(attributes: object): M {
    return loadIn(this.#scope, rowOfAttributes(this.#scope.metadata, attributes), knownSessionOf(this.#scope)).record as M;
  }

  /** A new record of this place, unsaved. */
  build(attributes?: NewAttributes<M>): M {
    return this.buildRecord(attributes);
  }

  /** A new record of this place, saved. @throws ValidationError, ConflictError, UncertainOutcomeError, ReadonlyAttributeError */
  async create(attributes?: NewAttributes<M>, options: SaveOptions = {}): Promise<M> {
    checkCall('create()', options, SAVE_OPTIONS);
    return this.createRecord(attributes, options);
  }

  /**
   * The first record to which the filters apply, else a new one of the filters and attributes, saved. Where the store refuses
   * that because somebody else has just created one, it is looked up again.
   *
   * @throws ReadonlyAttributeError when the attributes hold one that only the store sets, before any request
   */
  async firstOrCreate(filters: Where<M>, attributes?: NewAttributes<M>, options: SaveOptions = {}): Promise<M> {
    checkCall('firstOrCreate()', options, SAVE_OPTIONS);
    assertSettable(this.#scope.resource, orNone(attributes), true);
    const found = await this.findBy(filters, callOf(options));
    if (found !== null) return found;
    try {
      return await this.createRecord(withValues(this.#scope.resource, filters, orNone(attributes)), options);
    } catch (error) {
      const there = isDuplicateError(error) ? await this.findBy(filters, freshCallOf(options)) : null;
      if (there === null) throw error;
      return there;
    }
  }

  /** The first record to which the filters apply, else a new one of the filters and attributes, unsaved. */
  async firstOrNew(filters: Where<M>, attributes?: NewAttributes<M>, options: CallOptions = {}): Promise<M> {
    checkCall('firstOrNew()', options);
    return (await this.findBy(filters, options)) ?? this.buildRecord(withValues(this.#scope.resource, filters, orNone(attributes)));
  }

  /** Changes a record without reading it first: one request. Gives the record as the store answers it. */
  async update(key: Key, attributes: GivenAttributes<M>, options: CallOptions = {}): Promise<M> {
    checkCall('update()', options, SAVE_OPTIONS);
    const { resource } = this.#scope;
    assertOperation(resource, 'update');
    memberPath(this.#scope, key);
    const record = loadIn(this.#scope, { [resource.key]: key }, sessionOf(this.#scope)).record as M & Saveable;
    await record.assign(attributes).save(options);
    return record;
  }

  /** Deletes a record without reading it first: one request. @throws RecordNotFoundError */
  async destroy(key: Key, options: CallOptions = {}): Promise<void> {
    checkCall('destroy()', options);
    await fromHere(async () => {
      assertOperation(this.#scope.resource, 'delete');
      await sessionOf(this.#scope).send({ ...deleteRequest(this.#scope, key), ...callOf(options) });
    });
  }

  /** Deletes everything in this place: `DELETE` on its path. */
  override deleteAll(options: DeleteAllOptions = {}): Deletions {
    return super.deleteAll({ ...options, all: true });
  }

  /**
   * Creates many records, given as attributes or as unsaved records, in as few requests as the API allows. Awaited, it gives
   * what succeeded and what failed, in order; iterated, an outcome a record as it is settled.
   *
   * @example
   * const { succeeded, failed, requests } = await Customer.createMany(rows);
   */
  createMany(list: Source<NewAttributes<M> | M>, options: BulkOptions = {}): BulkRun<M> {
    checkCall('createMany()', options, BULK_OPTIONS);
    return createMany(this.#scope, list, options);
  }

  /** Saves many records: the new, the changed; the others need no request. Only what changed is sent. */
  saveMany(records: Source<M | SelectedFrom<M>>, options: BulkOptions = {}): BulkRun<M> {
    checkCall('saveMany()', options, BULK_OPTIONS);
    return saveMany(this.#scope, records, options);
  }

  /**
   * Updates what the store has and creates what it does not have: known by its key, or by an attribute that no two records
   * share (`sku`, `email`).
   */
  upsertMany(list: Source<NewAttributes<M> | M>, options: BulkOptions = {}): BulkRun<M> {
    checkCall('upsertMany()', options, BULK_OPTIONS);
    return upsertMany(this.#scope, list, options);
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
  updateMany(rows: Source<UpdateRow<M> | M>, options: UpdateManyOptions = {}): BulkRun<M> {
    checkCall('updateMany()', options, UPDATE_MANY_OPTIONS);
    return updateMany(this.#scope, rows, options);
  }

  /** Deletes many records, given as such or by their keys, with their hooks. */
  destroyMany(records: Source<M | SelectedFrom<M> | Key>, options: BulkOptions = {}): BulkRun<M> {
    checkCall('destroyMany()', options, BULK_OPTIONS);
    return destroyMany(this.#scope, records, options);
  }

  /** Sends a request below this place, for an endpoint that has no method yet. @example Product.request('GET', 'count') */
  async request(method: Method, subpath = '', options: RequestOptions = {}): Promise<ApiResponse> {
    return requestBelow(this.#scope, collectionPath(this.#scope), method, subpath, options);
  }

  /** @internal Makes a record, whichever call asks for it. */
  protected buildRecord(attributes: object | undefined): M {
    return this.#build(attributes);
  }

  /** @internal Makes a record and saves it, whichever call asks for it. */
  protected async createRecord(attributes: object | undefined, options: SaveOptions): Promise<M> {
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
  return sessionOf(scope).request(method, `${path}${below}`, { version: scope.resource.version, ...options });
}

/** Attributes as they were given, be they wrong ones; an empty object where there are none. */
const orNone = (attributes: object = {}): object => attributes;

/** Attributes for a new record: of the filters, those that give an attribute its value. */
function withValues(resource: ResourceDeclaration, filters: object, attributes: object): object {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(filters)) {
    if (isAttribute(resource, name) && (typeof value !== 'object' || value instanceof Date)) values[propertyName(resource, name)] = value;
  }
  for (const [name, value] of Object.entries(attributes)) values[propertyName(resource, name)] = value;
  return values;
}

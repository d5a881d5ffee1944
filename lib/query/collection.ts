import type { GivenAttributes, NewAttributes } from '../schema/types.js';
import type { RequestOptions } from '../session/options.js';
import { checkPath, type Key } from '../transport/path.js';
import type { Answer, CallOptions, Method, RequestDescription } from '../transport/request.js';
import { Query } from './query.js';
import { assertOperation, collectionPath, memberPath, type Saveable, type Scope, sessionOf } from './scope.js';
import type { Where } from './where.js';

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
  readonly #scope: Scope<M>;

  /** @internal */
  constructor(scope: Scope<M>) {
    super(scope);
    this.#scope = scope;
  }

  /** A new record of this place, unsaved. */
  build(attributes: NewAttributes<M> = {} as NewAttributes<M>): M {
    return this.#build(attributes);
  }

  /** A new record of this place, saved. @throws ValidationError, ConflictError */
  async create(attributes: NewAttributes<M> = {} as NewAttributes<M>, options: CallOptions = {}): Promise<M> {
    const record = this.#build(attributes);
    await record.save(options);
    return record;
  }

  /** The first record to which the filters apply, else a new one of the filters and attributes, saved. */
  async firstOrCreate(filters: Where<M>, attributes: NewAttributes<M> = {} as NewAttributes<M>, options: CallOptions = {}): Promise<M> {
    return (await this.findBy(filters, options)) ?? this.create(withValues(filters, attributes), options);
  }

  /** The first record to which the filters apply, else a new one of the filters and attributes, unsaved. */
  async firstOrNew(filters: Where<M>, attributes: NewAttributes<M> = {} as NewAttributes<M>, options: CallOptions = {}): Promise<M> {
    return (await this.findBy(filters, options)) ?? this.build(withValues(filters, attributes));
  }

  /** Changes a record without reading it first: one request. Gives the record as the store answers it. */
  async update(key: Key, attributes: GivenAttributes<M>, options: CallOptions = {}): Promise<M> {
    const { resource, params } = this.#scope;
    assertOperation(resource, 'update');
    memberPath(this.#scope, key);
    const record = this.#scope.load({ [resource.key]: key }, sessionOf(this.#scope), params) as M & Saveable;
    await record.assign(attributes).save(options);
    return record;
  }

  /** Deletes a record without reading it first: one request. @throws RecordNotFoundError */
  async destroy(key: Key, { signal }: CallOptions = {}): Promise<void> {
    assertOperation(this.#scope.resource, 'delete');
    await sessionOf(this.#scope).send({ ...deletion(this.#scope, key), signal });
  }

  /** Deletes everything in this place: `DELETE` on the collection. */
  override async deleteAll(options: CallOptions & { all?: boolean } = {}): Promise<void> {
    return super.deleteAll({ ...options, all: true });
  }

  /** Sends a request below this place, for an endpoint that has no method yet. @example Product.request('GET', 'count') */
  async request(method: Method, subpath = '', options: RequestOptions = {}): Promise<Answer> {
    return sendBelow(this.#scope, collectionPath(this.#scope), method, subpath, options);
  }

  #build(attributes: object): M & Saveable {
    return this.#scope.build(attributes, this.#scope.session, this.#scope.params);
  }
}

/** The request that deletes one record. */
export function deletion(scope: Scope<object>, key: Key): RequestDescription {
  const { resource } = scope;
  const path = memberPath(scope, key);
  if (resource.addressing === 'path') return { method: 'DELETE', version: resource.version, path, query: {} };
  return { method: 'DELETE', version: resource.version, path: collectionPath(scope), query: { [`${resource.key}:in`]: [key] } };
}

/** Sends a request to `subpath` below a path of the resource. */
export function sendBelow(scope: Scope<object>, path: string, method: Method, subpath: string, options: RequestOptions): Promise<Answer> {
  const below = subpath === '' ? '' : checkPath(subpath);
  return sessionOf(scope).request(method, `${path}${below}`, { version: scope.resource.version, ...options });
}

/** Attributes for a new record, from those filters that are plain values. */
function withValues<M>(filters: Where<M>, attributes: NewAttributes<M>): NewAttributes<M> {
  const plain = Object.entries(filters as object).filter(
    ([name, value]) => !name.includes(':') && (typeof value !== 'object' || value instanceof Date),
  );
  return { ...Object.fromEntries(plain), ...attributes } as NewAttributes<M>;
}

import { COPY, THIS_COPY } from '../copies.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { FieldErrors } from '../errors/field-errors.js';
import { hasPendingChildren } from '../persistence/pending-children.js';
import { destroyRecord, reloadRecord, saveRecord } from '../persistence/persist.js';
import { validate } from '../persistence/validate.js';
import { paramTypesOf, type RecordCallOptions, type RecordSaveOptions } from '../query/params.js';
import { memberPath } from '../query/scope.js';
import { filtersOf } from '../query/where.js';
import { restoreStored } from '../record/accept-response.js';
import { assignAttributes, restoreInitialAttributes } from '../record/assign-attributes.js';
import { currentValue } from '../record/attribute-values.js';
import { changedAttributes, changesOf, isChanged } from '../record/change-set.js';
import { NO_ATTRIBUTES } from '../record/construction.js';
import { buildIn, loadIn } from '../record/instantiate.js';
import { resourceOf } from '../record/metadata-storage.js';
import { scopeOf } from '../record/model-scope.js';
import { writableAttributes } from '../record/read-only.js';
import { isSameRecord, keyOf, nameOf, paramsOf, scopeOfRecord } from '../record/record-address.js';
import { contextIn, contextOf } from '../record/record-base.js';
import { ownRareState } from '../record/record-context.js';
import { toJSON, toObject } from '../record/serialize.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { CALLS, type Instead, RECORD_CALLS, refuseGuesses } from '../schema/guesses.js';
import {
  type Changes,
  type CreateAttributes,
  type GivenAttributes,
  includesOf,
  membersOf,
  type NewAttributes,
  requiredOf,
} from '../schema/types.js';
import { knownSession, runningSession } from '../session/current.js';
import type { RequestOptions } from '../session/options.js';
import type { Key } from '../transport/path.js';
import { type ApiResponse, checkCall, type Method, RECORD_CALL_OPTIONS, SAVE_OPTIONS } from '../transport/request.js';
import { Collection, requestBelow } from './collection.js';
import { ModelStatics } from './model-statics.js';
import { parentParams, parentSession } from './parent-params.js';
import type { Session } from './session.js';
import { onSession } from './using.js';

/** A concrete model: a class whose static methods can be called. */
export type ModelClass<M extends Model = Model> = (abstract new (...args: never[]) => M) & Pick<typeof Model, keyof typeof Model>;

/** Names a parent in a nested path: a record or its key. */
export type Parent = Model | Key;

/**
 * The base class of all models. A class that extends it and has `@Resource` stands for a resource of the store. Its instances are
 * records, which track their changes and save only these.
 *
 * The type parameters are optional: the class itself, so that `new Product({ … })` checks names; its filters, for `where`; the names
 * that `include` takes; those that `create` demands; and the query parameters of single reads, writes and actions.
 *
 * @example
 * @Resource('/widgets', { version: 'v3' })
 * class Widget extends Model {
 *   @Attribute() id!: number;
 *   @Attribute() name!: string;
 * }
 */
export abstract class Model<
  Self = unknown,
  Filters = unknown,
  Include = unknown,
  Required = unknown,
  Params = unknown,
> extends ModelStatics {
  // Known to the compiler only. Methods, since the type of `{ ...record }` leaves these out: it can then be written in declarations.
  [filtersOf]?(): Filters;
  [includesOf]?(): Include;
  [requiredOf]?(): Required;
  [paramTypesOf]?(): Params;
  [membersOf]?(): Model;
  // Names of other libraries: see schema/guesses.ts, which makes them throw.
  declare readonly delete: Instead<'destroy()'>;

  /** @internal */
  static get [COPY](): typeof THIS_COPY {
    return THIS_COPY;
  }

  static {
    refuseGuesses(Model, CALLS);
    refuseGuesses(Model.prototype, RECORD_CALLS);
  }

  /** Creates an unsaved record. @throws ConfigurationError if the class has no `@Resource`, or was replaced by the decorator */
  constructor(attributes?: NewAttributes<Self>) {
    super();
    if (attributes === NO_ATTRIBUTES) return; // to be loaded
    const context = contextOf(this);
    if (context.metadata.model !== new.target) refuseReplaced(new.target.name);
    context.session = runningSession();
    if (attributes !== undefined) ownRareState(context).initialAttributes = attributes;
  }

  /** The frozen declaration of the resource: paths, attributes, filters, operations, relations, batch limits. */
  static get resource(): ResourceDeclaration {
    return resourceOf(this);
  }

  /** Returns a handle for a record, without a request: for its relations, `update()` and `destroy()`. @example Product.ref(1).options */
  static ref<M extends Model>(this: ModelClass<M>, key: Key): M {
    const scope = scopeOf<M>(this);
    memberPath(scope, key);
    return loadIn(scope, { [scope.resource.key]: key }, scope.session).record as M;
  }

  /**
   * Returns the records of these parents, for a resource with a nested path. A parent is a record or its key.
   *
   * @example
   * ProductOption.of(1).find(2);                       // GET /products/1/options/2
   * ProductOptionValue.of(product, option).all();
   */
  static of<M extends Model>(this: ModelClass<M>, ...parents: Parent[]): Collection<M> {
    return new Collection(scopeOf<M>(this, parentParams(resourceOf(this), parents), parentSession(this, parents)));
  }

  /** Returns the same model, bound to another session. @example await Product.using(other).find(1) */
  static using<C extends ModelClass>(this: C, session: Session): C {
    return onSession(this, session);
  }

  /**
   * Saves the record: sends the attributes that changed, or all that are set if it is new. Sends nothing if nothing changed. Related
   * records that are written inside it are sent along if they changed: the lines of a V2 order.
   *
   * @throws ValidationError if the store refuses the record, with `errors` by field, also as `fieldErrors`; the changes are kept
   * @throws ReadonlyAttributeError if a read-only attribute was changed, before any request
   * @throws AfterHookError if an after-hook throws; the record is saved
   * @throws DeadlockError if it is called in a hook that the record itself waits for
   * @throws StaleRecordError if the record was destroyed or, with `ifUnchanged`, changed by somebody else
   * @example
   * product.price = '199.90';
   * await product.save();                              // PUT /products/1  {"price":"199.90"}
   */
  async save(options?: RecordSaveOptions<this, 'create' | 'update'>): Promise<this> {
    if (options !== undefined) checkCall('save()', options, SAVE_OPTIONS);
    await saveRecord(contextOf(this), options);
    return this;
  }

  /** Sets attributes and saves the record: `assign()` and `save()`. @throws what `save()` throws */
  async update(attributes: GivenAttributes<this>, options: RecordSaveOptions<this, 'create' | 'update'> = {}): Promise<this> {
    checkCall('update()', options, SAVE_OPTIONS); // before anything is assigned
    return this.assign(attributes).save(options);
  }

  /** Sets several attributes, copying nested values. Sends nothing. */
  assign(attributes: GivenAttributes<this>): this {
    assignAttributes(contextOf(this), attributes);
    return this;
  }

  /** Deletes the record from the store. It cannot be saved again. @throws RecordNotFoundError, AfterHookError */
  async destroy(options: RecordCallOptions<this, 'delete'> = {}): Promise<this> {
    checkCall('destroy()', options, RECORD_CALL_OPTIONS);
    await destroyRecord(contextOf(this), options);
    return this;
  }

  /** Reads the record again and drops unsaved changes. @throws RecordNotFoundError if it was deleted; the record then stays as it is */
  async reload(options: RecordCallOptions<this, 'get'> = {}): Promise<this> {
    checkCall('reload()', options, RECORD_CALL_OPTIONS);
    await reloadRecord(contextOf(this), options);
    return this;
  }

  /** Drops unsaved changes. Sends nothing. */
  restore(): this {
    const context = contextOf(this);
    if (context.isNew) restoreInitialAttributes(context);
    else restoreStored(context);
    return this;
  }

  /** Returns an unsaved copy, without the key and read-only attributes. */
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

  /** Whether both are the same record of the same store, even if their attributes differ. */
  isSame(other: unknown): boolean {
    if (other === this) return true;
    const context = contextIn(other);
    return context?.record.constructor === this.constructor && isSameRecord(contextOf(this), context);
  }

  /** Sends a request below this record's path, for an endpoint without a method of its own. @example product.request('GET', 'custom-fields') */
  async request(method: Method, subpath = '', options: RequestOptions = {}): Promise<ApiResponse> {
    const context = contextOf(this);
    const scope = scopeOfRecord(context);
    return requestBelow(scope, memberPath(scope, keyOf(context) as Key), method, subpath, options);
  }

  /** Runs the validations of the model, as `save` does. Sends nothing. @throws ValidationError */
  async validate(): Promise<this> {
    await validate(contextOf(this));
    return this;
  }

  /** Whether the record is not on the store yet. */
  get isNew(): boolean {
    return contextOf(this).isNew;
  }

  /** Whether a save would send something: the record has changes, related records that are not created yet, or changed ones that it sends along. */
  get isDirty(): boolean {
    const context = contextOf(this);
    return isChanged(context) || hasPendingChildren(context);
  }

  /** Whether `destroy()` has deleted the record. */
  get isDestroyed(): boolean {
    return contextOf(this).rare.isDestroyed;
  }

  /** The properties that differ from what the store last sent. */
  get changed(): string[] {
    return changedAttributes(contextOf(this)).map(({ property }) => property);
  }

  /** Old and new values of the changed properties: `{ price: ['10.00', '199.90'] }`. */
  get changes(): Changes<this> {
    const context = contextOf(this);
    return changesOf(context, changedAttributes(context)) as Changes<this>;
  }

  /** The changes that the last save sent. */
  get previousChanges(): Changes<this> {
    return contextOf(this).rare.previousChanges as Changes<this>;
  }

  /** Error messages by field, if the last save was refused; otherwise empty. */
  get fieldErrors(): FieldErrors {
    return contextOf(this).rare.fieldErrors;
  }

  /**
   * The session of the record; a record without one takes the current session. It is `undefined` if there is no session at all, and
   * nothing can be sent then. It does not throw, because jest's matchers read every accessor of what they print.
   */
  get session(): Session {
    const context = contextOf(this);
    context.session ??= knownSession();
    return context.session as Session;
  }

  /**
   * Returns a copy of the attributes, under the API's names. Sends nothing.
   *
   * @param options.include adds these relations if they are loaded
   * @param options.writable leaves out the key and read-only attributes, so that `create` and `createMany` accept the result
   * @example
   * await Product.using(other).createMany(products.map((product) => product.toObject({ writable: true })));
   */
  toObject(options: { include?: readonly string[]; writable: true }): CreateAttributes<this>;
  toObject(options?: { include?: readonly string[]; writable?: boolean }): Record<string, unknown>;
  toObject(options: { include?: readonly string[]; writable?: boolean } = {}): object {
    checkCall('toObject()', options, { include: 1, writable: 1 });
    return toObject(contextOf(this), options);
  }

  /**
   * Returns the attributes as JSON values, under the API's names. `Model.load` turns them back into a record. Sends nothing.
   * `JSON.stringify` passes a key; it may get the record itself, which is plain data.
   */
  toJSON(key?: string): Record<string, unknown> {
    return toJSON(this, key) as Record<string, unknown>;
  }

  /**
   * Names the record in a string: `${product}` is `Product 1`, or `Product (new)`. A model's own `toString()` or `valueOf()` comes first.
   * It is neither a `toString()` nor a tag, which fast-deep-equal and lodash would compare instead of the attributes.
   */
  [Symbol.toPrimitive](hint: string): unknown {
    const value: unknown = hint === 'string' ? this : this.valueOf();
    if (value !== this) return value;
    const context = this.toString === Object.prototype.toString ? contextIn(this) : undefined;
    return context === undefined ? this.toString() : nameOf(context);
  }
}

/**
 * esbuild with standard decorators, and swc with legacy ones, leave the class that a decorator has replaced where a class names
 * itself. Its static calls know what they stand for; an instance of it could not keep what it is given.
 */
function refuseReplaced(name: string): never {
  throw new ConfigurationError(
    `new ${name}() in the class ${name} itself makes what @Resource has replaced: esbuild compiles standard decorators so, and swc` +
      ` legacy ones. Write ${name}.of().build({ … }) there. Nothing was sent.`,
  );
}

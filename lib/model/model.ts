import { COPY, THIS_COPY } from '../copies.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { FieldErrors } from '../errors/field-errors.js';
import { hasPendingChildren } from '../persistence/pending-children.js';
import { destroyRecord, reloadRecord, saveRecord } from '../persistence/persist.js';
import { validate } from '../persistence/validate.js';
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
import { isSameRecord, keyOf, paramsOf, scopeOfRecord } from '../record/record-address.js';
import { contextIn, contextOf } from '../record/record-base.js';
import { ownRareState } from '../record/record-context.js';
import { toJSON, toObject } from '../record/serialize.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { CALLS, type Instead, RECORD_CALLS, refuseGuesses } from '../schema/guesses.js';
import { type Changes, type GivenAttributes, includesOf, membersOf, type NewAttributes } from '../schema/types.js';
import { knownSession, runningSession } from '../session/current.js';
import type { RequestOptions } from '../session/options.js';
import type { Key } from '../transport/path.js';
import { type ApiResponse, type CallOptions, checkCall, type Method, SAVE_OPTIONS, type SaveOptions } from '../transport/request.js';
import { Collection, requestBelow } from './collection.js';
import { ModelStatics } from './model-statics.js';
import { parentParams, parentSession } from './parent-params.js';
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
 * The type parameters are optional: the class itself, so that `new Product({ … })` checks names; its filters, so that `where`
 * does; and the names that `include` takes.
 *
 * @example
 * @Resource('/widgets', { version: 'v3' })
 * class Widget extends Model {
 *   @Attribute() id!: number;
 *   @Attribute() name!: string;
 * }
 */
export abstract class Model<Self = unknown, Filters = unknown, Include = unknown> extends ModelStatics {
  // Known to the compiler only. Methods, since the type of `{ ...record }` leaves these out: it can then be written in declarations.
  [filtersOf]?(): Filters;
  [includesOf]?(): Include;
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

  /** A new record, unsaved. @throws ConfigurationError for a class without `@Resource`, or one that it has replaced */
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
    return new Collection(scopeOf<M>(this, parentParams(resourceOf(this), parents), parentSession(this, parents)));
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
  async save(options?: SaveOptions): Promise<this> {
    if (options !== undefined) checkCall('save()', options, SAVE_OPTIONS);
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
  get changes(): Changes<this> {
    const context = contextOf(this);
    return changesOf(context, changedAttributes(context)) as Changes<this>;
  }

  /** What the last save changed. */
  get previousChanges(): Changes<this> {
    return contextOf(this).rare.previousChanges as Changes<this>;
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

import { foreign } from '../copies.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import {
  ALL_OPERATIONS,
  type AttributeDeclaration,
  type AttributeDraft,
  type AttributeType,
  type Class,
  checkResourceOptions,
  type RelationDeclaration,
  type ResourceDeclaration,
  type ResourceOptions,
} from '../schema/declaration.js';
import { attributesOf, type Draft, draftsOf, isContext } from '../schema/metadata.js';
import { copyOf } from '../schema/snapshot.js';
import type { ReservedName } from '../schema/types.js';
import { checkPath, type PathParams } from '../transport/path.js';
import { assign } from './assignment.js';
import { Construction, LOADING, NO_ATTRIBUTES } from './construction.js';
import { settleFields } from './fields.js';
import { stateOf } from './internals.js';
import { Model } from './model.js';
import type { Plan } from './plan.js';
import { stateIn } from './record.js';
import { isRegistered, register, registrationOf } from './registry.js';
import { giveRelated, relationOf } from './related.js';

/** The members of every record. `satisfies` keeps this list and the type in step. */
const RESERVED: ReadonlySet<string> = new Set(
  Object.keys({
    save: 1,
    update: 1,
    assign: 1,
    destroy: 1,
    reload: 1,
    restore: 1,
    clone: 1,
    isSame: 1,
    request: 1,
    validate: 1,
    isNew: 1,
    isDirty: 1,
    isDestroyed: 1,
    changed: 1,
    changes: 1,
    previousChanges: 1,
    fieldErrors: 1,
    toObject: 1,
    toJSON: 1,
    session: 1,
  } satisfies Record<ReservedName, 1>),
);

type Constructor = new (...args: never[]) => Model;

/**
 * Makes a class a resource of the store.
 *
 * Works as a legacy and as a standard decorator. The class is replaced by one that puts the fields right after all
 * constructors have run, so that class fields never hide loaded data, whatever the compiler makes of them.
 *
 * @param path template below the version, `/products/:product_id/options`; left out on a subclass: that of its parent
 * @throws ConfigurationError for a path that is none, a reserved attribute name, or a class that is no `Model`
 * @example
 * @Resource('/products', { version: 'v2' }) class Product extends Model { … }
 */
export function Resource(path?: string, options: ResourceOptions = {}) {
  // The parameter of a class decorator must accept every constructor: hence the one `any`-like list of arguments, `never[]`.
  return <C extends abstract new (...args: never[]) => object>(target: C, context?: unknown): C => {
    if (!(target.prototype instanceof Model)) {
      const what = foreign(target);
      throw new ConfigurationError(
        `@Resource stands on ${target.name}, ${what === undefined ? 'which does not extend Model.' : `and ${what}`}`,
      );
    }
    const wrapper = wrap(target as unknown as Constructor);
    const drafts = draftsOf(target, isContext(context) ? context.metadata : undefined);
    const decorated = target as unknown as Class;
    register(wrapper, decorated, declare(decorated, path, options, drafts), drafts);
    carryAccessors(wrapper);
    defineRelations(wrapper);
    return wrapper as unknown as C;
  };
}

/**
 * The constructor of the class that takes the place of the decorated one is the last to run: there fields are put right, and
 * given values come over their defaults. It is told the circumstances of a record as its one argument, and passes the
 * attributes on to the constructors of the class, which know nothing of it.
 */
function wrap(target: Constructor): Constructor {
  const wrapper = class extends target {
    constructor(...args: never[]) {
      const [first] = args as unknown[];
      if (first === LOADING) super(...([NO_ATTRIBUTES] as never[]));
      else if (new.target !== wrapper) super(...args);
      else {
        const { plan } = registrationOf(wrapper);
        plan.prepareRoom();
        super(...(first instanceof Construction ? ([first.attributes] as never[]) : args));
        finish(this, plan, first instanceof Construction ? first.params : undefined);
      }
    }
  };
  Object.defineProperty(wrapper, 'name', { value: target.name, configurable: true });
  return wrapper;
}

/** Completes a new record. */
function finish(record: object, plan: Plan, params: PathParams | undefined): void {
  const state = stateOf(record);
  if (params !== undefined) state.params = params;
  for (const [property, value] of settleFields(record, plan, false)) giveRelated(record, property, value);
  const defaults = plan.hasFields ? copyOf(plan.attributesIn(record)) : undefined;
  assign(record, state, plan, state.given);
  // What restore() puts back.
  if (defaults !== undefined) state.given = { ...defaults, ...state.given };
}

function declare(target: Class, path: string | undefined, options: ResourceOptions, drafts: readonly Draft[]): ResourceDeclaration {
  checkResourceOptions(target.name, options);
  const parent = parentOf(target);
  const name = target.name;
  const version = options.version ?? parent?.version ?? 'v3';
  if (version !== 'v2' && version !== 'v3') throw new ConfigurationError(`@Resource of ${name}: version is 'v2' or 'v3'.`);
  const known = attributes(name, attributesOf(drafts));
  assertNoRelation(name, drafts);
  const apiNames = new Map(Object.values(known).map((attribute) => [attribute.property, attribute.name]));
  const api = (given: string): string => apiNames.get(given) ?? given;
  const key = api(options.key ?? parent?.key ?? 'id');
  const declared = {
    name,
    version,
    path: pathOf(name, path ?? parent?.path),
    key,
    attributes: known,
    filters: options.filters ?? parent?.filters,
    operations: options.operations ?? parent?.operations ?? ALL_OPERATIONS,
    relations: relations(name, drafts, api),
    batch: options.batch ?? parent?.batch ?? {},
    addressing: options.addressing ?? parent?.addressing ?? 'path',
    keyFilter: options.keyFilter ?? (options.key === undefined ? parent?.keyFilter : undefined) ?? key,
    batchOnly:
      options.batchOnly ?? parent?.batchOnly ?? ((options.addressing ?? parent?.addressing) === 'filter' ? ['create', 'update'] : []),
    alwaysSend: (options.alwaysSend ?? parent?.alwaysSend ?? []).map(api),
    lock: options.lock === undefined ? parent?.lock : api(options.lock),
    identity: (options.identity ?? parent?.identity ?? []).map(api),
    pageSize: options.pageSize ?? parent?.pageSize ?? 250,
    includes: options.includes ?? parent?.includes ?? [],
    includePageSizes: options.includePageSizes ?? parent?.includePageSizes ?? {},
    cursor: options.cursor ?? parent?.cursor ?? false,
    collectionPath: options.collectionPath ?? parent?.collectionPath,
    noEnvelope: options.noEnvelope ?? parent?.noEnvelope ?? false,
    omitsListRows: options.omitsListRows ?? parent?.omitsListRows ?? false,
    statuses: options.statuses ?? parent?.statuses ?? {},
    deleteFilters: options.deleteFilters ?? parent?.deleteFilters ?? [],
    replaces: options.replaces ?? parent?.replaces ?? false,
    ordering: options.ordering ?? parent?.ordering ?? (version === 'v2' ? 'suffix' : 'direction'),
  } satisfies ResourceDeclaration;
  return deepFreeze(declared);
}

/** The nearest ancestor that is a resource. */
function parentOf(target: Class): ResourceDeclaration | undefined {
  for (let at: object | null = Object.getPrototypeOf(target); typeof at === 'function'; at = Object.getPrototypeOf(at)) {
    if (isRegistered(at)) return registrationOf(at).resource;
  }
  return undefined;
}

function pathOf(name: string, path: string | undefined): string {
  if (path === undefined)
    throw new ConfigurationError(
      `@Resource of ${name} needs a path, such as @Resource('/widgets', { version: 'v3' }): there is no parent to inherit one from.`,
    );
  try {
    return checkPath(path);
  } catch (error) {
    throw new ConfigurationError(`@Resource of ${name}: ${(error as Error).message}`);
  }
}

function attributes(model: string, drafts: readonly AttributeDraft[]): Record<string, AttributeDeclaration> {
  const declared: Record<string, AttributeDeclaration> = {};
  for (const { property, name, readOnly, setBy, required, unique, decimals, thunk, cast } of drafts) {
    assertFree(model, property);
    if (Object.hasOwn(declared, name))
      throw new ConfigurationError(`${model}.${property} and ${model}.${declared[name]?.property} are both the attribute \`${name}\`.`);
    const type = cast === undefined ? typeOf(thunk) : 'unknown';
    declared[name] = { name, property, type, readOnly, setBy, required, unique, decimals };
  }
  return declared;
}

function assertFree(model: string, property: string): void {
  if (property === 'constructor' || property === '__proto__' || property === 'then')
    throw new ConfigurationError(`${model}: \`${property}\` cannot be an attribute or a relation.`);
  if (!RESERVED.has(property)) return;
  throw new ConfigurationError(
    `${model}: every record has a member \`${property}\`, so no attribute or relation can be called so. Map it to another name: @Attribute({ name: '${property}' }) ${property}_value.`,
  );
}

/** @throws ConfigurationError for an attribute with the name of a relation of an ancestor, which would hide it */
function assertNoRelation(model: string, drafts: readonly Draft[]): void {
  const relations = new Set<string>();
  for (const draft of drafts) {
    for (const property of draft.attributes.keys())
      if (relations.has(property))
        throw new ConfigurationError(
          `${model}.${property} is a relation of the class that ${model} extends; it cannot be an attribute as well. Its rows: record.toObject({ include: ['${property}'] }).`,
        );
    for (const property of draft.relations.keys()) relations.add(property);
  }
}

/** Types whose thunk can be called at once; others may be classes of modules that are still loading. */
const TYPES = new Map<unknown, AttributeType>([
  [String, 'string'],
  [Number, 'number'],
  [Boolean, 'boolean'],
  [Date, 'date'],
  [Array, 'array'],
  [Object, 'object'],
]);

/** As the declaration says; what a compiler may have written down about types would differ from one toolchain to the next. */
function typeOf(thunk: AttributeDraft['thunk']): AttributeType {
  if (thunk === undefined) return 'unknown';
  try {
    return TYPES.get(thunk()) ?? 'object';
  } catch {
    return 'object';
  }
}

function relations(model: string, drafts: readonly Draft[], api: (name: string) => string): Record<string, RelationDeclaration> {
  const all = new Map<string, RelationDeclaration>();
  for (const [property, draft] of drafts.flatMap((each) => [...each.relations])) {
    const { target, key } = draft;
    assertFree(model, property);
    const named = (given: string | undefined): string | undefined => (given === undefined ? undefined : api(given));
    all.set(property, { ...draft, key: named(key), countedBy: named(draft.countedBy) });
    if (draft.countedBy !== undefined && draft.maxEmbedded === undefined)
      throw new ConfigurationError(`${model}.${property}: countedBy goes with maxEmbedded, the most that the API embeds.`);
    if (typeof target !== 'function')
      throw new ConfigurationError(`${model}.${property}: a relation is given its model by a function, () => Other.`);
  }
  return Object.fromEntries(all);
}

/**
 * Carries the accessors of a class over to the one that takes its place: class-transformer looks for a setter on the very class of
 * an object, and would set what has none.
 */
function carryAccessors(wrapper: Constructor): void {
  const own = wrapper.prototype as object;
  for (let at: object | null = own; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at) as object | null)
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      if (descriptor.get !== undefined && !Object.hasOwn(own, name)) Object.defineProperty(own, name, descriptor);
}

/** Relations are accessors, attributes are not: reading one makes its handle, and sends nothing. */
function defineRelations(wrapper: Constructor): void {
  for (const property of Object.keys(registrationOf(wrapper).resource.relations)) {
    Object.defineProperty(wrapper.prototype, property, {
      configurable: true,
      get(this: object) {
        // A copy or a Proxy of a record has no relations; nor has the prototype, which tools look at.
        return stateIn(this) === undefined ? undefined : relationOf(this, property);
      },
      set(this: object, value: unknown) {
        giveRelated(this, property, value);
      },
    });
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const entry of Object.values(value)) deepFreeze(entry);
  }
  return value;
}

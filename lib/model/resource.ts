import { fromOtherCopy } from '../copies.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { assignAttributes } from '../record/assign-attributes.js';
import { correctClassFields } from '../record/class-fields.js';
import { Construction, LOADING, NO_ATTRIBUTES } from '../record/construction.js';
import { isRegistered, metadataOf, register, resourceOf } from '../record/metadata-storage.js';
import { contextIn, contextOf, RecordBase } from '../record/record-base.js';
import { ownRareState, type RecordContext } from '../record/record-context.js';
import { setRelated } from '../record/relations.js';
import type { Class, ResourceDeclaration, ResourceOptions } from '../schema/declaration.js';
import { declareResource } from '../schema/declare-resource.js';
import { RECORD_CALLS } from '../schema/guesses.js';
import { type Draft, draftsOf, isContext } from '../schema/metadata.js';
import { copyOf } from '../schema/snapshot.js';
import type { PathParams } from '../transport/path.js';
import { Model } from './model.js';
import { relationHandle } from './relation-handles.js';

/** A model as its subclass sees it: constructor arguments are passed on unchanged. */
type Constructor = new (...args: unknown[]) => Model;

/**
 * Declares a class as a resource of the store.
 *
 * Works as a legacy and as a standard decorator. It replaces the class with a subclass whose constructor runs last and corrects the
 * fields, so that class fields never hide loaded data, however they are compiled.
 *
 * @param path the path template below the version, such as `/products/:product_id/options`; a subclass without one inherits it
 * @throws ConfigurationError if the path or an option is invalid, an attribute has a reserved name, or the class does not extend `Model`
 * @example
 * @Resource('/products', { version: 'v2' }) class Product extends Model { … }
 */
export function Resource(path?: string, options: ResourceOptions = {}) {
  // A class decorator must accept every constructor, hence `never[]`.
  return <C extends abstract new (...args: never[]) => object>(target: C, context?: unknown): C => {
    if (!(target.prototype instanceof Model)) {
      const what = fromOtherCopy(target);
      throw new ConfigurationError(`@Resource on ${target.name}: ${what === undefined ? 'the class does not extend Model.' : what}`);
    }
    // Checked above: TypeScript does not narrow a class by its prototype.
    const wrapper = wrap(target as Class as Constructor);
    const drafts = draftsOf(target, isContext(context) ? context.metadata : undefined);
    assertFreeNames(target.name, drafts);
    register({
      model: wrapper,
      decorated: target,
      resource: declareResource(target.name, path, options, drafts, parentOf(target)),
      drafts,
      makeBare: () => Reflect.construct(RecordBase, [], wrapper),
    });
    carryAccessors(wrapper);
    defineRelations(wrapper);
    return wrapper as Class as C; // a subclass with the same constructor
  };
}

/**
 * Returns the class that replaces the decorated one. Its constructor runs last: it corrects the fields and assigns the given values
 * over their defaults. The package itself passes a {@link Construction}; the constructors of the class get its attributes only.
 */
function wrap(target: Constructor): Constructor {
  const wrapper = class extends target {
    constructor(...args: unknown[]) {
      const [first] = args;
      if (first === LOADING) super(NO_ATTRIBUTES);
      else if (new.target !== wrapper) super(...args);
      else {
        metadataOf(wrapper).reserveProperties();
        super(...(first instanceof Construction ? [first.attributes] : args));
        completeNew(contextOf(this), first instanceof Construction ? first.params : undefined);
      }
    }
  };
  Object.defineProperty(wrapper, 'name', { value: target.name, configurable: true });
  return wrapper;
}

/** Corrects the fields of a new record and assigns its initial attributes. */
function completeNew(context: RecordContext, params: PathParams | undefined): void {
  if (params !== undefined) context.params = params;
  for (const [property, value] of correctClassFields(context, false)) setRelated(context, property, value);
  const { metadata, record } = context;
  const defaults = metadata.hasFields ? copyOf(metadata.attributesIn(record)) : undefined;
  const { initialAttributes } = context.rare;
  assignAttributes(context, initialAttributes);
  // restore() goes back to these.
  if (defaults !== undefined) ownRareState(context).initialAttributes = { ...defaults, ...initialAttributes };
}

/** @throws ConfigurationError if an attribute or a relation has the name of a member of every record */
function assertFreeNames(model: string, drafts: readonly Draft[]): void {
  for (const name of drafts.flatMap(({ attributes, relations }) => [...attributes.keys(), ...relations.keys()])) {
    if (['constructor', '__proto__', 'then'].includes(name))
      throw new ConfigurationError(`${model}: \`${name}\` cannot be an attribute or a relation.`);
    if (Object.hasOwn(Model.prototype, name) && !Object.hasOwn(RECORD_CALLS, name))
      throw new ConfigurationError(
        `${model}: \`${name}\` is a member of every record. Map the attribute to another name: @Attribute({ name: '${name}' }) ${name}_value.`,
      );
  }
}

/** Returns the declaration of the nearest ancestor that is a resource. */
function parentOf(target: Class): ResourceDeclaration | undefined {
  for (let at: object | null = Object.getPrototypeOf(target); typeof at === 'function'; at = Object.getPrototypeOf(at)) {
    if (isRegistered(at)) return resourceOf(at);
  }
  return undefined;
}

/**
 * Copies the accessors of a class to the one that replaces it. Otherwise class-transformer, which looks for setters on the exact class
 * of an object, would assign to accessors without a setter.
 */
function carryAccessors(wrapper: Constructor): void {
  const own: object = wrapper.prototype;
  for (let at: object | null = own; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      if (descriptor.get !== undefined && !Object.hasOwn(own, name)) Object.defineProperty(own, name, descriptor);
}

/** Defines an accessor for each relation. Reading it returns the handle of the relation and sends nothing. */
function defineRelations(wrapper: Constructor): void {
  for (const property of Object.keys(resourceOf(wrapper).relations)) {
    Object.defineProperty(wrapper.prototype, property, {
      configurable: true,
      get(this: object) {
        // A copy or a Proxy of a record has no relations, and neither has the prototype, which tools inspect.
        const context = contextIn(this);
        return context === undefined ? undefined : relationHandle(context, property);
      },
      set(this: object, value: unknown) {
        setRelated(contextOf(this), property, value);
      },
    });
  }
}

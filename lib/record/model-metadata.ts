import { castOf } from '../schema/casts.js';
import type { Class, Hook, HookName, RelationDeclaration, ResourceDeclaration, Validation } from '../schema/declaration.js';
import type { Dialect } from '../schema/dialect.js';
import { dialectOf } from '../schema/dialects.js';
import { attributesOf, type Draft } from '../schema/metadata.js';
import { carryStrategy, exposedNames, hasOutputTransform, isExposing } from '../schema/transformer-rules.js';
import { pathNames } from '../transport/path.js';
import { exemplar, MAX_IN_OBJECT, reserveInObjectProperties } from './in-object-properties.js';
import { uniqueNames } from './match-results.js';
import type { ModelAttribute } from './model-attribute.js';
import { type RowShape, RowShapes } from './row-shape.js';

/** Names that must never become properties, because they lead to prototypes. */
const DANGEROUS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** The slots to reserve if rows have undeclared attributes; V8 can store as many again outside the object. */
const UNDECLARED_ROOM = 32;

const NO_HOOKS: readonly Hook[] = [];

/** The number of shapes whose hidden class is kept alive. */
const MAX_EXEMPLARS = 20;

/** What metadata is computed from. */
interface ModelSource {
  readonly model: Class;
  readonly resource: ResourceDeclaration;
  readonly drafts: readonly Draft[];
  makeBare(): object;
}

/**
 * How records of one class are filled, compared and written. Computed once per class, on first use, when all modules are loaded and
 * thunks can be resolved.
 */
export class ModelMetadata {
  readonly resource: ResourceDeclaration;
  /** The class itself. */
  readonly model: Class;
  readonly dialect: Dialect;
  /** The property that holds the key. */
  readonly keyProperty: string;
  /** The `:names` of the resource's path. */
  readonly pathNames: readonly string[];
  /** The names of everything that says where a record is besides its key: those of the path, and the scope. */
  readonly placeNames: readonly string[];
  readonly attributes: readonly ModelAttribute[];
  /** The attributes whose property differs from their API name. */
  readonly renamed: readonly ModelAttribute[];
  readonly relations: ReadonlyMap<string, RelationDeclaration>;
  readonly validations: ReadonlyMap<string, readonly Validation[]>;
  /** The moments at which any method is to be called. */
  readonly hookNames: ReadonlySet<HookName>;
  /** API names of the attributes that no two records share: `sku`, `email`. */
  readonly uniqueNames: readonly string[];
  /** Whether records have `@AfterLoad` hooks. */
  readonly hasAfterLoad: boolean;
  readonly shapes = new RowShapes((names) => this.#describe(names));
  readonly #byName = new Map<string, ModelAttribute>();
  readonly #byProperty = new Map<string, ModelAttribute>();
  readonly #hooks: ReadonlyMap<HookName, readonly Hook[]>;
  /** Fields that the class defines without `@Attribute`, and whether they come with a value. */
  readonly #fields = new Map<string, boolean>();
  /** Whether the class uses class-transformer's `@Expose` or `@Exclude`. */
  readonly #isDecorated: boolean;
  readonly #transformed: ReadonlySet<string>;
  /** One object of each shape, which keeps its hidden class alive. */
  readonly #exemplars: object[] = [];
  /** Whether {@link reserveProperties} was called. */
  isReserved = false;

  readonly #makeBare: () => object;

  constructor({ model, resource, drafts, makeBare }: ModelSource) {
    this.model = model;
    this.resource = resource;
    this.#makeBare = makeBare;
    carryStrategy(Object.getPrototypeOf(model) as Class, model);
    this.dialect = dialectOf(resource.version);
    this.pathNames = pathNames(resource.path);
    this.placeNames = resource.scope.length === 0 ? this.pathNames : [...this.pathNames, ...resource.scope];
    this.attributes = attributesOf(drafts).map((attribute, place) => ({
      name: attribute.name,
      property: attribute.property,
      readOnly: attribute.readOnly,
      declared: true,
      place,
      isHidden: this.#isTaken(attribute.property),
      cast: castOf(attribute, model),
      decimals: attribute.decimals,
    }));
    this.renamed = this.attributes.filter(({ name, property }) => name !== property);
    for (const attribute of this.attributes) {
      this.#byName.set(attribute.name, attribute);
      this.#byProperty.set(attribute.property, attribute);
    }
    this.keyProperty = this.propertyOf(resource.key);
    this.#isDecorated = isExposing(model);
    this.#transformed = new Set([...this.#byProperty.keys()].filter((property) => hasOutputTransform(model, property)));
    this.relations = new Map(Object.entries(resource.relations));
    this.validations = new Map(drafts.flatMap((draft) => [...draft.validations]));
    this.#hooks = hooksOf(drafts);
    this.hookNames = new Set(this.#hooks.keys());
    this.uniqueNames = uniqueNames(resource);
    this.hasAfterLoad = this.#hooks.has('afterLoad');
  }

  hooks(on: HookName): readonly Hook[] {
    return this.#hooks.get(on) ?? NO_HOOKS;
  }

  /** Whether there is a hook for any of these moments. */
  hasHooks(...moments: readonly HookName[]): boolean {
    return this.hookNames.size > 0 && moments.some((moment) => this.hookNames.has(moment));
  }

  /** Returns an attribute by API name; `null` for a forbidden name. */
  attribute(name: string): ModelAttribute | null {
    return this.#byName.get(name) ?? (DANGEROUS.has(name) ? null : this.#undeclared(name));
  }

  /** Returns a declared attribute by property. */
  declaredAt(property: string): ModelAttribute | undefined {
    return this.#byProperty.get(property);
  }

  /** Returns the property of an attribute that is given by API name or property. */
  propertyOf(name: string): string {
    return this.#byName.get(name)?.property ?? name;
  }

  /** Returns the API name for a property, an API name, or a name that `@Expose` uses in JSON. */
  nameOf(key: string): string {
    if (this.#byName.has(key)) return key;
    return this.#byProperty.get(key)?.name ?? this.#byProperty.get(this.#propertyShownAs(key) ?? '')?.name ?? key;
  }

  #propertyShownAs(name: string): string | undefined {
    if (!this.#isDecorated) return undefined;
    for (const [property, shown] of this.exposedNames()) if (shown === name) return property;
    return undefined;
  }

  /** Returns the attribute behind a property of a record; `undefined` if the property is not an attribute. */
  attributeAt(property: string, value: unknown): ModelAttribute | undefined {
    const declared = this.#byProperty.get(property);
    if (declared !== undefined) return declared;
    const isOther =
      typeof value === 'function' ||
      property.startsWith('_') ||
      property.startsWith('$') ||
      this.#fields.has(property) ||
      this.#isTaken(property);
    return isOther ? undefined : this.#undeclared(property);
  }

  /** Returns the attributes of an object, with their values. */
  attributesIn(record: object): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(record).filter(([property, value]) => value !== undefined && this.attributeAt(property, value) !== undefined),
    );
  }

  /** Whether constructors of the class create properties, so that loaded records must be corrected. */
  hasFields = false;

  /** Registers a field that the constructors of the class have created. */
  addField(property: string, hasValue: boolean): void {
    const known = this.#fields.get(property);
    if (known === hasValue || known === true) return;
    this.#fields.set(property, hasValue);
    this.shapes.forget();
  }

  /** Reserves slots for the properties of records, before the first record is created. @param row the first to be loaded */
  reserveProperties(row?: Readonly<Record<string, unknown>>): void {
    if (this.isReserved) return;
    this.isReserved = true;
    const shape = row === undefined ? undefined : this.shapes.of(row);
    reserveInObjectProperties(
      this.#makeBare,
      shape === undefined ? Math.max(this.attributes.length, UNDECLARED_ROOM) : this.#roomFor(shape),
    );
  }

  #roomFor({ attributes }: RowShape): number {
    const declared = this.attributes.length;
    // A row with many of the attributes is typical of those to come; one with few is not. What does not fit is stored outside the object.
    if (attributes.length * 3 < declared) return Math.max(declared, attributes.length);
    const room = Math.max(attributes.length, Math.ceil(declared / 2));
    return attributes.every((attribute) => attribute.declared) ? room : Math.max(room, UNDECLARED_ROOM);
  }

  #describe(names: readonly string[]): RowShape {
    const attributes: ModelAttribute[] = [];
    const from: number[] = [];
    const relations: string[] = [];
    const hidden: string[] = [];
    for (const [at, name] of names.entries()) {
      if (this.relations.has(name)) {
        relations.push(name);
        continue;
      }
      const attribute = this.attribute(name);
      if (attribute === null) continue;
      if (attribute.isHidden) hidden.push(name);
      else {
        attributes.push(attribute);
        from.push(at);
      }
    }
    const properties = attributes.map(({ property }) => property);
    if (this.#exemplars.length < MAX_EXEMPLARS && properties.length <= MAX_IN_OBJECT)
      this.#exemplars.push(exemplar(this.#makeBare, properties));
    const isTransformed = this.isTransformed(properties);
    return {
      names,
      attributes,
      sources: attributes.map(({ name }) => name),
      properties,
      from: from.length === names.length ? undefined : from,
      places: new Map(properties.map((property, at) => [property, at])),
      castAt: attributes.flatMap(({ cast }, at) => (cast === undefined ? [] : [at])),
      relations,
      hidden,
      isTransformed,
      isOwnJson: hidden.length === 0 && attributes.every((attribute) => this.#isOwnJson(attribute)) && !isTransformed,
    };
  }

  /** Whether JSON.stringify writes an attribute correctly. V2 dates have another format. */
  #isOwnJson({ name, property, cast }: ModelAttribute): boolean {
    return name === property && !/^[_$]/.test(name) && (cast === undefined || (cast.isDate === true && this.dialect.writesJsonDates));
  }

  /** Returns the names under which class-transformer's `@Expose` shows properties and getters. */
  exposedNames(): ReadonlyMap<string, string> {
    return exposedNames(this.model);
  }

  /** Whether class-transformer affects how a record with these properties is written. */
  isTransformed(properties: readonly string[]): boolean {
    return this.#isDecorated || properties.some((property) => this.hasOutputTransform(property));
  }

  /** Whether class-transformer's `@Transform` affects how a property is written. */
  hasOutputTransform(property: string): boolean {
    return this.#byProperty.has(property) ? this.#transformed.has(property) : hasOutputTransform(this.model, property);
  }

  /** Whether the class has a setter of this name, other than those of relations and prototypes. */
  hasSetter(name: string): boolean {
    if (DANGEROUS.has(name) || this.relations.has(name)) return false;
    for (let at: object | null = this.model.prototype as object; at !== null; at = Object.getPrototypeOf(at) as object | null) {
      const descriptor = Object.getOwnPropertyDescriptor(at, name);
      if (descriptor !== undefined) return descriptor.set !== undefined;
    }
    return false;
  }

  #isTaken(name: string): boolean {
    return name === 'then' || DANGEROUS.has(name) || name in (this.model.prototype as object);
  }

  #undeclared(name: string): ModelAttribute {
    return {
      name,
      property: name,
      readOnly: false,
      declared: false,
      place: Number.POSITIVE_INFINITY,
      isHidden: this.#isTaken(name) || this.#byProperty.has(name) || this.#fields.get(name) === true,
      cast: undefined,
      decimals: undefined,
    };
  }
}

function hooksOf(drafts: readonly Draft[]): Map<HookName, Hook[]> {
  const hooks = new Map<HookName, Hook[]>();
  for (const hook of new Map(drafts.flatMap((draft) => [...draft.hooks])).values())
    hooks.set(hook.on, [...(hooks.get(hook.on) ?? []), hook]);
  return hooks;
}

import { castOf } from '../schema/casts.js';
import type { Class, Hook, HookName, RelationDeclaration, ResourceDeclaration, Validation } from '../schema/declaration.js';
import type { Dialect } from '../schema/dialect.js';
import { dialectOf } from '../schema/dialects.js';
import { attributesOf, type Draft } from '../schema/metadata.js';
import { carryStrategy, exposedNames, hasOutputTransform, isExposing } from '../schema/transformer-rules.js';
import { pathNames } from '../transport/path.js';
import { TrackedObject } from './record.js';
import { exemplar, MAX_ROOM, reserveRoom } from './room.js';
import { type RowShape, RowShapes } from './row-shape.js';
import type { Slot } from './slot.js';

/** Names that must never become properties: they lead to prototypes. */
const DANGEROUS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Room for attributes where rows bring some that the class does not declare: as many again may lie outside of the object. */
const UNDECLARED_ROOM = 32;

/** Shapes whose hidden class is kept alive. */
const MAX_EXEMPLARS = 20;

/**
 * How records of one class are filled, compared and written: worked out once a class, on first use, when all modules are
 * loaded and thunks can be resolved.
 */
export class Plan {
  readonly dialect: Dialect;
  /** The `:names` of the resource's path. */
  readonly pathNames: readonly string[];
  readonly slots: readonly Slot[];
  /** Those whose property is not called as the API calls them. */
  readonly renamed: readonly Slot[];
  readonly relations: ReadonlyMap<string, RelationDeclaration>;
  readonly validations: ReadonlyMap<string, readonly Validation[]>;
  readonly shapes = new RowShapes((names) => this.#describe(names));
  readonly #byName = new Map<string, Slot>();
  readonly #byProperty = new Map<string, Slot>();
  readonly #hooks: ReadonlyMap<HookName, readonly Hook[]>;
  readonly #model: Class;
  /** Fields that the class defines without `@Attribute`, and whether they come with a value. */
  readonly #fields = new Map<string, boolean>();
  /** Whether class-transformer's `@Expose` or `@Exclude` stands on the class or in it. */
  readonly #isDecorated: boolean;
  readonly #transformed: ReadonlySet<string>;
  /** One object of each shape, for the sake of its hidden class. */
  readonly #exemplars: object[] = [];
  #isRoomy = false;

  constructor(
    readonly resource: ResourceDeclaration,
    drafts: readonly Draft[],
    model: Class,
  ) {
    this.#model = model;
    carryStrategy(Object.getPrototypeOf(model) as Class, model);
    this.dialect = dialectOf(resource.version);
    this.pathNames = pathNames(resource.path);
    this.slots = attributesOf(drafts).map((attribute, place) => ({
      name: attribute.name,
      property: attribute.property,
      readOnly: attribute.readOnly,
      declared: true,
      place,
      isHidden: this.#isTaken(attribute.property),
      cast: castOf(attribute, model),
      decimals: attribute.decimals,
    }));
    this.renamed = this.slots.filter(({ name, property }) => name !== property);
    for (const slot of this.slots) {
      this.#byName.set(slot.name, slot);
      this.#byProperty.set(slot.property, slot);
    }
    this.#isDecorated = isExposing(model);
    this.#transformed = new Set([...this.#byProperty.keys()].filter((property) => hasOutputTransform(model, property)));
    this.relations = new Map(Object.entries(resource.relations));
    this.validations = new Map(drafts.flatMap((draft) => [...draft.validations]));
    this.#hooks = hooksOf(drafts);
  }

  hooks(on: HookName): readonly Hook[] {
    return this.#hooks.get(on) ?? [];
  }

  /** The place of an attribute by its API name; `null` for a name that is taken nowhere. */
  slot(name: string): Slot | null {
    return this.#byName.get(name) ?? (DANGEROUS.has(name) ? null : this.#undeclared(name));
  }

  /** The place of a declared attribute by its property. */
  slotAt(property: string): Slot | undefined {
    return this.#byProperty.get(property);
  }

  /** The API's name of what may be a property, a name of the API, or one that `@Expose` shows in JSON. */
  nameOf(key: string): string {
    if (this.#byName.has(key)) return key;
    return this.#byProperty.get(key)?.name ?? this.#byProperty.get(this.#propertyShownAs(key) ?? '')?.name ?? key;
  }

  #propertyShownAs(name: string): string | undefined {
    if (!this.#isDecorated) return undefined;
    for (const [property, shown] of this.exposedNames()) if (shown === name) return property;
    return undefined;
  }

  /** The attribute that a property of a record is; `undefined` for one that is none. */
  attributeAt(property: string, value: unknown): Slot | undefined {
    const declared = this.#byProperty.get(property);
    if (declared !== undefined) return declared;
    const isNone =
      typeof value === 'function' ||
      property.startsWith('_') ||
      property.startsWith('$') ||
      this.#fields.has(property) ||
      this.#isTaken(property);
    return isNone ? undefined : this.#undeclared(property);
  }

  /** The attributes that an object has, with their values. */
  attributesIn(record: object): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(record).filter(([property, value]) => value !== undefined && this.attributeAt(property, value) !== undefined),
    );
  }

  /** Whether constructors of the class make properties, be it of attributes, so that loaded records must be put right. */
  hasFields = false;

  /** Remembers a field that the constructors of the class have made. */
  addField(property: string, hasValue: boolean): void {
    const known = this.#fields.get(property);
    if (known === hasValue || known === true) return;
    this.#fields.set(property, hasValue);
    this.shapes.forget();
  }

  /** Before the first record is made: how much room records need. `row`: the first to be loaded. */
  prepareRoom(row?: Readonly<Record<string, unknown>>): void {
    if (this.#isRoomy) return;
    this.#isRoomy = true;
    const shape = row === undefined ? undefined : this.shapes.of(row);
    reserveRoom(this.#makeBare, shape === undefined ? Math.max(this.slots.length, UNDECLARED_ROOM) : this.#roomFor(shape));
  }

  #roomFor({ slots }: RowShape): number {
    const declared = this.slots.length;
    // A row with a good part of the attributes is like those to come; one with few says nothing. What does not fit lies outside.
    if (slots.length * 3 < declared) return Math.max(declared, slots.length);
    const room = Math.max(slots.length, Math.ceil(declared / 2));
    return slots.every((slot) => slot.declared) ? room : Math.max(room, UNDECLARED_ROOM);
  }

  readonly #makeBare = (): object => Reflect.construct(TrackedObject, [], this.#model) as object;

  #describe(names: readonly string[]): RowShape {
    const slots: Slot[] = [];
    const from: number[] = [];
    const relations: string[] = [];
    const hidden: string[] = [];
    for (const [at, name] of names.entries()) {
      if (this.relations.has(name)) {
        relations.push(name);
        continue;
      }
      const slot = this.slot(name);
      if (slot === null) continue;
      if (slot.isHidden) hidden.push(name);
      else {
        slots.push(slot);
        from.push(at);
      }
    }
    const properties = slots.map(({ property }) => property);
    if (this.#exemplars.length < MAX_EXEMPLARS && properties.length <= MAX_ROOM) this.#exemplars.push(exemplar(this.#makeBare, properties));
    const isTransformed = this.isTransformed(properties);
    return {
      names,
      slots,
      sources: slots.map(({ name }) => name),
      properties,
      from: from.length === names.length ? undefined : from,
      places: new Map(properties.map((property, at) => [property, at])),
      castAt: slots.flatMap(({ cast }, at) => (cast === undefined ? [] : [at])),
      relations,
      hidden,
      isTransformed,
      isOwnJson: hidden.length === 0 && slots.every((slot) => this.#isOwnJson(slot)) && !isTransformed,
    };
  }

  /** Whether JSON.stringify writes an attribute as it is to be written. Dates of V2 have a spelling of their own. */
  #isOwnJson({ name, property, cast }: Slot): boolean {
    return name === property && !/^[_$]/.test(name) && (cast === undefined || (cast.isDate === true && this.dialect.writesJsonDates));
  }

  /** Names under which class-transformer's `@Expose` shows properties and getters. */
  exposedNames(): ReadonlyMap<string, string> {
    return exposedNames(this.#model);
  }

  /** Whether class-transformer has a say in how a record with these properties is written. */
  isTransformed(properties: readonly string[]): boolean {
    return this.#isDecorated || properties.some((property) => this.hasOutputTransform(property));
  }

  /** Whether class-transformer's `@Transform` has a say in how a property is written. */
  hasOutputTransform(property: string): boolean {
    return this.#byProperty.has(property) ? this.#transformed.has(property) : hasOutputTransform(this.#model, property);
  }

  /** Whether the class has a setter of this name, which is no relation and leads to no prototype. */
  hasSetter(name: string): boolean {
    if (DANGEROUS.has(name) || this.relations.has(name)) return false;
    for (let at: object | null = this.#model.prototype as object; at !== null; at = Object.getPrototypeOf(at) as object | null) {
      const descriptor = Object.getOwnPropertyDescriptor(at, name);
      if (descriptor !== undefined) return descriptor.set !== undefined;
    }
    return false;
  }

  #isTaken(name: string): boolean {
    return name === 'then' || DANGEROUS.has(name) || name in (this.#model.prototype as object);
  }

  #undeclared(name: string): Slot {
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

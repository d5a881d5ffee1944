import { castOf, serialisedName } from '../schema/casts.js';
import type { AttributeDraft, Class, Hook, HookName, RelationDeclaration, ResourceDeclaration, Validation } from '../schema/declaration.js';
import type { Dialect } from '../schema/dialect.js';
import { dialectOf } from '../schema/dialects.js';
import type { Draft } from '../schema/metadata.js';
import { pathNames } from '../transport/path.js';
import type { Slot } from './slot.js';
import { defineAccessor, isTaken } from './values.js';

/** Names that must never become properties: they lead to prototypes, or would make a record a promise. */
const DANGEROUS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** What of a row is more than attributes of its class. */
export interface Parts {
  /** Relations that it embeds. */
  readonly relations: readonly string[];
  /** Attributes that are too many to become properties of the class. */
  readonly loose: readonly Slot[];
}

/** Undeclared names that are remembered, and become properties of a class, at the most. */
const MAX_UNDECLARED = 5000;

/**
 * How records of one class are filled, compared and written: worked out once a class, on first use, when all modules are
 * loaded and thunks can be resolved.
 */
export class Plan {
  readonly dialect: Dialect;
  /** The `:names` of the resource's path. */
  readonly pathNames: readonly string[];
  readonly slots: readonly Slot[];
  readonly relations: ReadonlyMap<string, RelationDeclaration>;
  readonly validations: ReadonlyMap<string, readonly Validation[]>;
  readonly #byName = new Map<string, Slot | null>();
  readonly #byProperty = new Map<string, Slot>();
  readonly #hooks: ReadonlyMap<HookName, readonly Hook[]>;
  readonly #model: Class;
  #lastRow: { readonly names: readonly string[]; readonly parts: Parts } = { names: [], parts: { relations: [], loose: [] } };

  constructor(
    readonly resource: ResourceDeclaration,
    drafts: readonly Draft[],
    model: Class,
  ) {
    this.#model = model;
    this.dialect = dialectOf(resource.version);
    this.pathNames = pathNames(resource.path);
    this.slots = attributesOf(drafts).map((attribute, place) => ({
      name: attribute.name,
      property: attribute.property,
      readOnly: attribute.readOnly,
      declared: true,
      place,
      isHidden: false,
      shownAs: shownName(attribute, model),
      cast: castOf(attribute, model),
      decimals: attribute.decimals,
    }));
    for (const slot of this.slots) {
      this.#byName.set(slot.name, slot);
      this.#byProperty.set(slot.property, slot);
      defineAccessor(model.prototype as object, slot);
    }
    this.relations = new Map(Object.entries(resource.relations));
    this.validations = new Map(drafts.flatMap((draft) => [...draft.validations]));
    this.#hooks = hooksOf(drafts);
  }

  hooks(on: HookName): readonly Hook[] {
    return this.#hooks.get(on) ?? [];
  }

  /** The place of an attribute by its API name; `null` for a name that is taken nowhere. */
  slot(name: string): Slot | null {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const slot = DANGEROUS.has(name) ? null : this.#undeclared(name);
    if (this.#byName.size < MAX_UNDECLARED) {
      this.#byName.set(name, slot);
      if (slot !== null && !slot.isHidden) defineAccessor(this.#model.prototype as object, slot);
    }
    return slot;
  }

  /** The place of a declared attribute by its property. */
  slotAt(property: string): Slot | undefined {
    return this.#byProperty.get(property);
  }

  /**
   * What of a row is more than attributes of the class. Names that were never seen become properties of the class; the rows
   * of a page are alike, so that mostly it is enough to see that this one is like the last.
   */
  partsOf(row: Readonly<Record<string, unknown>>): Parts {
    const last = this.#lastRow;
    if (hasNames(row, last.names)) return last.parts;
    const names = Object.keys(row);
    const parts: { relations: string[]; loose: Slot[] } = { relations: [], loose: [] };
    for (const name of names) {
      if (this.relations.has(name)) parts.relations.push(name);
      else {
        const slot = this.slot(name);
        if (slot !== null && !slot.isHidden && !this.#byName.has(name)) parts.loose.push(slot);
      }
    }
    this.#lastRow = { names, parts };
    return parts;
  }

  #undeclared(name: string): Slot {
    const isHidden = name === 'then' || this.#byProperty.has(name) || isTaken(this.#model.prototype as object, name);
    return {
      name,
      property: name,
      readOnly: false,
      declared: false,
      place: Number.POSITIVE_INFINITY,
      isHidden,
      shownAs: name,
      cast: undefined,
      decimals: undefined,
    };
  }
}

/** Whether a row has exactly these names, in this order. */
function hasNames(row: object, names: readonly string[]): boolean {
  let at = 0;
  for (const name in row) if (name !== names[at++]) return false;
  return at === names.length;
}

/** Attributes of a class and its ancestors; a redeclared one takes the place of the first. */
export function attributesOf(drafts: readonly Draft[]): AttributeDraft[] {
  return [...new Map(drafts.flatMap((draft) => [...draft.attributes])).values()];
}

function shownName({ property, name }: AttributeDraft, model: Class): string | undefined {
  const serialised = serialisedName(property, model);
  return serialised === property ? name : serialised;
}

function hooksOf(drafts: readonly Draft[]): Map<HookName, Hook[]> {
  const hooks = new Map<HookName, Hook[]>();
  for (const hook of new Map(drafts.flatMap((draft) => [...draft.hooks])).values())
    hooks.set(hook.on, [...(hooks.get(hook.on) ?? []), hook]);
  return hooks;
}

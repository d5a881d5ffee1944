import { ArgumentError } from '../../errors/argument-error.js';
import { type JsonObject, jsonObjectsIn } from '../../json-object.js';
import type { Model, ModelClass } from '../../model/model.js';
import { targetOf } from '../../query/load-strategy.js';
import { bodyOf, changedAttributes } from '../../record/change-set.js';
import { keyOf } from '../../record/record-address.js';
import { contextIn, contextOf } from '../../record/record-base.js';
import type { RelationDeclaration, ResourceDeclaration } from '../../schema/declaration.js';
import { isThroughParent } from '../../schema/through.js';
import { type Key, pathNames } from '../../transport/path.js';
import { copyOf } from '../copy.js';
import type { Reply } from '../dialect.js';
import { type Params, ResourceRows } from '../resource-rows.js';
import type { Route } from '../router.js';
import { showRow } from '../row-view.js';
import { type Entry, type Tables, tableName } from '../tables.js';
import { fromDeclaration, givenAttributes, sequencedIn, withoutAlternatives } from './draft-attributes.js';
import { Factory } from './factory.js';
import { type GivenParents, keysOf } from './given-parents.js';
import { ParentRows } from './parent-rows.js';
import type { Draft, Recipe } from './recipe.js';
import { recipeOf } from './recipes.js';
import { refusedBecause } from './refused.js';
import { requestFor } from './request-for.js';

/** A model, or a factory of it. */
export type Made<M extends Model> = ModelClass<M> | Factory<M, string>;

/** What the records of a test are made from. */
interface Store {
  readonly tables: Tables;
  readonly route: Route;
  /** All models that the store serves. */
  readonly models: readonly ModelClass[];
  /** The address of the store, for links. */
  root(): string;
}

/** Makes the records of tests: with the attributes that a test gives, and whatever else the store requires. */
export class Factories {
  readonly #store: Store;
  readonly #counts = new Map<string, number>();
  readonly #parents: ParentRows;

  constructor(store: Store) {
    this.#store = store;
    this.#parents = new ParentRows(store.models, store.tables, (model, parents) => this.#createRow(model, {}, parents));
  }

  /** Counts from 1 again. */
  reset(): void {
    this.#counts.clear();
  }

  /** Returns a new record that can be saved. */
  build<M extends Model>(made: Made<M>, attributes: object, parents: GivenParents): M {
    const { model, given } = partsOf(made, attributes);
    const prepared = this.#prepare(model, given, this.#parents.complete(model.resource, keysOf(model.resource, parents), given));
    return recordOf(model, prepared);
  }

  /** Stores a record and returns it. @throws ArgumentError if the store refuses it */
  create<M extends Model>(made: Made<M>, attributes: object, parents: GivenParents): M {
    const { model, given } = partsOf(made, attributes);
    const entry = this.#createRow(model, given, this.#parents.complete(model.resource, keysOf(model.resource, parents), given));
    return model.of(...pathNames(model.resource.path).map((name) => entry.parents[name] ?? '')).load(this.#show(model.resource, entry));
  }

  /** Returns all rows of a model, as its list shows them. */
  rows({ resource }: ModelClass): JsonObject[] {
    return this.#rowsOf(resource)
      .list({})
      .map((entry) => this.#show(resource, entry));
  }

  #show(resource: ResourceDeclaration, entry: Entry): JsonObject {
    // Tests look at all that is stored, also where V3 shows it on demand only: the content of a page. In V2, `include` leaves out the rest.
    const include =
      resource.version === 'v3'
        ? resource.includes.filter((name) => resource.attributes[name]?.readOnly === false && entry.values[name] !== undefined)
        : [];
    return copyOf(showRow(this.#rowsOf(resource), entry, include.length === 0 ? {} : { include: include.join(',') }, this.#store.root()));
  }

  #rowsOf(resource: ResourceDeclaration): ResourceRows {
    return new ResourceRows(resource, this.#store.tables);
  }

  #createRow(model: ModelClass, given: object, parents: Params): Entry {
    const { resource } = model;
    const prepared = this.#prepare(model, given, parents);
    const { assigned, body, later } = bodyIn(resource, recordOf(model, prepared), prepared);
    const entry =
      resource.operations.includes('create') || isThroughParent(resource, 'create')
        ? this.#post(resource, body, parents, assigned)
        : this.#rowsOf(resource).seed({ ...body, ...assigned }, parents);
    const { [resource.key]: _key, ...others } = assigned;
    Object.assign(entry.values, others);
    this.#store.tables.of(resource.path).changed(entry);
    for (const [relation, rows] of later) this.#createChildren(relation, rows, resource, entry);
    return entry;
  }

  /** Does what the request that creates a record does, and returns what it has stored. */
  #post(resource: ResourceDeclaration, body: JsonObject, parents: Params, assigned: JsonObject): Entry {
    const { tables, route, root } = this.#store;
    const table = tables.of(resource.path);
    const before = new Set(table.list());
    const rows = this.#rowsOf(resource);
    const request = requestFor(resource, body, parents, table);
    const release = table.reserve(assigned[resource.key]);
    const reply = route(request.method, request.path, { query: {}, body: copyOf(request.body), root: root() }, tables);
    release();
    assertStored(resource, reply);
    const stored = table.list().find((entry) => !before.has(entry)) ?? rows.identified(body, parents);
    if (stored !== undefined) return stored;
    if (resource.addressing === 'single') return rows.single(parents);
    return rows.seed(storedIn(reply), parents); // it is kept elsewhere
  }

  #createChildren(relation: RelationDeclaration, rows: unknown, resource: ResourceDeclaration, parent: Entry): void {
    const target = this.#parents.modelOf(targetOf(relation));
    const isBelow = relation.by === undefined;
    const [name = ''] = pathNames(target.resource.path).slice(-1);
    for (const row of jsonObjectsIn(rows)) {
      if (isBelow) this.#createRow(target, row, { ...parent.parents, [name]: parent.key });
      else this.#createRow(target, { ...row, [relation.by ?? '']: parent.values[resource.key] }, {});
    }
  }

  /** Returns the attributes of a new record: those given, and whatever else the store requires. */
  #prepare(model: ModelClass, input: object, parents: Params): Prepared {
    const { resource } = model;
    const recipe = recipeOf(resource);
    // V2 and V3 of a resource have the same rows, so they have one sequence.
    const kind = tableName(resource.path);
    for (;;) {
      const n = (this.#counts.get(kind) ?? 0) + 1;
      this.#counts.set(kind, n);
      const all = this.#defaults(model, recipe, this.#draft(n, parents));
      const sequenced = sequencedIn(all, this.#defaults(model, recipe, this.#draft(n + 1, parents)));
      const given = givenAttributes(resource, input, n);
      const defaults = withoutAlternatives(resource, all, given);
      const ofClass = initialAttributes(model, parents);
      const needed = Object.entries(defaults).filter(([name]) => ofClass[name] === undefined);
      if (needed.some(([name, value]) => sequenced.includes(name) && this.#rowsOf(resource).having(name, value) !== undefined)) continue;
      const values = needed.map(([name, value]) => [name, typeof value === 'function' ? value() : value]);
      return { given, defaults: Object.fromEntries(values), parents };
    }
  }

  #defaults({ resource }: ModelClass, recipe: Recipe | undefined, draft: Draft): JsonObject {
    const some = (property: string): unknown => {
      const relation = resource.relations[property];
      return relation === undefined ? undefined : draft.some(this.#parents.modelOf(targetOf(relation)));
    };
    return recipe === undefined ? fromDeclaration(resource, draft.n, some) : { ...recipe(draft) };
  }

  #draft(n: number, parents: Params): Draft {
    const { tables } = this.#store;
    const fresh = (model: ModelClass): Key => {
      return keyIn(model.resource, this.#createRow(model, {}, this.#parents.completeBelow(model.resource, parents)));
    };
    return {
      n,
      parents,
      fresh,
      some: (model) => {
        const [first] = this.#rowsOf(model.resource).list({});
        return first === undefined ? fresh(model) : keyIn(model.resource, first);
      },
      rows: (model, below = {}) =>
        this.#rowsOf(model.resource)
          .list(below)
          .map(({ values, parents: above }) => ({ ...above, ...values })),
      secondsFromNow: (seconds) => tables.clock.seconds() + seconds,
    };
  }
}

/** The attributes of a new record, by the API's names. */
interface Prepared {
  readonly given: JsonObject;
  readonly defaults: JsonObject;
  readonly parents: Params;
}

const keyIn = ({ key }: ResourceDeclaration, entry: Entry): Key => {
  const value = entry.values[key];
  return typeof value === 'number' ? value : entry.key;
};

function partsOf<M extends Model>(made: Made<M>, attributes: object): { model: ModelClass<M>; given: object } {
  if (!(made instanceof Factory)) return { model: made, given: attributes };
  return { model: made.model, given: { ...made.attributes, ...attributes } };
}

/** The attributes that a class gives to its new records itself, by the API's names. */
function initialAttributes(model: ModelClass, parents: Params): JsonObject {
  const context = contextOf(buildUnchecked(model, {}, parents));
  return bodyOf(context, changedAttributes(context));
}

/** Makes an unsaved record. Attributes that only the store sets are left out. */
function recordOf<M extends Model>(model: ModelClass<M>, { given, defaults, parents }: Prepared): M {
  const { resource } = model;
  const isReadOnly = (name: string): boolean => resource.attributes[name]?.readOnly === true || pathNames(resource.path).includes(name);
  const attributes = Object.entries({ ...defaults, ...given }).filter(([name]) => !isReadOnly(name));
  return buildUnchecked(
    model,
    Object.fromEntries(attributes.map(([name, value]) => [resource.attributes[name]?.property ?? name, value])),
    parents,
  );
}

function buildUnchecked<M extends Model>(model: ModelClass<M>, attributes: object, parents: Params): M {
  return model.of(...pathNames(model.resource.path).map((name) => parents[name] ?? '')).build(Object(attributes));
}

/** Splits what a record is created with: the body of the request, what only the store sets, and children that are created afterwards. */
function bodyIn(
  resource: ResourceDeclaration,
  record: object,
  { given, defaults }: Prepared,
): { body: JsonObject; assigned: JsonObject; later: [RelationDeclaration, unknown][] } {
  const context = contextOf(record);
  const body: JsonObject = { ...bodyOf(context, changedAttributes(context)) };
  const assigned: JsonObject = {};
  const later: [RelationDeclaration, unknown][] = [];
  for (const [name, value] of Object.entries({ ...defaults, ...given })) {
    const relation = resource.relations[name];
    if (relation !== undefined) placeRelated(relation, value, body, later);
    else if (resource.attributes[name]?.readOnly === true) assigned[name] = asJson(value);
  }
  return { body, assigned, later };
}

function placeRelated(relation: RelationDeclaration, value: unknown, body: JsonObject, later: [RelationDeclaration, unknown][]): void {
  const { kind, key, property, inline } = relation;
  const rows = (Array.isArray(value) ? value : [value]).map(rowOf);
  if (kind === 'belongsTo' && key !== undefined) body[key] = rows[0]?.[targetOf(relation).key];
  else if (inline || targetOf(relation).through?.create === true) body[property] = kind === 'hasMany' ? rows : rows[0];
  else later.push([relation, rows]);
}

/** Returns a record, or the attributes of one, as JSON. */
function rowOf(value: unknown): JsonObject {
  const context = contextIn(value);
  if (context === undefined) return Object(asJson(value));
  const key = keyOf(context);
  const { key: name } = context.metadata.resource;
  return { ...bodyOf(context, changedAttributes(context)), ...(key === undefined ? {} : { [name]: key }) };
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

/** @throws ArgumentError if the store has refused a record */
function assertStored(resource: ResourceDeclaration, reply: Reply | undefined): void {
  if (reply === undefined)
    throw new ArgumentError(`${resource.name} is not served: start the store with \`models: [${resource.name}]\`, or use insert().`);
  if (reply.status >= 400)
    throw new ArgumentError(`The store refuses this ${resource.name}: ${refusedBecause(reply)}. insert() stores anything.`);
}

function storedIn(reply: Reply | undefined): JsonObject {
  const body: unknown = reply?.body;
  const data: unknown = Object(body).data ?? body;
  return Object(Array.isArray(data) ? data[0] : data);
}

import { ArgumentError } from '../errors/argument-error.js';
import { RecordNotFoundError } from '../errors/record-not-found-error.js';
import { Collection } from '../query/collection.js';
import { rowIfAny } from '../query/rows.js';
import {
  type Arrival,
  type BulkWrites,
  capturedSession,
  collectionPath,
  knownSessionOf,
  type Row,
  type Saveable,
  type Scope,
  sessionOf,
} from '../query/scope.js';
import { HasManyRelation, type Owner } from '../relations/has-many.js';
import { ToOneRelation } from '../relations/to-one.js';
import type { Class, RelationDeclaration, ResourceDeclaration } from '../schema/declaration.js';
import { givesAttributes } from '../schema/given.js';
import { apiName, propertyName } from '../schema/names.js';
import type { StoreSession } from '../session/session.js';
import { type Key, type PathParams, pathNames } from '../transport/path.js';
import { type CallOptions, callOf, isPlainCall, type RequestDescription } from '../transport/request.js';
import { storedRow } from './changes.js';
import { isWhole, type Properties } from './hydration.js';
import { isRecord, stateOf, tracked } from './internals.js';
import { refuseCopies } from './record.js';
import { boundSession, registrationOf } from './registry.js';
import { type Common, commonOf, scopeOf } from './scope.js';

/** The handle of a relation of a record; made once. */
export function relationOf(record: object, property: string): HasManyRelation<object> | ToOneRelation<object> {
  const { state, plan } = tracked(record);
  const known = state.relations?.get(property);
  if (known !== undefined) return known as HasManyRelation<object>;
  const made = MAKERS[(plan.relations.get(property) as RelationDeclaration).kind](
    record,
    plan.relations.get(property) as RelationDeclaration,
  );
  (state.relations ??= new Map()).set(property, made);
  state.embedded?.delete(property);
  return made;
}

/** Sets a relation: records or attributes to be created with a new record, or the record that is referred to. */
export function giveRelated(record: object, property: string, value: unknown): void {
  if (value === undefined) return;
  const { state, plan } = tracked(record);
  const declaration = plan.relations.get(property) as RelationDeclaration;
  const relation = relationOf(record, property);
  if (relation instanceof HasManyRelation) {
    if (!Array.isArray(value)) throw new ArgumentError(`${plan.resource.name}.${property} is given as a list.`);
    if (!state.isNew)
      throw new ArgumentError(
        `${plan.resource.name}.${property} of a saved record is changed by ${property}.create(), .destroy() and .deleteAll(), or by saving its records.`,
      );
    relation.give(value);
    return;
  }
  const { model } = registrationOf(declaration.target());
  refuseCopies(value);
  const other = value === null || isRecord(value) ? value : undefined;
  if (other === undefined || declaration.key === undefined)
    throw new ArgumentError(`${plan.resource.name}.${property} is set to a saved ${model.name} or null.`);
  const key = other === null ? null : keyOf(other);
  if (key === undefined) throw new ArgumentError(`${plan.resource.name}.${property}: save the ${model.name} first.`);
  (record as Properties)[propertyOf(record, declaration.key)] = key;
  relation.keep(other);
}

/** Values of the path's names that a record knows: those of its parents, and its own attributes of such a name. */
export function paramsOf(record: object): PathParams {
  const { state, plan } = tracked(record);
  const params: Record<string, Key> = {};
  for (const name of plan.pathNames) {
    const value = state.params[name] ?? (record as Properties)[propertyOf(record, name)];
    if (value !== undefined && value !== null) params[name] = value as Key;
  }
  return params;
}

export const keyOf = (record: object): unknown => (record as Properties)[propertyOf(record, tracked(record).plan.resource.key)];

/** Gives each name of a nested path its value, from a record's own path and key. */
export function paramsBelow(record: object, path: string): PathParams {
  const known: Record<string, Key> = { ...paramsOf(record) };
  const missing = pathNames(path).filter((name) => known[name] === undefined);
  const key = keyOf(record);
  const last = missing.at(-1);
  if (last !== undefined && key !== undefined && key !== null) known[last] = key as Key;
  return known;
}

function propertyOf(record: object, name: string): string {
  const { plan } = tracked(record);
  const property = propertyName(plan.resource, name);
  return (plan.slotAt(property) ?? plan.slot(property))?.property ?? property;
}

/** What this file needs of those that build upon it. */
interface Lent {
  loadBeside(record: object, property: string, options: CallOptions): Promise<void> | undefined;
  refresh(record: object, row: Row): void;
  identify(sent: readonly object[], rows: readonly Row[]): ReadonlyMap<Row, object>;
}

let lent: Lent;

export const lendToRelations = (functions: Lent): void => void (lent = functions);

/** The store writes 0 or an empty text for "none". */
export const isEmptyKey = (key: unknown): boolean => key === undefined || key === null || key === 0 || key === '0' || key === '';

/**
 * Gives a relation what was loaded for it, or what came embedded.
 *
 * @param row the row that embeds it: what is no more than a part loads nothing
 */
export function fillRelation(record: object, property: string, embedded: unknown, row?: Row): void {
  const { state, plan } = tracked(record);
  if (row !== undefined && !isWhole(plan.relations.get(property), embedded, row)) {
    (state.partial ??= new Set()).add(property);
    return;
  }
  const relation = relationOf(record, property);
  if (relation instanceof HasManyRelation) relation.fill(embedded);
  else {
    const { target } = plan.relations.get(property) as RelationDeclaration;
    keepEmbedded(relation, embedded, () => new ScopeBelow(record, target()));
  }
}

type Maker = (record: object, declaration: RelationDeclaration) => HasManyRelation<object> | ToOneRelation<object>;

const MAKERS: Readonly<Record<RelationDeclaration['kind'], Maker>> = {
  hasMany(record, { property, target, by }) {
    return new HasManyRelation(
      new RecordOwner(record, property),
      new ScopeBelow(record, target(), by, property),
      stateOf(record).embedded?.get(property),
    );
  },

  belongsTo(record, { property, target, key }) {
    const state = stateOf(record);
    const scope = (): Scope<object> => scopeOf(target(), {}, state.session);
    const keyProperty = propertyOf(record, key as string);
    const relation = new ToOneRelation<object>({
      name: `BelongsTo<${property}>`,
      key: () => (record as Properties)[keyProperty],
      load: async (options, isFresh) => {
        const key = (record as Properties)[keyProperty];
        if (isEmptyKey(key)) return null;
        const find = (): Promise<object | null> => orNull(new Collection(scope()).find(key as Key, options));
        // Records that came together and refer to the same one share it.
        const shared = !isFresh && isPlainCall(options) && state.session?.preload !== 'lazy' ? state.siblings : undefined;
        return shared === undefined ? find() : shared.together(`${property} ${key}`, find);
      },
      loadBeside: (options) => (isEmptyKey((record as Properties)[keyProperty]) ? undefined : lent.loadBeside(record, property, options)),
    });
    keepEmbedded(relation, state.embedded?.get(property), scope);
    return relation;
  },

  hasOne(record, { property, target }) {
    const state = stateOf(record);
    const scope = (): Scope<object> => new ScopeBelow(record, target());
    const relation = new ToOneRelation<object>({
      name: `HasOne<${property}>`,
      key: () => keyOf(record),
      load: (options) => (state.isNew ? Promise.resolve(null) : orNull(loadOne(scope(), options))),
      loadBeside: (options) => (state.isNew ? undefined : lent.loadBeside(record, property, options)),
    });
    keepEmbedded(relation, state.embedded?.get(property), scope);
    return relation;
  },
};

// Classes, not literals: V8 gives each object literal with a getter a hidden class of its own, and there is one a relation.

/** A record as its has-many relation sees it. */
class RecordOwner implements Owner {
  readonly #record: object;
  readonly #property: string;

  constructor(record: object, property: string) {
    this.#record = record;
    this.#property = property;
  }

  get name(): string {
    return tracked(this.#record).plan.resource.name;
  }

  get isNew(): boolean {
    return stateOf(this.#record).isNew;
  }

  loadBeside(options: CallOptions): Promise<void> | undefined {
    return lent.loadBeside(this.#record, this.#property, options);
  }

  rowOf(record: object): Row {
    return storedRow(tracked(record));
  }

  refresh(record: object, row: Row): void {
    lent.refresh(record, row);
  }

  identify(sent: readonly object[], rows: readonly Row[]): ReadonlyMap<Row, object> {
    return lent.identify(sent, rows);
  }
}

/** A target's scope below a record. It looks the key up when it is used, so that it may be made before the record is saved. */
class ScopeBelow implements Scope<object> {
  readonly #record: object;
  readonly #target: Class;
  readonly #common: Common<object>;
  /** The filter that takes the record's key, where the target has a path of its own. */
  readonly #by: string | undefined;
  /** The relation of the record that keeps a list of what is here. */
  readonly #property: string | undefined;

  constructor(record: object, target: Class, by?: string, property?: string) {
    this.#record = record;
    this.#target = target;
    this.#common = commonOf(target);
    this.#by = by === undefined ? undefined : apiName(this.#common.resource, by);
    this.#property = property;
  }

  get resource(): ResourceDeclaration {
    return this.#common.resource;
  }

  get session(): StoreSession | undefined {
    return stateOf(this.#record).session ?? capturedSession(boundSession(this.#target));
  }

  get params(): PathParams {
    return this.#by === undefined ? paramsBelow(this.#record, this.resource.path) : {};
  }

  get conditions(): Readonly<Record<string, unknown>> | undefined {
    return this.#by === undefined ? undefined : { [this.#by]: savedKeyOf(this.#record) };
  }

  get bulk(): BulkWrites {
    return this.#common.bulk;
  }

  get hasDestroyHooks(): boolean {
    return this.#common.hasDestroyHooks;
  }

  rowOf(attributes: object): Row {
    return this.#common.rowOf(attributes);
  }

  load(row: Row, session: StoreSession | undefined, params: PathParams): object {
    return this.#common.load(row, session, params);
  }

  arrived(records: readonly object[], how: Arrival): Promise<void> | undefined {
    return this.#common.arrived(records, how);
  }

  wrote(): void {
    if (this.#property === undefined) return;
    const relation = stateOf(this.#record).relations?.get(this.#property);
    if (relation instanceof HasManyRelation) relation.forget();
  }

  owns(value: unknown): value is object & Saveable {
    return this.#common.owns(value);
  }

  build(attributes: object, session: StoreSession | undefined, params: PathParams): Saveable {
    refuseCopies(attributes);
    const by = this.#by;
    const isReferring = refers(this.resource, by) && !stateOf(this.#record).isNew && givesAttributes(attributes);
    return this.#common.build(
      isReferring ? { [propertyName(this.resource, by)]: keyOf(this.#record), ...attributes } : attributes,
      session,
      params,
    );
  }
}

/** Places a child that was made before its parent had a key. */
export function placeBelow(parent: object, child: object, by: string | undefined): void {
  const { state, plan } = tracked(child);
  if (by === undefined) state.params = paramsBelow(parent, plan.resource.path);
  else if (refers(plan.resource, apiName(plan.resource, by))) (child as Properties)[propertyOf(child, by)] = keyOf(parent);
}

/** Whether the filter is an attribute too, that a new record can be given. */
const refers = (resource: ResourceDeclaration, by: string | undefined): by is string =>
  by !== undefined && resource.attributes[by]?.readOnly === false;

function savedKeyOf(record: object): unknown {
  const key = keyOf(record);
  if (key !== undefined && key !== null) return key;
  throw new ArgumentError(
    `Save the ${tracked(record).plan.resource.name} first: it has no key yet by which others could refer to it. Nothing was sent.`,
  );
}

function keepEmbedded(relation: ToOneRelation<object>, embedded: unknown, scope: () => Scope<object>): void {
  if (embedded === undefined) return;
  const target = scope();
  const row: unknown = Array.isArray(embedded) ? embedded[0] : embedded;
  relation.keep(typeof row === 'object' && row !== null ? target.load(row as Row, knownSessionOf(target), target.params) : null);
}

async function loadOne(scope: Scope<object>, options: CallOptions): Promise<object | null> {
  const request: RequestDescription = {
    method: 'GET',
    version: scope.resource.version,
    path: collectionPath(scope),
    query: {},
    ...callOf(options),
  };
  const session = sessionOf(scope);
  const row = rowIfAny(request, await session.send(request));
  return row === undefined ? null : scope.load(row, session, scope.params);
}

async function orNull(found: Promise<object | null>): Promise<object | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof RecordNotFoundError) return null;
    throw error;
  }
}

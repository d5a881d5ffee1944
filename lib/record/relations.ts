import { ArgumentError } from '../errors/argument-error.js';
import { isJsonObject } from '../json-object.js';
import { relationNamed, targetOf } from '../query/load-strategy.js';
import { knownSessionOf } from '../query/scope.js';
import type { RelationDeclaration } from '../schema/declaration.js';
import { givenChild } from './given-child.js';
import { HasManyCache, PreloadedRows } from './has-many-cache.js';
import { isWhole } from './hydrator.js';
import { loadIn } from './instantiate.js';
import type { LoadGroup } from './load-group.js';
import { metadataOf } from './metadata-storage.js';
import { type ModelScope, scopeOf } from './model-scope.js';
import { isSameStore, keyOf, scopeFor } from './record-address.js';
import { contextOf, isRecord, refuseCopies } from './record-base.js';
import { ownRareState, type RecordContext } from './record-context.js';
import { RelatedScope } from './related-scope.js';
import { ToOneCache } from './to-one-cache.js';

/** Returns the cache of a relation, filled with any embedded rows. */
export function relationCache(context: RecordContext, property: string): HasManyCache | ToOneCache {
  const known = context.rare.relations?.get(property);
  if (known instanceof HasManyCache || known instanceof ToOneCache) return known;
  const relation = relationAt(context, property);
  const cache = relation.kind === 'hasMany' ? new HasManyCache(context, relation) : new ToOneCache(context, relation);
  const rare = ownRareState(context);
  const embedded = rare.embedded?.get(property);
  (rare.relations ??= new Map()).set(property, cache);
  rare.embedded?.delete(property);
  if (embedded !== undefined) fillCache(cache, embedded);
  return cache;
}

/** Returns the declaration of a relation. @throws ArgumentError for a name that is not one */
export const relationAt = ({ metadata }: RecordContext, property: string): RelationDeclaration =>
  relationNamed(metadata.resource, property);

/** Returns the scope of the records of a to-one relation. */
export const targetScope = ({ parent, relation }: ToOneCache): ModelScope<object> =>
  relation.kind === 'hasOne'
    ? new RelatedScope(parent, relation)
    : scopeOf(relation.target(), scopeFor(parent, targetOf(relation)), parent.session);

function fillCache(cache: HasManyCache | ToOneCache, embedded: unknown): void {
  if (cache instanceof HasManyCache) {
    cache.fill(embedded);
    return;
  }
  const rows: unknown = embedded instanceof PreloadedRows ? embedded.rows : embedded;
  const row: unknown = Array.isArray(rows) ? rows[0] : rows;
  const scope = targetScope(cache);
  cache.keep(isJsonObject(row) ? loadIn(scope, row, knownSessionOf(scope)) : null);
}

/** Whether awaiting a relation needs no request. */
export function isLoaded({ rare, metadata }: RecordContext, property: string): boolean {
  const embedded = rare.embedded?.get(property);
  if (embedded === undefined) return rare.relations?.get(property)?.isLoaded === true;
  return (
    Array.isArray(embedded) ||
    embedded === null ||
    embedded instanceof PreloadedRows ||
    metadata.relations.get(property)?.kind !== 'hasMany'
  );
}

/** Whether a response embedded only part of a relation. */
export const isPartlyEmbedded = ({ rare }: RecordContext, property: string): boolean => rare.partial?.has(property) ?? false;

/**
 * Fills a relation with rows that were loaded for several records at once. They become records when the relation is used.
 *
 * @param group the group of the records of all these rows
 * @param row the row that embeds them, which may have only part of them
 */
export function fillRelation(
  context: RecordContext,
  property: string,
  rows: unknown,
  group: LoadGroup<RecordContext>,
  row?: Readonly<Record<string, unknown>>,
): void {
  const rare = ownRareState(context);
  if (row !== undefined && !isWhole(context.metadata.relations.get(property), rows, row)) {
    (rare.partial ??= new Set()).add(property);
    return;
  }
  const preloaded = new PreloadedRows(rows, group);
  if (rare.relations?.has(property) !== true) (rare.embedded ??= new Map()).set(property, preloaded);
  else fillCache(relationCache(context, property), preloaded);
  rare.partial?.delete(property);
}

/** Returns the related records that are available without a request. */
export function presentRelated(context: RecordContext, property: string): readonly RecordContext[] {
  const { present } = relationCache(context, property);
  return Array.isArray(present) ? present : present ? [present] : [];
}

/** Sets a relation: children to create with a new record, or the referenced record. @throws ArgumentError */
export function setRelated(context: RecordContext, property: string, value: unknown): void {
  if (value === undefined) return;
  const cache = relationCache(context, property);
  if (cache instanceof HasManyCache) {
    cache.setChildren(value);
    return;
  }
  const scope = cache.relation.kind === 'hasOne' ? targetScope(cache) : undefined;
  if (scope?.resource.through !== undefined) cache.keep(givenChild(scope, value, context.isNew ? undefined : () => cache.present));
  else setReferenced(context, cache, value);
}

/** Sets the record that a record refers to. @throws ArgumentError for anything but a saved record or `null` */
function setReferenced(context: RecordContext, cache: ToOneCache, value: unknown): void {
  const { property } = cache.relation;
  const { name } = context.metadata.resource;
  const { target, key: keyName } = cache.relation;
  const { model } = metadataOf(target());
  const targetName = model.name;
  refuseCopies(value);
  const other = isRecord(value) && value instanceof model ? contextOf(value) : null;
  if ((other === null && value !== null) || keyName === undefined)
    throw new ArgumentError(`${name}.${property} takes a saved ${targetName} or null. Nothing was sent.`);
  const key = other === null ? null : keyOf(other);
  if (key === undefined)
    throw new ArgumentError(`${name}.${property}: save the ${targetName} first, so that it has a key. Nothing was sent.`);
  if (other?.session !== undefined && context.session !== undefined && !isSameStore(other.session, context.session))
    throw new ArgumentError(
      `${name}.${property}: this ${targetName} is on another store, where ${String(key)} is the key of another record. Nothing was sent.`,
    );
  Reflect.set(context.record, context.metadata.propertyOf(keyName), key);
  cache.keep(other);
}

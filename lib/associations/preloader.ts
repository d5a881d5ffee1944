import { cut } from '../query/split-lists.js';
import { rowsByKey } from '../query/find.js';
import { type Means, meansOf, parentFilter, preloadTree } from '../query/load-strategy.js';
import { read } from '../query/page-strategies.js';
import { pageSizeOf, saidOf } from '../query/query-state.js';
import { type Arrival, collectionPath, type Row, type Scope, sessionOf } from '../query/scope.js';
import { wholeList } from '../query/read-list.js';
import { HasManyRelation } from '../model/has-many.js';
import type { ToOneRelation } from './to-one.js';
import type { RelationDeclaration } from '../schema/declaration.js';
import { propertyName } from '../schema/names.js';
import { copyJson } from '../schema/wire.js';
import { untilAborted } from '../transport/abort.js';
import type { Key } from '../transport/path.js';
import { type CallOptions, callOf, type RequestDescription } from '../transport/request.js';
import { stateOf, tracked } from '../model/internals.js';
import { fillRelation, isEmptyKey, keyOf, relationOf } from '../model/related.js';
import { recordScope, sessionOfRecord } from '../persistence/save-plan.js';
import { scopeOf } from '../record/instantiate.js';
import { Siblings } from '../record/load-group.js';

/** Makes records that came in one answer known to each other. */
function group(records: readonly object[]): void {
  if (records.length < 2) return;
  const siblings = new Siblings(records);
  for (const record of records) stateOf(record).siblings = siblings;
}

/** What is done with the records of an answer before they are handed out. */
export function arrived(records: readonly object[], { preload: paths, isLazy, ...call }: Arrival): Promise<void> | undefined {
  if (!isLazy) group(records);
  const [first] = records;
  if (first === undefined) return undefined;
  const hooks = tracked(first).plan.hooks('afterLoad').length > 0;
  if (paths.length === 0 && !hooks) return undefined;
  return (async () => {
    if (hooks) await Promise.all(records.map((record) => stateOf(record).loading));
    await preload(records, paths, call);
  })();
}

/** Loads relations of several records of one model, and relations of what they lead to. */
async function preload(records: readonly object[], paths: readonly string[], options: CallOptions): Promise<void> {
  if (records.length === 0) return;
  await Promise.all(
    [...preloadTree(paths)].map(async ([property, below]) => {
      await loadForAll(records, property, options, false);
      const related = new Set<object>();
      for (const record of records) for (const other of loadedOf(record, property)) related.add(other);
      if (below.length > 0) await preload([...related], below, options);
    }),
  );
}

function loadedOf(record: object, property: string): readonly object[] {
  const { loaded } = relationOf(record, property);
  return Array.isArray(loaded) ? (loaded as object[]) : loaded ? [loaded as object] : [];
}

/**
 * What a relation does when it is awaited on one of several records that came together: loads it for all of them, where one
 * request can. `undefined`: it is left to load by itself.
 */
export function loadBeside(record: object, property: string, { signal }: CallOptions): Promise<void> | undefined {
  const { state, plan } = tracked(record);
  const { siblings } = state;
  const session = sessionOfRecord(tracked(record));
  if (siblings === undefined || session.preload === 'lazy') return undefined;
  const means = meansOf(plan.resource, plan.relations.get(property) as RelationDeclaration);
  if (means === 'each') {
    if (session.preload === 'strict') siblings.assertFirst(plan.resource.name, property);
    return undefined;
  }
  const loading = siblings.together(property, () =>
    loadForAll(siblings.records, property, {}, true).finally(() => siblings.forget(property)),
  );
  return untilAborted(loading, signal);
}

/** Loads one relation of several records by the cheapest means that the API has. */
async function loadForAll(records: readonly object[], property: string, options: CallOptions, isAutomatic: boolean): Promise<void> {
  const wanting = records.filter((record) => !stateOf(record).isNew && !relationOf(record, property).isLoaded);
  const [first] = wanting;
  if (first === undefined) return;
  const { plan } = tracked(first);
  const relation = plan.relations.get(property) as RelationDeclaration;
  const isPart = (record: object): boolean => stateOf(record).partial?.has(property) ?? false;
  const session = sessionOfRecord(tracked(first));
  const load = async (some: readonly object[], means: Means): Promise<void> => {
    if (some.length === 0) return;
    session.emit('preload', () => ({
      store: session.storeHash,
      model: plan.resource.name,
      relation: property,
      records: some.length,
      means,
      isAutomatic,
    }));
    await LOADERS[means](some, relation, options);
  };
  const unknown = wanting.filter((record) => !isPart(record));
  await load(unknown, meansOf(plan.resource, relation));
  // Embedding them once more would cut them once more.
  const parts = wanting.filter((record) => isPart(record) && !relationOf(record, property).isLoaded);
  const means = parentFilter(relation) === undefined ? 'each' : 'list';
  if (means === 'list' || !isAutomatic) await load(parts, means);
}

type Loader = (records: readonly object[], relation: RelationDeclaration, options: CallOptions) => Promise<void>;

const LOADERS: Readonly<Record<Means, Loader>> = {
  /** The records themselves once more, their key and what is to be embedded only. */
  async include(records, { property, countedBy }, options) {
    const scope = recordScope(tracked(records[0] as object));
    const { resource } = scope;
    const params = { include: [property], include_fields: countedBy === undefined ? [resource.key] : [resource.key, countedBy] };
    const size = pageSizeOf(resource, { params });
    const byKey = new Map(records.map((record) => [String(keyOf(record)), record]));
    await Promise.all(
      cut([...byKey.keys()], size).map(async (keys) => {
        const query = { [`${resource.keyFilter}:in`]: keys, ...params, limit: size };
        const request: RequestDescription = {
          method: 'GET',
          version: resource.version,
          path: collectionPath(scope),
          query,
          ...callOf(options),
        };
        for (const row of await wholeList(sessionOf(scope), request, resource, keys)) {
          const record = byKey.get(String(row[resource.key]));
          if (record !== undefined && row[property] !== undefined) fillRelation(record, property, row[property], row);
        }
      }),
    );
    groupRelated(records, property);
  },

  /** All related records in one list, handed to the parents that they name. */
  async list(records, relation, options) {
    const filter = parentFilter(relation) as NonNullable<ReturnType<typeof parentFilter>>;
    const target = targetScope(records[0] as object, relation);
    const scope = { ...target, params: {}, conditions: undefined, resource: { ...target.resource, path: filter.path } };
    const keys = records.map((record) => String(keyOf(record)));
    const rows = new Map<string, Row[]>(keys.map((key) => [key, []]));
    const said = { ...saidOf(scope), filters: { [filter.parameter]: keys } };
    for await (const page of read(scope, said, { ...callOf(options), isEager: true, isAwaited: true })) {
      for (const row of page.rows) {
        const parents = row[filter.attribute];
        if (parents === undefined || parents === null) return LOADERS.each(records, relation, options); // whose it is, nobody can tell
        // A record may belong to several: each of them has one of its own.
        for (const [at, parent] of (Array.isArray(parents) ? parents : [parents]).entries())
          rows.get(String(parent))?.push(at === 0 ? row : copyJson(row));
      }
    }
    for (const record of records) {
      fillRelation(record, relation.property, rows.get(String(keyOf(record))));
      stateOf(record).partial?.delete(relation.property);
    }
    groupRelated(records, relation.property);
  },

  /** Each record that is referred to, once. */
  async keys(records, relation, options) {
    const scope = targetScope(records[0] as object, relation);
    await referred(records, relation, async (keys) => {
      const rows = await rowsByKey({ scope, filters: {}, params: {}, ...options }, keys);
      const found = new Map([...rows].map(([key, row]) => [key, scope.load(row, sessionOf(scope), scope.params)]));
      await scope.arrived([...found.values()], { preload: [], isLazy: false, ...callOf(options) });
      return found;
    });
  },

  /** Record by record, at once; each record that is referred to, once. */
  async each(records, relation, options) {
    if (relation.kind !== 'belongsTo') {
      await Promise.all(records.map((record) => relationOf(record, relation.property).loadAlone(options)));
      groupRelated(records, relation.property);
      return;
    }
    const byKey = new Map(records.map((record) => [String(refersTo(record, relation)), record]));
    await referred(records, relation, async (keys) => {
      const found = new Map<string, object>();
      const load = async (key: Key): Promise<void> => {
        const other = await (relationOf(byKey.get(String(key)) as object, relation.property) as ToOneRelation<object>).loadAlone(options);
        if (other !== null) found.set(String(key), other);
      };
      await Promise.all(keys.map(load));
      group([...found.values()]);
      return found;
    });
  },
};

/** Finds the records that others refer to, by their distinct keys, and hands them to all that refer to them. */
async function referred(
  records: readonly object[],
  relation: RelationDeclaration,
  find: (keys: readonly Key[]) => Promise<ReadonlyMap<string, object>>,
): Promise<void> {
  const keys = new Map<string, Key>();
  const asked = new Map<object, unknown>();
  for (const record of records) {
    const key = refersTo(record, relation);
    asked.set(record, key);
    if (!isEmptyKey(key)) keys.set(String(key), key as Key);
  }
  const found = keys.size === 0 ? new Map<string, object>() : await find([...keys.values()]);
  for (const [record, key] of asked) {
    // A record that was made to refer to another meanwhile was not asked for that one.
    if (refersTo(record, relation) !== key) continue;
    (relationOf(record, relation.property) as ToOneRelation<object>).keep(found.get(String(key)) ?? null);
  }
}

const refersTo = (record: object, relation: RelationDeclaration): unknown => {
  const { plan } = tracked(record);
  return (record as Record<string, unknown>)[propertyName(plan.resource, relation.key as string)];
};

function targetScope(record: object, relation: RelationDeclaration): Scope<object> {
  return scopeOf(relation.target(), {}, sessionOfRecord(tracked(record)));
}

/** What was loaded for several parents at once came together. */
function groupRelated(records: readonly object[], property: string): void {
  group(records.flatMap((record) => (relationOf(record, property) instanceof HasManyRelation ? loadedOf(record, property) : [])));
}

import { grouped } from '../grouped.js';
import { rowsByKey } from '../query/find.js';
import { type LoadStrategy, loadStrategyOf, parentFilter, preloadTree, targetOf } from '../query/load-strategy.js';
import { readPages } from '../query/page-strategies.js';
import { initialState, pageSizeOf } from '../query/query-state.js';
import { readList } from '../query/read-list.js';
import { collectionPath, type Row, scopeQuery, sessionOf } from '../query/scope.js';
import { splitByUrlLength } from '../query/split-lists.js';
import { loadAll } from '../record/instantiate.js';
import { loadChildren } from '../record/load-children.js';
import { group, LoadGroup } from '../record/load-group.js';
import { scopeOf } from '../record/model-scope.js';
import { isEmptyKey, keyOf, scopeFor, scopeOfRecord, sessionOfRecord } from '../record/record-address.js';
import type { RecordContext } from '../record/record-context.js';
import { fillRelation, isLoaded, isPartlyEmbedded, presentRelated, relationCache } from '../record/relations.js';
import { ToOneCache } from '../record/to-one-cache.js';
import type { RelationDeclaration } from '../schema/declaration.js';
import { copyJson } from '../schema/wire.js';
import type { Key } from '../transport/path.js';
import { type CallOptions, callOf, type RequestDescription } from '../transport/request.js';
import { loadToOneAlone } from './load-to-one.js';

/** Loads relations of several records of one model, and relations of the related records. */
export async function preload(records: readonly RecordContext[], paths: readonly string[], options: CallOptions): Promise<void> {
  if (records.length === 0 || paths.length === 0) return;
  await Promise.all(
    [...preloadTree(paths)].map(async ([property, below]) => {
      await loadForAll(records, property, options, false);
      if (below.length === 0) return;
      const related = new Set(records.flatMap((record) => presentRelated(record, property)));
      await preload([...related], below, options);
    }),
  );
}

/** Loads one relation of several records by the cheapest strategy that the API allows. */
export async function loadForAll(
  records: readonly RecordContext[],
  property: string,
  options: CallOptions,
  isAutomatic: boolean,
): Promise<void> {
  const wanting = records.filter((record) => !record.isNew && !isLoaded(record, property));
  const [first] = wanting;
  const relation = first?.metadata.relations.get(property);
  if (first === undefined || relation === undefined) return;
  const { resource } = first.metadata;
  if (resource.scope.length > 0) {
    const byScope = grouped(wanting, (record) => JSON.stringify(scopeFor(record, record.metadata.resource)));
    if (byScope.size > 1) {
      // Records of different scopes cannot share a request.
      for (const some of byScope.values()) await loadForAll(some, property, options, isAutomatic);
      return;
    }
  }
  const session = sessionOfRecord(first);
  const load = async (some: readonly RecordContext[], strategy: LoadStrategy): Promise<void> => {
    if (some.length === 0) return;
    session.emit('preload', () => ({
      store: session.storeHash,
      model: resource.name,
      relation: property,
      records: some.length,
      strategy,
      isAutomatic,
    }));
    await LOADERS[strategy](some, relation, options);
  };
  const partial = new Set(wanting.filter((record) => isPartlyEmbedded(record, property)));
  await load(partial.size === 0 ? wanting : wanting.filter((record) => !partial.has(record)), loadStrategyOf(resource, relation));
  // Embedding these again would truncate them again.
  const parts = wanting.filter((record) => isPartlyEmbedded(record, property) && !isLoaded(record, property));
  const strategy = parentFilter(relation) === undefined ? 'each' : 'list';
  if (strategy === 'list' || !isAutomatic) await load(parts, strategy);
}

type Loader = (records: readonly RecordContext[], relation: RelationDeclaration, options: CallOptions) => Promise<void>;

const LOADERS: Readonly<Record<LoadStrategy, Loader>> = {
  include: loadEmbedded,
  list: loadByParents,
  keys: loadByKeys,
  each: loadOneByOne,
};

/** Creates the group for the children of several parents; the children are created later. */
const groupOfChildren = (parents: readonly RecordContext[], property: string): LoadGroup<RecordContext> =>
  new LoadGroup(() => parents.flatMap((parent) => presentRelated(parent, property)));

/** Reads the records again: only their keys and the embedded relation. */
async function loadEmbedded(records: readonly RecordContext[], relation: RelationDeclaration, options: CallOptions): Promise<void> {
  const [first] = records;
  if (first === undefined) return;
  const { property, countedBy } = relation;
  const scope = scopeOfRecord(first);
  const { resource } = scope;
  const params = { include: [property], include_fields: countedBy === undefined ? [resource.key] : [resource.key, countedBy] };
  const size = pageSizeOf(resource, { params });
  const byKey = new Map<string, RecordContext>();
  for (const record of records) byKey.set(String(keyOf(record)), record);
  const children = groupOfChildren(records, property);
  const path = collectionPath(scope);
  await Promise.all(
    splitByUrlLength([...byKey.keys()], size).map(async (keys) => {
      const query = { ...scopeQuery(scope), [`${resource.keyFilter}:in`]: keys, ...params, limit: size };
      const request: RequestDescription = { method: 'GET', version: resource.version, path, query, ...callOf(options) };
      for (const row of await readList(sessionOf(scope), request, resource, keys)) {
        const record = byKey.get(String(row[resource.key]));
        if (record !== undefined && row[property] !== undefined) fillRelation(record, property, row[property], children, row);
      }
    }),
  );
}

/** Reads all related records in one list, and distributes them among their parents. */
async function loadByParents(records: readonly RecordContext[], relation: RelationDeclaration, options: CallOptions): Promise<void> {
  const filter = parentFilter(relation);
  const [first] = records;
  if (first === undefined || filter === undefined) return;
  const target = scopeOf(relation.target(), scopeFor(first, targetOf(relation)), sessionOfRecord(first));
  const scope = { ...target, resource: { ...target.resource, path: filter.path } };
  const rows = new Map<string, Row[]>();
  for (const record of records) rows.set(String(keyOf(record)), []);
  const state = { ...initialState(scope), filters: { [filter.parameter]: [...rows.keys()] } };
  for await (const page of readPages(scope, state, { ...callOf(options), isEager: true, isAwaited: true })) {
    for (const row of page.rows) {
      const parents = row[filter.attribute];
      if (parents === undefined || parents === null) return loadOneByOne(records, relation, options); // the row does not name its parent
      // A row may belong to several parents: each gets its own copy.
      for (const [at, parent] of (Array.isArray(parents) ? parents : [parents]).entries())
        rows.get(String(parent))?.push(at === 0 ? row : copyJson(row));
    }
  }
  const children = groupOfChildren(records, relation.property);
  for (const record of records) fillRelation(record, relation.property, rows.get(String(keyOf(record))), children);
}

/** Reads each referenced record once. */
async function loadByKeys(records: readonly RecordContext[], relation: RelationDeclaration, options: CallOptions): Promise<void> {
  const [first] = records;
  if (first === undefined) return;
  const session = sessionOfRecord(first);
  const scope = { ...scopeOf(relation.target(), scopeFor(first, targetOf(relation)), session), session };
  await loadReferred(records, relation, async (keys) => {
    const rows = await rowsByKey({ ...options, scope, filters: {}, params: {} }, keys);
    const found = await loadAll(scope, [...rows.values()]);
    return new Map([...rows.keys()].map((key, at) => [key, found[at] ?? null]));
  });
}

/** Loads the relation of each record separately, concurrently; reads each referenced record once. */
async function loadOneByOne(records: readonly RecordContext[], relation: RelationDeclaration, options: CallOptions): Promise<void> {
  const { property } = relation;
  if (relation.kind === 'belongsTo') {
    const byKey = new Map(records.map((record) => [String(referenceOf(record, relation)), record]));
    await loadReferred(records, relation, async (keys) => {
      const found = new Map<string, RecordContext | null>();
      const load = async (key: Key): Promise<void> => {
        const record = byKey.get(String(key));
        const cache = record === undefined ? undefined : relationCache(record, property);
        if (cache instanceof ToOneCache) found.set(String(key), await loadToOneAlone(cache, options));
      };
      await Promise.all(keys.map(load));
      group([...found.values()].filter((record) => record !== null));
      return found;
    });
    return;
  }
  await Promise.all(
    records.map(async (record) => {
      const cache = relationCache(record, property);
      if (cache instanceof ToOneCache) await loadToOneAlone(cache, options);
      else await loadChildren(cache, options);
    }),
  );
  if (relation.kind === 'hasMany') group(records.flatMap((record) => presentRelated(record, property)));
}

/** Finds referenced records by their distinct keys, and gives them to all records that refer to them. */
async function loadReferred(
  records: readonly RecordContext[],
  relation: RelationDeclaration,
  find: (keys: readonly Key[]) => Promise<ReadonlyMap<string, RecordContext | null>>,
): Promise<void> {
  const keys = new Map<string, Key>();
  const references = new Map<RecordContext, unknown>();
  for (const record of records) {
    const key = referenceOf(record, relation);
    references.set(record, key);
    if (!isEmptyKey(key)) keys.set(String(key), key as Key);
  }
  const found = keys.size === 0 ? new Map<string, RecordContext>() : await find([...keys.values()]);
  for (const [record, key] of references) {
    // The program may have changed this reference meanwhile.
    if (referenceOf(record, relation) !== key) continue;
    const cache = relationCache(record, relation.property);
    if (cache instanceof ToOneCache) cache.keep(found.get(String(key)) ?? null);
  }
}

const referenceOf = ({ record, metadata }: RecordContext, { key }: RelationDeclaration): unknown =>
  key === undefined ? undefined : Reflect.get(record, metadata.propertyOf(key));

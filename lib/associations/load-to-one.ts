import { RecordNotFoundError } from '../errors/record-not-found-error.js';
import { findOne } from '../query/find.js';
import { targetOf } from '../query/load-strategy.js';
import { rowIfAny } from '../query/parse-rows.js';
import { assertOperation, collectionPath, scopeQuery, sessionOf } from '../query/scope.js';
import { loadAll } from '../record/instantiate.js';
import type { ModelScope } from '../record/model-scope.js';
import { isEmptyKey, scopeFor } from '../record/record-address.js';
import type { RecordContext } from '../record/record-context.js';
import { targetScope } from '../record/relations.js';
import type { ToOneCache } from '../record/to-one-cache.js';
import type { Key } from '../transport/path.js';
import { type CallOptions, callOf, isPlainCall, type RequestDescription } from '../transport/request.js';

/** Loads the other record for a single parent. @param isFresh whether to ask the store even if another record of the group has it */
export async function loadToOneAlone(cache: ToOneCache, options: CallOptions, isFresh = false): Promise<RecordContext | null> {
  const { key } = cache;
  const record = await (endsEarly(options) ? findOther(cache, options, isFresh) : shared(cache, options, isFresh));
  // The program may have set another reference meanwhile: do not replace its record by the old one.
  if (cache.key === key) cache.keep(record);
  return record;
}

/** A load that may be aborted, or end early: no other call depends on it. */
const endsEarly = ({ signal, timeout, retry }: CallOptions): boolean =>
  signal !== undefined || timeout !== undefined || retry !== undefined;

/** The load that is under way for this reference, or a new one that others may join. */
function shared(cache: ToOneCache, options: CallOptions, isFresh: boolean): Promise<RecordContext | null> {
  const { key } = cache;
  if (cache.loading !== undefined && cache.loading.key === key && !isFresh) return cache.loading.promise;
  const loading = { key, promise: findOther(cache, options, isFresh) };
  cache.loading = loading;
  const end = (): void => {
    if (cache.loading === loading) cache.loading = undefined;
  };
  loading.promise.then(end, end);
  return loading.promise;
}

async function findOther(cache: ToOneCache, options: CallOptions, isFresh: boolean): Promise<RecordContext | null> {
  const { parent, relation, key } = cache;
  if (relation.kind === 'hasOne') return parent.isNew ? null : orNull(findSingleBelow(targetScope(cache), options));
  if (isEmptyKey(key)) return null;
  const find = (): Promise<RecordContext | null> => orNull(findByKey(targetScope(cache), key, options));
  // Records of one group that refer to the same record share it.
  const isShared = !isFresh && isPlainCall(options) && parent.session?.preload !== 'lazy';
  if (!isShared || parent.group === undefined) return find();
  const scope = scopeFor(parent, targetOf(relation));
  return parent.group.once([relation.property, key, ...Object.values(scope)].join(' '), find);
}

async function findByKey(scope: ModelScope<object>, key: unknown, options: CallOptions): Promise<RecordContext | null> {
  assertOperation(scope.resource, 'get', 'list');
  const row = await findOne(
    { scope: { resource: scope.resource, params: scope.params, session: sessionOf(scope) }, filters: {}, params: {}, ...callOf(options) },
    key as Key,
  );
  const [record = null] = await loadAll(scope, [row]);
  return record;
}

async function findSingleBelow(scope: ModelScope<object>, options: CallOptions): Promise<RecordContext | null> {
  const { version } = scope.resource;
  const request: RequestDescription = { method: 'GET', version, path: collectionPath(scope), query: scopeQuery(scope), ...callOf(options) };
  const row = rowIfAny(request, await sessionOf(scope).send(request));
  if (row === undefined) return null;
  const [record = null] = await loadAll(scope, [row]);
  return record;
}

async function orNull(found: Promise<RecordContext | null>): Promise<RecordContext | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof RecordNotFoundError) return null;
    throw error;
  }
}

import { loadStrategyOf } from '../query/load-strategy.js';
import type { HasManyCache } from '../record/has-many-cache.js';
import { loadChildren } from '../record/load-children.js';
import { isEmptyKey, sessionOfRecord } from '../record/record-address.js';
import type { RecordContext } from '../record/record-context.js';
import type { ToOneCache } from '../record/to-one-cache.js';
import { untilAborted } from '../transport/abort.js';
import { type CallOptions, isPlainCall } from '../transport/request.js';
import { loadToOneAlone } from './load-to-one.js';
import { loadForAll } from './preloader.js';

/** Loads the children of a record, and of the other records in its group if one request can. */
export async function loadHasMany(cache: HasManyCache, options: CallOptions): Promise<RecordContext[]> {
  // A load with options of its own may be aborted, or end early: no other call depends on it.
  if (!isPlainCall(options)) return cache.list(await loadForGroupOrAlone(cache, options));
  cache.loading ??= loadForGroupOrAlone(cache, options).finally(() => {
    cache.loading = undefined;
  });
  return cache.list(await cache.loading);
}

async function loadForGroupOrAlone(cache: HasManyCache, options: CallOptions): Promise<readonly RecordContext[]> {
  await loadForGroup(cache.parent, cache.relation.property, options);
  return cache.isLoaded ? cache.list() : loadChildren(cache, options);
}

/** Loads the other record of a relation, and those of the other records in its group if one request can. */
export async function loadToOne(cache: ToOneCache, options: CallOptions): Promise<RecordContext | null> {
  const { parent, relation } = cache;
  const isNothing = relation.kind === 'belongsTo' ? isEmptyKey(cache.key) : parent.isNew;
  if (!isNothing) await loadForGroup(parent, relation.property, options);
  return cache.isLoaded ? (cache.present ?? null) : loadToOneAlone(cache, options);
}

/**
 * Loads a relation for all records that came in the same response, if one request can. Otherwise does nothing: the caller then loads
 * it for one record.
 *
 * @throws NPlusOneError in strict mode, for the second record of a group whose relation is loaded separately
 */
async function loadForGroup(context: RecordContext, property: string, { signal }: CallOptions): Promise<void> {
  const { group, metadata } = context;
  const relation = metadata.relations.get(property);
  const { preload } = sessionOfRecord(context);
  if (group === undefined || relation === undefined || preload === 'lazy') return;
  if (loadStrategyOf(metadata.resource, relation) === 'each') {
    if (preload === 'strict') group.assertFirst(metadata.resource.name, property);
    return;
  }
  const loading = group.once(property, () => loadForAll(group.members, property, {}, true).finally(() => group.forget(property)));
  await untilAborted(loading, signal);
}

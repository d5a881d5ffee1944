import { readPages } from '../query/page-strategies.js';
import { initialState } from '../query/query-state.js';
import type { CallOptions } from '../transport/request.js';
import type { HasManyCache } from './has-many-cache.js';
import { loadAll } from './instantiate.js';
import type { RecordContext } from './record-context.js';

/** Reads the children of one record, and caches them unless the relation was written to meanwhile. */
export async function loadChildren(cache: HasManyCache, options: CallOptions): Promise<readonly RecordContext[]> {
  const { scope, writes } = cache;
  const read: RecordContext[] = [];
  for await (const { rows } of readPages(scope, initialState(scope), { ...options, isEager: true, isAwaited: true }))
    read.push(...(await loadAll(scope, rows)));
  const children = cache.withHeldChildren(read);
  if (writes === cache.writes) cache.keep(children);
  return children;
}

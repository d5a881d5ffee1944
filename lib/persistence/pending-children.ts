import { HasManyCache } from '../record/has-many-cache.js';
import type { RecordContext } from '../record/record-context.js';

/** Children to create when their parent is saved. */
export interface PendingChildren {
  readonly cache: HasManyCache;
  readonly children: readonly RecordContext[];
}

/** Returns the children to create with a record: built before it was saved, or refused by the store after it was created. */
export function pendingChildren({ rare }: RecordContext): readonly PendingChildren[] {
  if (rare.relations === undefined) return NONE_PENDING;
  const found: PendingChildren[] = [];
  for (const cache of rare.relations.values()) {
    const children = cache instanceof HasManyCache ? cache.pending : [];
    if (cache instanceof HasManyCache && children.length > 0) found.push({ cache, children });
  }
  return found;
}

const NONE_PENDING: readonly PendingChildren[] = [];

/** Whether a save would create children of a saved record. */
export const hasPendingChildren = (context: RecordContext): boolean => !context.isNew && pendingChildren(context).length > 0;

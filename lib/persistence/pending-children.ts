import { HasManyCache } from '../record/has-many-cache.js';
import type { RecordContext } from '../record/record-context.js';
import { ToOneCache } from '../record/to-one-cache.js';

/** Children to create when their parent is saved. */
export interface PendingChildren {
  readonly cache: HasManyCache | ToOneCache;
  readonly children: readonly RecordContext[];
}

/** Children to create after their parent. */
export interface LaterChildren extends PendingChildren {
  readonly cache: HasManyCache;
}

/** Children that an update of their parent writes. */
export interface EditedChildren extends PendingChildren {
  /** Whether the store is to have no others. */
  readonly isWhole: boolean;
}

function* cachesOf({ rare }: RecordContext): Generator<HasManyCache | ToOneCache> {
  for (const cache of rare.relations?.values() ?? []) if (cache instanceof HasManyCache || cache instanceof ToOneCache) yield cache;
}

/** Returns the children to create with a record: built before it was saved, or refused by the store after it was created. */
export function pendingChildren(context: RecordContext): readonly PendingChildren[] {
  const found: PendingChildren[] = [];
  for (const cache of cachesOf(context)) {
    const children = cache.pending;
    if (children.length > 0) found.push({ cache, children });
  }
  return found;
}

/** Returns the children that an update of a saved record writes. */
export function editedChildren(context: RecordContext): readonly EditedChildren[] {
  const found: EditedChildren[] = [];
  for (const cache of cachesOf(context)) {
    const isWhole = cache instanceof HasManyCache && cache.isReplaced;
    const children = cache.edited;
    if (isWhole || children.length > 0) found.push({ cache, children, isWhole });
  }
  return found;
}

/** Whether an update of a saved record would write children. */
export const hasEditedChildren = (context: RecordContext): boolean =>
  context.rare.relations !== undefined && editedChildren(context).length > 0;

/** Whether a save would create or change children of a saved record. */
export const hasPendingChildren = (context: RecordContext): boolean =>
  !context.isNew && (pendingChildren(context).length > 0 || hasEditedChildren(context));

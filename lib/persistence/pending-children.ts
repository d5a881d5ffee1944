import type { Saveable } from '../query/scope.js';
import { HasManyRelation } from '../model/has-many.js';
import type { Tracked } from '../record/change-set.js';

/** Related records that are to be created when their parent is saved. */
export interface PendingChildren {
  readonly property: string;
  readonly relation: HasManyRelation<object>;
  /** The filter that takes the parent's key, where the children have a path of their own. */
  readonly by: string | undefined;
  readonly records: readonly (object & Saveable)[];
}

/** What is to be created with a record: given with a new one, or refused by the store when its parent was created. */
export function pendingChildren({ state, plan }: Tracked): PendingChildren[] {
  const found: PendingChildren[] = [];
  for (const [property, relation] of state.relations ?? []) {
    if (!(relation instanceof HasManyRelation)) continue;
    const records = (relation as HasManyRelation<object>).pending;
    if (records.length > 0) found.push({ property, relation, by: plan.relations.get(property)?.by, records });
  }
  return found;
}

/** Whether a save would create related records of a saved record. */
export const hasPendingChildren = (the: Tracked): boolean => !the.state.isNew && pendingChildren(the).length > 0;

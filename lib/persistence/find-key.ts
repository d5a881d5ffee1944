import { BigRecordError } from '../errors/bigrecord-error.js';
import { storedValue } from '../record/attribute-values.js';
import { HasManyCache } from '../record/has-many-cache.js';
import { loadChildren } from '../record/load-children.js';
import { isEmptyKey, keyOf } from '../record/record-address.js';
import type { RecordContext } from '../record/record-context.js';
import { relationCache } from '../record/relations.js';
import { requireKey } from './unknown-key.js';

/** Looks up the key of a record that was created inside its parent, if the response did not contain it. @throws BigRecordError */
export async function findKey(context: RecordContext): Promise<void> {
  if (context.rare.isKeyUnknown) return requireKey(context);
  const { key, name } = context.metadata.resource;
  const { createdInside } = context.rare;
  if (createdInside === undefined || !isEmptyKey(storedValue(context, key))) return;
  const cache = relationCache(createdInside.parent, createdInside.relation);
  if (cache instanceof HasManyCache) await loadChildren(cache, {});
  if (!isEmptyKey(keyOf(context))) return;
  throw new BigRecordError(
    `The ${key} of this ${name} is unknown: it was created inside its parent, and no ${name} in the store matches it. Load the relation again and use its records. Nothing was sent.`,
  );
}

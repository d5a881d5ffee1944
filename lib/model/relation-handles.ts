import { ToOneHandle } from '../associations/to-one.js';
import type { RecordContext } from '../record/record-context.js';
import { relationCache } from '../record/relations.js';
import { ToOneCache } from '../record/to-one-cache.js';
import { HasManyHandle } from './has-many.js';

/** Handles by relation cache, so that a relation of a record is always the same object. */
const handles = new WeakMap<object, HasManyHandle<object> | ToOneHandle<object>>();

/** Returns the handle of a relation: the value of a relation property. */
export function relationHandle(context: RecordContext, property: string): HasManyHandle<object> | ToOneHandle<object> {
  const cache = relationCache(context, property);
  let handle = handles.get(cache);
  if (handle === undefined) {
    handle = cache instanceof ToOneCache ? new ToOneHandle<object>(cache) : new HasManyHandle<object>(cache);
    handles.set(cache, handle);
  }
  return handle;
}

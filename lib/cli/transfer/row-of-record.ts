import type { JsonObject } from '../../json-object.js';
import type { RecordContext } from '../../record/record-context.js';
import { isLoaded, relationAt, relationCache } from '../../record/relations.js';
import { toObject } from '../../record/serialize.js';

/** Returns a record as a row with some of its relations. Those have what the API embeds in them too: an option has its values. */
export function rowOfRecord(context: RecordContext, relations: readonly string[]): JsonObject {
  const row = toObject(context, {});
  for (const name of relations) row[name] = relatedRows(context, name);
  return row;
}

function relatedRows(context: RecordContext, name: string): unknown {
  const { present } = relationCache(context, relationAt(context, name).property);
  if (Array.isArray(present)) return present.map((child) => rowOfRecord(child, embeddedIn(child)));
  return present ? rowOfRecord(present, embeddedIn(present)) : present;
}

/** The names of the children that a response has embedded in a record. */
const embeddedIn = (context: RecordContext): string[] =>
  [...context.metadata.relations].flatMap(([name, { kind }]) => (kind !== 'belongsTo' && isLoaded(context, name) ? name : []));

import { ArgumentError } from '../errors/argument-error.js';
import { HasManyRelation } from '../relations/has-many.js';
import { ToOneRelation } from '../relations/to-one.js';
import { toWire } from '../schema/wire.js';
import { currentValue, slotsOf, type Tracked } from './changes.js';
import { tracked } from './internals.js';
import { writableSlots } from './readonly.js';
import { relationOf } from './related.js';

/** What `toObject` gives besides, or leaves out. */
interface Shown {
  /** Relations to add, as far as they are loaded. */
  readonly include?: readonly string[];
  /** Without what only the store sets. */
  readonly writable?: boolean;
}

/** The attributes under the API's names, copied. Dates stay dates, unless it is for JSON. */
export function toObject(the: Tracked, { include = [], writable = false }: Shown, asJson = false): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const slot of writable ? writableSlots(the) : slotsOf(the)) {
    const value = currentValue(the, slot);
    if (value === undefined || slot.shownAs === undefined) continue;
    const written = slot.cast?.write === undefined || value === null ? value : slot.cast.write(value);
    object[slot.shownAs] = asJson ? forJson(written, the, slot.property) : copy(written);
  }
  for (const name of include) object[name] = related(the, name, writable);
  return object;
}

/** The spelling of requests; what cannot be sent is left to JSON.stringify, since printing a record must not fail. */
function forJson(value: unknown, { plan }: Tracked, property: string): unknown {
  try {
    return toWire(value, plan.dialect, property);
  } catch {
    return value;
  }
}

function related(the: Tracked, property: string, writable: boolean): unknown {
  if (!the.plan.relations.has(property))
    throw new ArgumentError(
      `${the.plan.resource.name} has no relation \`${property}\`; it has ${[...the.plan.relations.keys()].join(', ') || 'none'}.`,
    );
  const relation = relationOf(the.record, property);
  if (relation instanceof HasManyRelation) return relation.loaded?.map((record) => toObject(tracked(record), { writable }));
  if (relation instanceof ToOneRelation && relation.loaded) return toObject(tracked(relation.loaded), { writable });
  return relation.loaded;
}

/** What refers to itself is copied to this depth, and shared from there: only a save refuses it. */
const MAX_DEPTH = 200;

function copy(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return value;
  if (value instanceof Date) return new Date(value);
  if (Array.isArray(value)) return value.map((entry) => copy(entry, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, copy(entry, depth + 1)]));
}

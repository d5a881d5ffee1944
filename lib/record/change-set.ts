import type { Row } from '../query/scope.js';
import { copyOf, isPlain, isSame } from '../schema/snapshot.js';
import { sameJson } from '../schema/wire.js';
import { baselineAt, currentValue, wireValue } from './attribute-values.js';
import { timeOfBaseline, valueOfBaseline } from './hydrator.js';
import type { ModelAttribute } from './model-attribute.js';
import type { Changes, RecordContext } from './record-context.js';

/** Whether a value differs from its baseline. `undefined` counts as not set. */
export function differs(context: RecordContext, attribute: ModelAttribute, value: unknown, baseline: unknown): boolean {
  if (value === undefined || value === baseline) return false;
  const { cast, decimals } = attribute;
  if (cast === undefined && decimals === undefined && typeof value !== 'object') return true;
  if (cast?.isDate === true) {
    if (isSameTime(cast.read(value), baseline)) return false;
  } else if (isSame(value, baseline)) return false;
  // Compare as sent: a transformed value that was only read is not a change, nor is a date in place of its own string.
  try {
    return !sameJson(wireValue(context, attribute, value), wireValue(context, attribute, valueOfBaseline(attribute, baseline)));
  } catch {
    return true; // A value that cannot be sent is a change: a save reports it.
  }
}

export function isSameTime(date: unknown, baseline: unknown): boolean {
  const time = typeof baseline === 'number' ? baseline : timeOfBaseline(baseline);
  return date instanceof Date ? date.getTime() === time : isSame(date, time);
}

const byPlace = (a: ModelAttribute, b: ModelAttribute): number => (a.place === b.place ? 0 : a.place - b.place);

/** Returns the changed attributes that a save sends: those that are not read-only. */
export function sendable(changed: readonly ModelAttribute[]): readonly ModelAttribute[] {
  for (const { readOnly } of changed) if (readOnly) return changed.filter((attribute) => !attribute.readOnly);
  return changed;
}

/** Whether anything differs. */
export const isChanged = (context: RecordContext): boolean => changedAttributes(context).length > 0;

/**
 * The attributes that differ from what the store last sent, as they are declared: those that a save sends, and those that it
 * refuses. Mostly a record has the names of its row, in order, and nothing differs.
 */
export function changedAttributes(context: RecordContext): ModelAttribute[] {
  const changed: ModelAttribute[] = [];
  const { record, metadata, shape, original, rare } = context;
  if (metadata.renamed.length > 0) takeApiNames(context);
  const attributes = record;
  let next = 0;
  for (const property in attributes) {
    const value = attributes[property];
    const place = shape === undefined || shape.properties[next] === property ? next : shape.places.get(property);
    if (shape === undefined || place === undefined) {
      const added = value === undefined || !Object.hasOwn(attributes, property) ? undefined : metadata.attributeAt(property, value);
      if (added !== undefined) changed.push(added);
    } else {
      next = place + 1;
      if (value === undefined || value === original[place]) continue;
      const attribute = shape.attributes[place] as ModelAttribute;
      if (differs(context, attribute, value, original[place])) changed.push(attribute);
    }
  }
  if (rare.hidden !== undefined) findHidden(context, changed);
  return changed.length > 1 ? changed.sort(byPlace) : changed;
}

/** Moves values that were set under an API name (`Object.assign(record, row)`) to their properties. */
function takeApiNames({ record, metadata }: RecordContext): void {
  const attributes = record;
  for (const { name, property, isHidden } of metadata.renamed) {
    if (isHidden || !Object.hasOwn(attributes, name) || metadata.attributeAt(name, attributes[name])?.declared !== false) continue;
    attributes[property] = attributes[name];
    delete attributes[name];
  }
}

function findHidden({ metadata, rare }: RecordContext, changed: ModelAttribute[]): void {
  const { original = {}, current = {} } = rare.hidden ?? {};
  for (const name of Object.keys(current)) {
    const attribute = metadata.attribute(name);
    if (attribute !== null && current[name] !== undefined && !isSame(current[name], original[name])) changed.push(attribute);
  }
}

/** Returns old and new values, as the program sees them. */
export function changesOf(context: RecordContext, changed: readonly ModelAttribute[]): Changes {
  const changes: Record<string, readonly [unknown, unknown]> = {};
  for (const attribute of changed) {
    const before = baselineAt(context, attribute);
    const after = attribute.isHidden ? currentValue(context, attribute) : context.record[attribute.property];
    changes[attribute.property] = [
      attribute.cast === undefined && typeof before !== 'object' ? before : valueOfBaseline(attribute, before),
      typeof after === 'object' ? copyOfValue(attribute, after) : after,
    ];
  }
  return changes;
}

function copyOfValue({ cast }: ModelAttribute, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  try {
    // Copy a value object by writing and reading it, as the old value is.
    return cast?.write === undefined || isPlain(value) ? structuredClone(value) : cast.read(copyOf(cast.write(value)));
  } catch {
    return copyOf(value);
  }
}

/** Builds a request body: these attributes by API name, without read-only ones. */
export function bodyOf(context: RecordContext, attributes: Iterable<ModelAttribute>): Row {
  const body: Row = {};
  for (const attribute of attributes) {
    if (attribute.readOnly) continue;
    const { cast, decimals, isHidden, name, property } = attribute;
    const plain = cast === undefined && decimals === undefined && !isHidden ? context.record[property] : undefined;
    const value = typeof plain === 'string' || typeof plain === 'boolean' ? plain : wireValue(context, attribute);
    if (value !== undefined) body[name] = value;
  }
  return body;
}

import type { Row } from '../query/scope.js';
import type { RelationDeclaration } from '../schema/declaration.js';
import { isSame, snapshotOf } from '../schema/snapshot.js';
import { unixMilliseconds } from '../schema/unix-text.js';
import { removeProperties } from './class-fields.js';
import type { ModelAttribute } from './model-attribute.js';
import { ownRareState, type RecordContext } from './record-context.js';
import type { RowShape } from './row-shape.js';

/**
 * Fills a new record from a row of the store: the values become its attributes, and copies of them its baseline. No other record may
 * use the same row. Values replace whatever constructors and class fields have set.
 */
export function hydrate(context: RecordContext, row: Row): void {
  const shape = context.metadata.shapes.of(row);
  const { properties, from } = shape;
  const attributes = context.record;
  // Object.values() is faster than reading the values one by one.
  let original: unknown[] = Object.values(row);
  if (from !== undefined) original = from.map((at) => original[at]);
  for (let at = 0; at < properties.length; at++) {
    const value = original[at];
    attributes[properties[at] as string] = value;
    if (typeof value === 'object' && value !== null) original[at] = snapshotIn(context, value);
  }
  if (shape.castAt.length > 0) readCasts(context, shape, row, original);
  context.isNew = false;
  context.shape = shape;
  context.original = original;
  if (shape.hidden.length > 0) keepHidden(context, shape, row);
  if (shape.relations.length > 0) keepEmbedded(context, shape, row);
}

function readCasts({ record }: RecordContext, shape: RowShape, row: Row, original: unknown[]): void {
  const attributes = record;
  for (const at of shape.castAt) {
    const attribute = shape.attributes[at] as ModelAttribute;
    const value = attribute.cast?.read(row[attribute.name], row);
    attributes[attribute.property] = value;
    original[at] = baselineOf(attribute, value, original[at]);
  }
}

/** Copies a value for the baseline. A value that is nested too deeply is used itself, so that the rest of the record is usable. */
function snapshotIn(context: RecordContext, value: object): unknown {
  try {
    return snapshotOf(value);
  } catch {
    ownRareState(context).isTooDeep = true;
    return value;
  }
}

/** Removes the attributes of a record that the store's row does not have. A default would otherwise overwrite the store's value. */
export function dropUnsentAttributes({ record, shape, metadata }: RecordContext): void {
  const places = shape?.places;
  removeProperties(record, (property, value) => places?.has(property) !== true && metadata.attributeAt(property, value) !== undefined);
}

/**
 * Returns the baseline for a value of the store: milliseconds for a date, or the original string if it has Unix seconds, which a save
 * writes as well; the original JSON for other converted values.
 */
export function baselineOf({ cast }: ModelAttribute, value: unknown, json: unknown): unknown {
  if (cast?.isDate !== true) return json;
  if (typeof json === 'string' && json.length < 12 && unixMilliseconds(json) !== undefined) return json;
  return value instanceof Date ? value.getTime() : snapshotOf(value);
}

/** Returns the milliseconds of a date's baseline; the baseline itself if it is none. */
export function timeOfBaseline(baseline: unknown): unknown {
  if (typeof baseline !== 'string') return baseline;
  const time = unixMilliseconds(baseline);
  return time === undefined ? baseline : time;
}

/** Converts a baseline to the value that the program sees. Returns a copy. */
export function valueOfBaseline({ cast }: ModelAttribute, baseline: unknown): unknown {
  if (cast === undefined || baseline === undefined) return snapshotOf(baseline);
  if (cast.isDate === true) {
    const time = timeOfBaseline(baseline);
    return typeof time === 'number' ? new Date(time) : snapshotOf(time);
  }
  try {
    return cast.read(snapshotOf(baseline));
  } catch {
    return snapshotOf(baseline); // as acceptResponse() left it; the save has reported the error
  }
}

/** Keeps the embedded rows of a response until their relation is used. V2's `{ url, resource }` means that they must be fetched. */
export function keepEmbedded(context: RecordContext, { relations }: RowShape, row: Row): void {
  for (const name of relations) {
    const value = row[name];
    if (value === undefined || isStub(value)) continue;
    const rare = ownRareState(context);
    if (!isWhole(context.metadata.relations.get(name), value, row)) {
      (rare.partial ??= new Set()).add(name);
      continue;
    }
    rare.partial?.delete(name);
    (rare.embedded ??= new Map()).set(name, value);
    rare.relations?.delete(name);
  }
}

/** Whether embedded rows are complete. An array of the documented maximum length may not be, unless a count says otherwise. */
export function isWhole(relation: RelationDeclaration | undefined, embedded: unknown, row: Row): boolean {
  if (!Array.isArray(embedded) || relation?.maxEmbedded === undefined) return true;
  const count = relation.countedBy === undefined ? undefined : row[relation.countedBy];
  return typeof count === 'number' ? embedded.length >= count : embedded.length < relation.maxEmbedded;
}

/** Stores the attributes that would hide a method, except those that the program has changed meanwhile. */
export function keepHidden(context: RecordContext, { hidden }: RowShape, row: Row, sent: Row = {}): void {
  const before = context.rare.hidden;
  const original = { ...before?.original };
  const current = { ...before?.current };
  for (const name of new Set([...hidden, ...Object.keys(sent)])) {
    const known = Object.hasOwn(sent, name) ? sent[name] : original[name];
    const isChangedSince = Object.hasOwn(current, name) && !isSame(current[name], known);
    original[name] = snapshotOf(Object.hasOwn(row, name) ? row[name] : known);
    if (!isChangedSince) current[name] = snapshotOf(original[name]);
  }
  ownRareState(context).hidden = { original, current };
}

/**
 * Whether a value is `{ url, resource }`, V2's link to related data, or an empty object in its place. The link is never followed: the
 * declaration has the path.
 */
function isStub(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.keys(value).every((key) => key === 'url' || key === 'resource');
}

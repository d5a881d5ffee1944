import type { Row } from '../query/scope.js';
import type { RelationDeclaration } from '../schema/declaration.js';
import { isSame, snapshotOf } from '../schema/snapshot.js';
import { removeProperties } from './class-fields.js';
import type { ModelAttribute } from './model-attribute.js';
import { ownRareState, type RecordContext } from './record-context.js';
import type { RowShape } from './row-shape.js';

/** A record as this room writes to it. */
type Properties = Record<string, unknown>;

/**
 * Turns a new record into one that the store sent: the row's values become its attributes, and copies of them what it is
 * compared with. The row must belong to the record alone. Values replace whatever constructors and fields have set; a default for
 * an attribute that the row does not have is dropped, or a save would send it over what the store has.
 */
export function hydrate(context: RecordContext, row: Row): void {
  const shape = context.metadata.shapes.of(row);
  const { properties, from } = shape;
  const attributes = context.record;
  // The values of the row, in its order, become what the record is compared with: reading them one by one costs more.
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
  if (shape.hidden.length > 0) takeHidden(context, shape, row);
  if (shape.relations.length > 0) takeEmbedded(context, shape, row);
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

/** A copy to compare with; what is nested too deeply for one stands for itself, so that all else of the record can be used. */
function snapshotIn(context: RecordContext, value: object): unknown {
  try {
    return snapshotOf(value);
  } catch {
    ownRareState(context).isTooDeep = true;
    return value;
  }
}

/** Removes the attributes that a record has and the store's row has not. */
export function dropOthers({ record, shape, metadata }: RecordContext): void {
  const places = shape?.places;
  removeProperties(record, (property, value) => places?.has(property) !== true && metadata.attributeAt(property, value) !== undefined);
}

/** What a value of the store is compared with: dates by their milliseconds, other converted values by the JSON they came as. */
export const baselineOf = ({ cast }: ModelAttribute, value: unknown, json: unknown): unknown =>
  cast?.isDate === true ? (value instanceof Date ? value.getTime() : snapshotOf(value)) : json;

/** The value, as the program sees it, of what it is compared with: a copy. */
export function valueOfBaseline({ cast }: ModelAttribute, baseline: unknown): unknown {
  if (cast === undefined || baseline === undefined) return snapshotOf(baseline);
  if (cast.isDate === true) return typeof baseline === 'number' ? new Date(baseline) : snapshotOf(baseline);
  try {
    return cast.read(snapshotOf(baseline));
  } catch {
    return snapshotOf(baseline); // as accepting left it: the save has reported it
  }
}

/** Keeps related rows of a response until their relation is used; V2's `{ url, resource }` means that they have to be fetched. */
export function takeEmbedded(context: RecordContext, { relations }: RowShape, row: Row): void {
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

/** Whether embedded rows are all that there are. An array of the documented maximum may lack some, unless a count says otherwise. */
export function isWhole(relation: RelationDeclaration | undefined, embedded: unknown, row: Row): boolean {
  if (!Array.isArray(embedded) || relation?.maxEmbedded === undefined) return true;
  const count = relation.countedBy === undefined ? undefined : row[relation.countedBy];
  return typeof count === 'number' ? embedded.length >= count : embedded.length < relation.maxEmbedded;
}

/** Keeps aside what would hide a method, except what the program has changed in the meantime. */
export function takeHidden(context: RecordContext, { hidden }: RowShape, row: Row, sent: Row = {}): void {
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

/** `{ url, resource }`: V2 says where related data is. The path is made from the declaration; this address is never followed. */
function isStub(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key === 'url' || key === 'resource');
}

import type { Row } from '../query/scope.js';
import type { RelationDeclaration } from '../schema/declaration.js';
import { isSame, snapshotOf } from '../schema/snapshot.js';
import { removeProperties } from './class-fields.js';
import type { Plan } from './model-metadata.js';
import type { RowShape } from './row-shape.js';
import type { Slot } from './model-attribute.js';
import type { RecordState } from './record-context.js';

/** A record as this room writes to it. */
export type Properties = Record<string, unknown>;

/**
 * Makes a record, new until now, one that the store sent: the row's values become its attributes, copies of them what it is
 * compared with. The row must belong to the record alone. Values come over whatever constructors and fields have set; a default
 * where the row is silent goes, lest a save sent it over what the store has.
 */
export function hydrate(record: object, state: RecordState, plan: Plan, row: Row): void {
  const shape = plan.shapes.of(row);
  const { properties, from } = shape;
  const attributes = record as Properties;
  // The values of the row, in its order, become what the record is compared with: reading them one by one costs more.
  let original: unknown[] = Object.values(row);
  if (from !== undefined) original = from.map((at) => original[at]);
  for (let at = 0; at < properties.length; at++) {
    const value = original[at];
    attributes[properties[at] as string] = value;
    if (typeof value === 'object' && value !== null) original[at] = snapshotIn(state, value);
  }
  for (const at of shape.castAt) {
    const slot = shape.slots[at] as Slot;
    const value = slot.cast?.read(row[slot.name], row);
    attributes[slot.property] = value;
    original[at] = originalOf(slot, value, original[at]);
  }
  state.shape = shape;
  state.original = original;
  if (shape.hidden.length > 0) takeHidden(state, shape, row);
  if (shape.relations.length > 0) takeRelated(state, plan, shape, row);
}

/** A copy to compare with; what is nested too deeply for one stands for itself, so that all else of the record can be used. */
function snapshotIn(state: RecordState, value: object): unknown {
  try {
    return snapshotOf(value);
  } catch {
    state.isTooDeep = true;
    return value;
  }
}

/** Takes away what a record has and the store's row has not, where it is an attribute. */
export function dropOthers(record: object, state: RecordState, plan: Plan): void {
  const places = state.shape?.places;
  removeProperties(
    record as Properties,
    (property, value) => places?.has(property) !== true && plan.attributeAt(property, value) !== undefined,
  );
}

/** What a value of the store is compared with: dates by their milliseconds, other converted values by the JSON they came as. */
export const originalOf = ({ cast }: Slot, value: unknown, json: unknown): unknown =>
  cast?.isDate === true ? (value instanceof Date ? value.getTime() : snapshotOf(value)) : json;

/** The value, as the program sees it, of what it is compared with: a copy. */
export function revive({ cast }: Slot, original: unknown): unknown {
  if (cast === undefined || original === undefined) return snapshotOf(original);
  if (cast.isDate === true) return typeof original === 'number' ? new Date(original) : snapshotOf(original);
  try {
    return cast.read(snapshotOf(original));
  } catch {
    return snapshotOf(original); // as accepting left it: the save has told
  }
}

/** Related rows in an answer fill the relation; V2's `{ url, resource }` means that they are to be fetched. */
export function takeRelated(state: RecordState, plan: Plan, { relations }: RowShape, row: Row): void {
  for (const name of relations) {
    const value = row[name];
    if (value === undefined || isStub(value)) continue;
    if (!isWhole(plan.relations.get(name), value, row)) {
      (state.partial ??= new Set()).add(name);
      continue;
    }
    state.partial?.delete(name);
    (state.embedded ??= new Map()).set(name, value);
    state.relations?.delete(name);
  }
}

/** Whether embedded rows are all that there are. An array of the documented maximum may lack some, unless a count says otherwise. */
export function isWhole(relation: RelationDeclaration | undefined, embedded: unknown, row: Row): boolean {
  if (!Array.isArray(embedded) || relation?.maxEmbedded === undefined) return true;
  const count = relation.countedBy === undefined ? undefined : row[relation.countedBy];
  return typeof count === 'number' ? embedded.length >= count : embedded.length < relation.maxEmbedded;
}

/** Keeps aside what would hide a method, except what the program has changed meanwhile. */
export function takeHidden(state: RecordState, { hidden }: RowShape, row: Row, sent: Row = {}): void {
  const before = state.hidden ?? { original: {}, current: {} };
  const original = { ...before.original };
  const current = { ...before.current };
  for (const name of new Set([...hidden, ...Object.keys(sent)])) {
    const known = Object.hasOwn(sent, name) ? sent[name] : original[name];
    const isChangedSince = Object.hasOwn(current, name) && !isSame(current[name], known);
    original[name] = snapshotOf(Object.hasOwn(row, name) ? row[name] : known);
    if (!isChangedSince) current[name] = snapshotOf(original[name]);
  }
  state.hidden = { original, current };
}

/** `{ url, resource }`: V2 says where related data is. The path is made from the declaration; this address is never followed. */
function isStub(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key === 'url' || key === 'resource');
}

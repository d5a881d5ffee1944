import type { Row } from '../query/scope.js';
import { isPlain, isSame, snapshotOf } from '../schema/snapshot.js';
import { differs, isSameTime } from './change-set.js';
import { baselineOf, dropUnsentAttributes, hydrate, keepEmbedded, keepHidden, valueOfBaseline } from './hydrator.js';
import type { ModelAttribute } from './model-attribute.js';
import { ownRareState, type RecordContext } from './record-context.js';
import type { RowShape } from './row-shape.js';

/**
 * Accepts the response to a save as the new baseline. Attributes that were sent but are missing in the response count as stored.
 * Attributes that the program changed after the request was sent keep their value, and stay changed.
 *
 * @throws what a cast of the program throws for the response, once the whole response is accepted
 */
export function acceptResponse(context: RecordContext, sent: Row, row: Row = {}): void {
  const failures: unknown[] = [];
  const { record, metadata, shape, original } = context;
  const attributes = record;
  const merged = mergedShape(context, sent, row);
  const baselines: unknown[] = [];
  for (const attribute of merged.attributes) {
    const { name, property, cast } = attribute;
    const place = shape?.places.get(property);
    const json = row[name];
    const current = attributes[property];
    // The usual case needs no copies and no casts: a plain value that was not changed meanwhile.
    const isPlainValue = cast === undefined && json !== undefined && (typeof json !== 'object' || json === null);
    const before = place === undefined ? undefined : original[place];
    if (isPlainValue && (current === undefined || current === (Object.hasOwn(sent, name) ? sent[name] : before))) {
      attributes[property] = json;
      baselines.push(json);
    } else baselines.push(acceptValue(context, attribute, sent, row, before, failures));
  }
  context.isNew = false;
  context.shape = merged;
  context.original = baselines;
  if (merged.hidden.length > 0) keepHidden(context, merged, row, hiddenIn(merged, sent));
  if (merged.relations.length > 0) keepEmbedded(context, metadata.shapes.of(row), row);
  if (failures.length > 0) throw failures[0];
}

/** Returns the shape of record and response together: names keep their order, new ones come last. */
function mergedShape({ metadata, shape }: RecordContext, sent: Row, row: Row): RowShape {
  const names = new Set(shape?.names);
  const before = names.size;
  for (const name in row) names.add(name);
  for (const name in sent) names.add(name);
  return shape !== undefined && names.size === before ? shape : metadata.shapes.named([...names]);
}

const hiddenIn = ({ hidden }: RowShape, sent: Row): Row =>
  Object.fromEntries(hidden.filter((name) => Object.hasOwn(sent, name)).map((name) => [name, sent[name]]));

/** Accepts the store's value of one attribute. Returns the new baseline. */
function acceptValue(
  context: RecordContext,
  attribute: ModelAttribute,
  sent: Row,
  row: Row,
  before: unknown,
  failures: unknown[],
): unknown {
  const { name, property, cast, readOnly } = attribute;
  const attributes = context.record;
  const current = attributes[property];
  const isSent = Object.hasOwn(sent, name);
  const asSent = isSent ? baselineOf(attribute, cast?.isDate ? cast.read(sent[name]) : undefined, snapshotOf(sent[name])) : before;
  const isChangedSince = (): boolean => current !== undefined && differs(context, attribute, current, asSent);
  if (row[name] === undefined) {
    if (isSent && cast !== undefined && current !== undefined && !isChangedSince()) attributes[property] = asDeclared(attribute, current);
    return asSent;
  }
  const value = readOr(attribute, row, failures);
  const baseline = baselineOf(attribute, value, snapshotOf(row[name]));
  if ((readOnly && context.isNew) || !isChangedSince()) {
    // An object that equals the store's value is kept: the program may hold a reference to it.
    const isKept = current !== undefined && isAsRead(context, attribute, current, baseline);
    attributes[property] = isKept ? asDeclared(attribute, current) : value;
  }
  return baseline;
}

/** Casts the value of a response. If the cast throws, returns the value as it came. */
function readOr({ name, cast }: ModelAttribute, row: Row, failures: unknown[]): unknown {
  if (cast === undefined) return row[name];
  try {
    return cast.read(row[name], row);
  } catch (error) {
    failures.push(error);
    return row[name];
  }
}

/** Converts a value to its attribute's type: strings to dates, plain objects to value objects. Returns other values unchanged. */
function asDeclared({ cast }: ModelAttribute, value: unknown): unknown {
  if (cast?.isDate === true) return value instanceof Date ? value : cast.read(value);
  const isGivenPlain = isPlain(value) || (Array.isArray(value) && value.some(isPlain));
  return isGivenPlain && cast?.coerce !== undefined ? cast.coerce(value) : value;
}

/** Whether a value equals what the store sent and already has the attribute's type. */
function isAsRead(context: RecordContext, attribute: ModelAttribute, value: unknown, baseline: unknown): boolean {
  const { cast } = attribute;
  if (cast?.isDate === true) return isSameTime(value, baseline);
  if (cast?.coerce !== undefined && typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    return false;
  if (cast === undefined) return isSame(value, baseline);
  return !differs(context, attribute, value, baseline);
}

/** Restores every attribute to what the store last sent. */
export function restoreStored(context: RecordContext): void {
  const { record, shape, original, rare } = context;
  for (const cache of rare.relations?.values() ?? []) cache.dropAssigned();
  if (shape === undefined) return;
  const attributes = record;
  for (const [at, attribute] of shape.attributes.entries()) {
    const value = attributes[attribute.property];
    if (value === undefined ? original[at] !== undefined : differs(context, attribute, value, original[at]))
      attributes[attribute.property] = valueOfBaseline(attribute, original[at]);
  }
  dropUnsentAttributes(context);
  const { hidden } = context.rare;
  if (hidden !== undefined) ownRareState(context).hidden = { original: hidden.original, current: snapshotOf(hidden.original) as Row };
}

/** Replaces everything with a fresh row. @throws what a cast throws, before anything is replaced */
export function replaceRow(context: RecordContext, row: Row): void {
  const shape = context.metadata.shapes.of(row);
  for (const at of shape.castAt) shape.attributes[at]?.cast?.read(snapshotOf(row[shape.sources[at] as string]), row);
  const rare = ownRareState(context);
  rare.relations = undefined;
  rare.embedded = undefined;
  rare.hidden = undefined;
  hydrate(context, row);
  dropUnsentAttributes(context);
}

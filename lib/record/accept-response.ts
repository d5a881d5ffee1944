import type { Row } from '../query/scope.js';
import { isPlain, isSame, snapshotOf } from '../schema/snapshot.js';
import { differs, isSameTime } from './change-set.js';
import { baselineOf, dropOthers, hydrate, takeEmbedded, takeHidden, valueOfBaseline } from './hydrator.js';
import type { ModelAttribute } from './model-attribute.js';
import { ownRareState, type RecordContext } from './record-context.js';
import type { RowShape } from './row-shape.js';

/**
 * Takes the response to a save. It becomes what the record is compared with; where it is silent about something that was sent,
 * that counts as stored; what the program has changed since the request left stays as it is, and so stays changed.
 *
 * @throws what a cast of the program throws for the response: by then the record has taken in all of it
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
    // The usual case needs no copies and no casts: a plain value, and nothing was changed meanwhile.
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
  if (merged.hidden.length > 0) takeHidden(context, merged, row, hiddenIn(merged, sent));
  if (merged.relations.length > 0) takeEmbedded(context, metadata.shapes.of(row), row);
  if (failures.length > 0) throw failures[0];
}

/** The store's order stays that of the record; what it sends for the first time comes after. */
function mergedShape({ metadata, shape }: RecordContext, sent: Row, row: Row): RowShape {
  const names = new Set(shape?.names);
  const before = names.size;
  for (const name in row) names.add(name);
  for (const name in sent) names.add(name);
  return shape !== undefined && names.size === before ? shape : metadata.shapes.named([...names]);
}

const hiddenIn = ({ hidden }: RowShape, sent: Row): Row =>
  Object.fromEntries(hidden.filter((name) => Object.hasOwn(sent, name)).map((name) => [name, sent[name]]));

/** Takes what the store sent for one attribute. Returns what it is compared with from now on. */
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
    // What equals the store's value stays in the hands of the program: a date, a nested object.
    const isKept = current !== undefined && isAsRead(context, attribute, current, baseline);
    attributes[property] = isKept ? asDeclared(attribute, current) : value;
  }
  return baseline;
}

/** The value of a response as its attribute is declared; where the cast throws, as it came. */
function readOr({ name, cast }: ModelAttribute, row: Row, failures: unknown[]): unknown {
  if (cast === undefined) return row[name];
  try {
    return cast.read(row[name], row);
  } catch (error) {
    failures.push(error);
    return row[name];
  }
}

/** A value in the type that its attribute is declared with: a date for its string, value objects for plain ones; others as they are. */
function asDeclared({ cast }: ModelAttribute, value: unknown): unknown {
  if (cast?.isDate === true) return value instanceof Date ? value : cast.read(value);
  const isGivenPlain = isPlain(value) || (Array.isArray(value) && value.some(isPlain));
  return isGivenPlain && cast?.coerce !== undefined ? cast.coerce(value) : value;
}

/** Whether a value is already what the store sent, in the form that it would be read in. */
function isAsRead(context: RecordContext, attribute: ModelAttribute, value: unknown, baseline: unknown): boolean {
  const { cast } = attribute;
  if (cast?.isDate === true) return value instanceof Date === (typeof baseline === 'number') && isSameTime(value, baseline);
  if (cast?.coerce !== undefined && typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    return false;
  if (cast === undefined) return isSame(value, baseline);
  return !differs(context, attribute, value, baseline);
}

/** Puts every attribute back to what the store last sent. */
export function restoreStored(context: RecordContext): void {
  const { record, shape, original } = context;
  if (shape === undefined) return;
  const attributes = record;
  for (const [at, attribute] of shape.attributes.entries()) {
    const value = attributes[attribute.property];
    if (value === undefined ? original[at] !== undefined : differs(context, attribute, value, original[at]))
      attributes[attribute.property] = valueOfBaseline(attribute, original[at]);
  }
  dropOthers(context);
  const { hidden } = context.rare;
  if (hidden !== undefined) ownRareState(context).hidden = { original: hidden.original, current: snapshotOf(hidden.original) as Row };
}

/** Replaces everything by a fresh row. @throws what a cast throws, before anything is replaced */
export function replaceRow(context: RecordContext, row: Row): void {
  const shape = context.metadata.shapes.of(row);
  for (const at of shape.castAt) shape.attributes[at]?.cast?.read(snapshotOf(row[shape.sources[at] as string]), row);
  const rare = ownRareState(context);
  rare.relations = undefined;
  rare.embedded = undefined;
  rare.hidden = undefined;
  hydrate(context, row);
  dropOthers(context);
}

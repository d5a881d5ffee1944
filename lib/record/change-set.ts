import type { Row } from '../query/scope.js';
import { rounded } from '../schema/decimals.js';
import { copyOf, isPlain, isSame, snapshotOf } from '../schema/snapshot.js';
import { sameJson, toWire } from '../schema/wire.js';
import { dropOthers, hydrate, originalOf, type Properties, revive, takeHidden, takeRelated } from './hydrator.js';
import type { Plan } from './model-metadata.js';
import type { Slot } from './model-attribute.js';
import type { Changes, RecordState } from './record-context.js';

/** The three things that tell how a record stands: the record, its state, the plan of its class. */
export interface Tracked {
  readonly record: object;
  readonly state: RecordState;
  readonly plan: Plan;
}

/** All attributes of a record: the declared ones, then those that the store sent besides and those that the program gave. */
export function* slotsOf({ record, state, plan }: Tracked): Generator<Slot> {
  yield* plan.slots;
  for (const property of Object.keys(record)) {
    const slot = attributeAt(state, plan, property, (record as Properties)[property]);
    if (slot !== undefined && !slot.declared) yield slot;
  }
  for (const name of Object.keys(state.hidden?.current ?? {})) {
    const slot = plan.slot(name);
    if (slot !== null && !slot.declared) yield slot;
  }
}

export const currentValue = ({ record, state }: Tracked, slot: Slot): unknown =>
  slot.isHidden ? state.hidden?.current[slot.name] : (record as Properties)[slot.property];

/** The attribute that a property of this record is: what the store has sent is one, whatever its name. */
export function attributeAt(state: RecordState, plan: Plan, property: string, value: unknown): Slot | undefined {
  const place = state.shape?.places.get(property);
  return place === undefined ? plan.attributeAt(property, value) : state.shape?.slots[place];
}

/** The value as it would be sent now. */
const wireOf = (tracked: Tracked, slot: Slot): unknown => writeValue(tracked.plan, slot, currentValue(tracked, slot), tracked.record);

function writeValue(plan: Plan, slot: Slot, value: unknown, record: object): unknown {
  const wire = exactValue(plan, slot, value, record);
  return slot.decimals === undefined ? wire : rounded(wire, slot.decimals);
}

function exactValue(plan: Plan, slot: Slot, value: unknown, record: object): unknown {
  if (typeof value !== 'object' && slot.cast === undefined)
    return typeof value === 'string' || typeof value === 'boolean' ? value : toWire(value, plan.dialect, slot.property);
  const written =
    value === null || value === undefined ? value : slot.cast?.write === undefined ? value : (slot.cast.write(value, record) ?? null);
  return toWire(written, plan.dialect, slot.property);
}

/** Whether a value is another than what the store said. What is `undefined` counts as not given. */
function differs({ plan, record }: Tracked, slot: Slot, value: unknown, original: unknown): boolean {
  if (value === undefined || value === original) return false;
  const { cast } = slot;
  if (cast?.isDate === true && isSameTime(cast.read(value), original)) return false;
  if (cast === undefined && slot.decimals === undefined && typeof value !== 'object') return true;
  if (cast?.isDate !== true && isSame(value, original)) return false;
  // In the spelling of requests: a transformed value that was only read is no change, nor is a date for its own text.
  try {
    return !sameJson(writeValue(plan, slot, value, record), writeValue(plan, slot, revive(slot, original), record));
  } catch {
    return true; // What cannot be sent is a change: a save says what is wrong with it.
  }
}

const isSameTime = (date: unknown, original: unknown): boolean =>
  date instanceof Date ? date.getTime() === original : isSame(date, original);

/** The attributes that differ from what the store last said, and that a save would send, as they are declared. */
export const changedSlots = (tracked: Tracked): Slot[] => differingSlots(tracked, (slot) => !slot.readOnly);

/** The attributes that differ from what the store last said, as they are declared: those that a save sends, and those that it refuses. */
export function differingSlots(tracked: Tracked, isMeant: (slot: Slot) => boolean = () => true): Slot[] {
  const changed: Slot[] = [];
  findChanges(tracked, isMeant, (slot) => changed.push(slot) < 0);
  return changed.length > 1 ? changed.sort((a, b) => (a.place === b.place ? 0 : a.place - b.place)) : changed;
}

/** Whether anything differs. */
export function isChanged(tracked: Tracked): boolean {
  let found = false;
  findChanges(
    tracked,
    () => true,
    () => (found = true),
  );
  return found;
}

/** Hands over each attribute that differs, until told to stop. Mostly a record has the names of its row, in order, and nothing differs. */
function findChanges(tracked: Tracked, isMeant: (slot: Slot) => boolean, stop: (slot: Slot) => boolean): void {
  const { record, state, plan } = tracked;
  if (plan.renamed.length > 0) takeApiNames(tracked);
  const { shape, original } = state;
  const attributes = record as Properties;
  let next = 0;
  for (const property in attributes) {
    const value = attributes[property];
    if (value === undefined) {
      if (shape?.properties[next] === property) next++;
      continue;
    }
    let place: number | undefined;
    if (shape !== undefined) {
      if (shape.properties[next] === property) place = next++;
      else {
        place = shape.places.get(property);
        if (place !== undefined) next = place + 1;
      }
    }
    let slot: Slot | undefined;
    if (shape !== undefined && place !== undefined) {
      if (value === original[place]) continue;
      slot = shape.slots[place] as Slot;
      if (!isMeant(slot) || !differs(tracked, slot, value, original[place])) continue;
    } else {
      if (!Object.hasOwn(attributes, property)) continue;
      slot = plan.attributeAt(property, value);
      if (slot === undefined || !isMeant(slot)) continue;
    }
    if (stop(slot)) return;
  }
  if (state.hidden !== undefined) findHidden(tracked, state.hidden, (slot) => isMeant(slot) && stop(slot));
}

/** A name of the API that was set on the record itself (`Object.assign(record, row)`) means the property that stands for it. */
function takeApiNames({ record, plan }: Tracked): void {
  const attributes = record as Properties;
  for (const { name, property, isHidden } of plan.renamed) {
    if (isHidden || !Object.hasOwn(attributes, name) || plan.attributeAt(name, attributes[name])?.declared !== false) continue;
    attributes[property] = attributes[name];
    delete attributes[name];
  }
}

function findHidden({ plan }: Tracked, { original, current }: NonNullable<RecordState['hidden']>, stop: (slot: Slot) => boolean): void {
  for (const name of Object.keys(current)) {
    const slot = plan.slot(name);
    if (slot !== null && current[name] !== undefined && !isSame(current[name], original[name]) && stop(slot)) return;
  }
}

/** What the store last said of an attribute, to compare with. */
function originalAt({ state: { shape, original, hidden } }: Tracked, slot: Slot): unknown {
  if (slot.isHidden) return hidden?.original[slot.name];
  const place = shape?.places.get(slot.property);
  return place === undefined ? undefined : original[place];
}

/** What the store last said of an attribute, as requests carry it; `undefined` where it said nothing. */
export function storedValue(tracked: Tracked, name: string): unknown {
  const slot = tracked.plan.slot(name);
  const original = slot === null ? undefined : originalAt(tracked, slot);
  return slot === null || original === undefined || typeof original === 'string'
    ? original
    : exactValue(tracked.plan, slot, revive(slot, original), tracked.record);
}

/** All that the store last said, as requests carry it. */
export function storedRow(tracked: Tracked): Row {
  const { shape, hidden } = tracked.state;
  return {
    ...Object.fromEntries((shape?.sources ?? []).map((name) => [name, storedValue(tracked, name)])),
    ...copyRow(hidden?.original),
  };
}

/** The attributes, of those named, of which a row says something else than the store said before. */
export function storedOtherwise(tracked: Tracked, names: readonly string[], row: Row): string[] {
  return names.filter((name) => {
    const slot = tracked.plan.slot(name);
    const original = slot === null ? undefined : originalAt(tracked, slot);
    if (slot === null || original === undefined) return false;
    const json = snapshotOf(row[name]);
    return row[name] === undefined || !isSame(original, slot.cast === undefined ? json : originalOf(slot, slot.cast.read(row[name]), json));
  });
}

const copyRow = (row: Row | undefined): Row => snapshotOf(row ?? {}) as Row;

/** Old and new values, as the program sees them. */
export function changesOf(tracked: Tracked, slots: readonly Slot[] = changedSlots(tracked)): Changes {
  return Object.fromEntries(
    slots.map((slot) => [slot.property, [revive(slot, originalAt(tracked, slot)), copyValue(slot, currentValue(tracked, slot))]]),
  );
}

function copyValue({ cast }: Slot, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  try {
    // A value object stays one: made anew of what it writes, as the value before it is.
    return cast?.write === undefined || isPlain(value) ? structuredClone(value) : cast.read(copyOf(cast.write(value)));
  } catch {
    return copyOf(value);
  }
}

/** The body of a request: those attributes, under the API's names, without what only the store may set. */
export function bodyOf(tracked: Tracked, slots: Iterable<Slot>): Row {
  const body: Row = {};
  for (const slot of slots) {
    const value = slot.readOnly ? undefined : wireOf(tracked, slot);
    if (value !== undefined) body[slot.name] = value;
  }
  return body;
}

/**
 * Takes the answer to a save. It becomes what the record is compared with; what was sent counts as said where the answer is
 * silent about it; what the program has changed since the request left stays as it is, and so stays changed.
 */
export function accept(tracked: Tracked, sent: Row, row: Row = {}): void {
  // The store has taken the save, whatever a cast of the program makes of its answer: it is taken in whole before that is told.
  const failures: unknown[] = [];
  const { record, state, plan } = tracked;
  const attributes = record as Properties;
  const before = new Map((state.shape?.properties ?? []).map((property, at) => [property, state.original[at]]));
  const { isNew } = state;
  const shape = plan.shapes.of(row);
  // The store's order stays that of the record; what it says for the first time comes behind.
  const names = [...new Set([...(state.shape?.names ?? []), ...Object.keys(row), ...Object.keys(sent)])];
  const merged = plan.shapes.named(names);
  state.original = merged.slots.map((slot) => {
    const { name, property, cast } = slot;
    const current = attributes[property];
    const isSent = Object.hasOwn(sent, name);
    const asSent = isSent
      ? originalOf(slot, cast?.isDate ? cast.read(sent[name]) : undefined, snapshotOf(sent[name]))
      : before.get(property);
    if (row[name] === undefined) {
      if (isSent && cast !== undefined && current !== undefined && !differs(tracked, slot, current, asSent))
        attributes[property] = asDeclared(slot, current);
      return asSent;
    }
    const json = snapshotOf(row[name]);
    const value = readOr(slot, row, (error) => failures.push(error));
    const said = originalOf(slot, value, json);
    const isChangedSince = !(slot.readOnly && isNew) && current !== undefined && differs(tracked, slot, current, asSent);
    // What is as the store has it stays in the hands of the program: a date, a nested object.
    if (!isChangedSince)
      attributes[property] = current === undefined || !isInHand(tracked, slot, current, said) ? value : asDeclared(slot, current);
    return said;
  });
  state.shape = merged;
  if (merged.hidden.length > 0)
    takeHidden(
      state,
      merged,
      row,
      Object.fromEntries(merged.hidden.filter((name) => Object.hasOwn(sent, name)).map((name) => [name, sent[name]])),
    );
  takeRelated(state, plan, shape, row);
  if (failures.length > 0) throw failures[0];
}

/** The value of an answer as its attribute is declared; where the cast throws, as it came. */
function readOr({ name, cast }: Slot, row: Row, failed: (error: unknown) => void): unknown {
  if (cast === undefined) return row[name];
  try {
    return cast.read(row[name], row);
  } catch (error) {
    failed(error);
    return row[name];
  }
}

/** A value in the type that its attribute is declared with: a date for its text, value objects for plain ones; others as they are. */
function asDeclared({ cast }: Slot, value: unknown): unknown {
  if (cast?.isDate === true) return value instanceof Date ? value : cast.read(value);
  const isGivenPlain = isPlain(value) || (Array.isArray(value) && value.some(isPlain));
  return isGivenPlain && cast?.coerce !== undefined ? cast.coerce(value) : value;
}

/** Whether a value is already what the store says, in the form that it would be read in. */
function isInHand(tracked: Tracked, slot: Slot, value: unknown, original: unknown): boolean {
  if (slot.cast?.isDate === true) return value instanceof Date === (typeof original === 'number') && isSameTime(value, original);
  if (slot.cast?.coerce !== undefined && typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    return false;
  if (slot.cast === undefined) return isSame(value, original);
  return !differs(tracked, slot, value, original);
}

/** Puts every attribute back to what the store last said. */
export function restore(tracked: Tracked): void {
  const { record, state } = tracked;
  const { shape, original, hidden } = state;
  if (shape === undefined) return;
  const attributes = record as Properties;
  shape.slots.forEach((slot, at) => {
    const value = attributes[slot.property];
    if (value === undefined ? original[at] !== undefined : differs(tracked, slot, value, original[at]))
      attributes[slot.property] = revive(slot, original[at]);
  });
  dropOthers(record, state, tracked.plan);
  if (hidden !== undefined) state.hidden = { original: hidden.original, current: copyRow(hidden.original) };
}

/** Replaces everything by a fresh row. */
export function replace({ record, state, plan }: Tracked, row: Row): void {
  const shape = plan.shapes.of(row);
  for (const at of shape.castAt) shape.slots[at]?.cast?.read(snapshotOf(row[shape.sources[at] as string]), row); // may throw: before anything is replaced
  state.relations = undefined;
  state.embedded = undefined;
  state.hidden = undefined;
  hydrate(record, state, plan, row);
  dropOthers(record, state, plan);
}

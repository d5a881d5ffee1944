import { ArgumentError } from '../errors/argument-error.js';
import type { Row } from '../query/scope.js';
import { rounded } from '../schema/decimals.js';
import { copyJson, sameJson, toWire } from '../schema/wire.js';
import { hydrate, takeParts } from './hydration.js';
import type { Plan } from './plan.js';
import type { Slot } from './slot.js';
import type { Changes, RecordState } from './state.js';

/** The three things that tell how a record stands: the record, its state, the plan of its class. */
export interface Tracked {
  readonly record: object;
  readonly state: RecordState;
  readonly plan: Plan;
}

/** All attributes of a record: the declared ones, those that the store sent besides, and those that the program gave. */
export function* slotsOf({ state, plan }: Tracked): Generator<Slot> {
  yield* plan.slots;
  const { said, set } = state.values;
  const names = new Set([...Object.keys(said ?? {}), ...(set?.keys() ?? [])]);
  for (const name of names) {
    const slot = plan.relations.has(name) ? null : plan.slot(name);
    if (slot !== null && !slot.declared) yield slot;
  }
}

export const currentValue = ({ state }: Tracked, slot: Slot): unknown => state.values.read(slot);

/** The value as it would be sent now. */
function wireOf(tracked: Tracked, slot: Slot): unknown {
  return writeValue(tracked.plan, slot, currentValue(tracked, slot));
}

function writeValue(plan: Plan, slot: Slot, value: unknown): unknown {
  const wire = exactValue(plan, slot, value);
  return slot.decimals === undefined ? wire : rounded(wire, slot.decimals);
}

function exactValue(plan: Plan, slot: Slot, value: unknown): unknown {
  if (typeof value !== 'object' && slot.cast === undefined)
    return typeof value === 'string' || typeof value === 'boolean' ? value : toWire(value, plan.dialect, slot.property);
  const written =
    value === null || value === undefined ? value : (slot.cast?.write?.(value) ?? (slot.cast?.write === undefined ? value : null));
  return toWire(written, plan.dialect, slot.property);
}

/** Whether the record's value is another than `said`, a value of the store. What is `undefined` counts as not given. */
function differs(tracked: Tracked, slot: Slot, said: unknown): boolean {
  const value = currentValue(tracked, slot);
  if (value === undefined || value === said) return false;
  if (slot.cast === undefined && slot.decimals === undefined && typeof value !== 'object') return true;
  let wire: unknown;
  try {
    wire = writeValue(tracked.plan, slot, value);
  } catch (error) {
    if (error instanceof ArgumentError) return true; // it cannot be sent: a save says so
    throw error;
  }
  // Compared in the spelling of requests, so that a date or a transformed value that was only read is no change.
  if (slot.cast !== undefined) return !sameJson(wire, writeValue(tracked.plan, slot, slot.cast.read(copyJson(said))));
  return !sameJson(wire, slot.decimals === undefined ? said : rounded(said, slot.decimals));
}

/** The attributes that differ from what the store last said, and that a save would send, as they are declared. */
export const changedSlots = (tracked: Tracked): Slot[] => differingSlots(tracked, (slot) => !slot.readOnly);

/** The attributes that differ from what the store last said, as they are declared: those that a save sends, and those that it refuses. */
export function differingSlots(tracked: Tracked, isMeant: (slot: Slot) => boolean = () => true): Slot[] {
  const { values, baseline } = tracked.state;
  if (!values.isTouched) return [];
  const changed: Slot[] = [];
  for (const slot of touchedSlots(tracked)) {
    if (!isMeant(slot)) continue;
    if (baseline === null ? currentValue(tracked, slot) !== undefined : differs(tracked, slot, baseline[slot.name])) changed.push(slot);
  }
  return changed.length > 1 ? changed.sort((a, b) => (a.place === b.place ? 0 : a.place - b.place)) : changed;
}

function touchedSlots({ state, plan }: Tracked): Slot[] {
  const slots: Slot[] = [];
  for (const name of state.values.touched()) {
    const slot = plan.slot(name);
    if (slot !== null) slots.push(slot);
  }
  return slots;
}

/** What the store last said of an attribute, as requests carry it; `undefined` where it said nothing. */
export const storedValue = ({ state }: Tracked, name: string): unknown => state.baseline?.[name];

/** All that the store last said, as requests carry it. */
export const storedRow = ({ state }: Tracked): Row => ({ ...state.baseline });

/** Old and new values, as the program sees them. */
export function changesOf(tracked: Tracked, slots: readonly Slot[] = changedSlots(tracked)): Changes {
  const { baseline } = tracked.state;
  return Object.fromEntries(
    slots.map((slot) => {
      const said = copyJson(baseline?.[slot.name]);
      return [slot.property, [slot.cast === undefined ? said : slot.cast.read(said), copyValue(currentValue(tracked, slot))]];
    }),
  );
}

function copyValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  try {
    return structuredClone(value);
  } catch {
    return value;
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
 * Takes the answer to a save. It becomes the baseline; what was sent counts as said where the answer is silent about it;
 * what the program has changed since the request left stays as it is, and so stays changed.
 */
export function accept(tracked: Tracked, sent: Row, row: Row | undefined): void {
  const { record, state, plan } = tracked;
  const { values } = state;
  const asSent: Row = { ...state.baseline, ...sent };
  const baseline: Row = { ...asSent, ...row };
  for (const slot of touchedSlots(tracked)) {
    const { name } = slot;
    const isChangedSince = !(slot.readOnly && state.isNew) && differs(tracked, slot, asSent[name]);
    if (isChangedSince) continue;
    // What is as the store has it stays in the hands of the program: a date, a nested object.
    if (!slot.readOnly && currentValue(tracked, slot) !== undefined && !differs(tracked, slot, baseline[name])) values.settle(name);
    else values.forget(name);
  }
  values.said = baseline;
  if (row !== undefined) takeParts(record, state, plan, row);
}

/** Puts every attribute back to what the store last said. */
export function restore(tracked: Tracked): void {
  const { values, baseline } = tracked.state;
  if (baseline === null) return;
  for (const slot of touchedSlots(tracked))
    if (currentValue(tracked, slot) === undefined || differs(tracked, slot, baseline[slot.name])) values.forget(slot.name);
}

/** Replaces everything by a fresh row. */
export function replace({ record, state, plan }: Tracked, row: Row): void {
  state.relations = undefined;
  state.embedded = undefined;
  hydrate(record, state, plan, row);
}

import { ArgumentError } from '../errors/argument-error.js';
import { copyJson } from '../schema/wire.js';
import { describe } from '../transport/path.js';
import type { Properties } from './hydration.js';
import type { Plan } from './plan.js';
import { giveRelated } from './related.js';
import type { RecordState } from './state.js';

/**
 * Puts right what class fields have done once all constructors have run. A field that a compiler defines
 * (`price!: string` under `useDefineForClassFields`) is an own property `undefined`: it would hide an attribute or a relation.
 * A field with a value (`type = 'physical'`) is a default for new records, and nothing on loaded ones.
 */
export function settle(record: object, state: RecordState, plan: Plan): void {
  const fields = record as Properties;
  for (const property of Object.keys(record)) {
    const slot = plan.slotAt(property);
    const isRelation = plan.relations.has(property);
    if (slot === undefined && !isRelation) continue;
    const value = fields[property];
    delete fields[property];
    if (value === undefined || state.isLoading) continue;
    if (isRelation) giveRelated(record, property, value);
    else if (slot !== undefined) state.values.write(slot, value);
  }
  if (!state.isLoading) assign(record, state, plan, state.given);
}

/**
 * Sets attributes and relations by name. Names that the class does not declare become attributes too; names that lead to
 * prototypes are passed over, and one that would hide a method is kept aside, so that nothing of a record can be replaced.
 */
export function assign(record: object, state: RecordState, plan: Plan, attributes: object): void {
  if (typeof attributes !== 'object' || attributes === null || Array.isArray(attributes)) {
    throw new ArgumentError(`Attributes are given as an object, got ${describe(attributes)}.`);
  }
  for (const property of Object.keys(attributes)) {
    const value = (attributes as Properties)[property];
    if (plan.relations.has(property)) giveRelated(record, property, value);
    else assignAttribute(state, plan, property, value);
  }
}

function assignAttribute(state: RecordState, plan: Plan, property: string, value: unknown): void {
  const slot = plan.slotAt(property) ?? plan.slot(property);
  if (slot === null) return;
  // Where a saved record lives cannot be changed: a save says so.
  const isMoved = !state.isNew && state.params[property] !== undefined && String(state.params[property]) !== String(value);
  if (!slot.declared && plan.pathNames.includes(property) && !isMoved) {
    state.params = { ...state.params, [property]: value as number };
    return;
  }
  state.values.write(slot, slot.isHidden ? copyJson(value) : slot.cast?.coerce === undefined ? value : slot.cast.coerce(value));
}

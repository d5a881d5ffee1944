import { ArgumentError } from '../errors/argument-error.js';
import { copyJson } from '../schema/wire.js';
import { describe } from '../transport/path.js';
import type { Properties } from './hydration.js';
import type { Plan } from './plan.js';
import { giveRelated } from './related.js';
import type { RecordState } from './state.js';

/**
 * Puts right what class fields have done once all constructors have run. A field that a compiler defines
 * (`price!: string` under `useDefineForClassFields`) is an own property `undefined`: it would hide a relation or loaded
 * data. A field with a value (`type = 'physical'`) is a default for new records, and nothing on loaded ones.
 */
export function settle(record: object, state: RecordState, plan: Plan): void {
  const fields = record as Properties;
  for (const property of Object.keys(record)) {
    if (plan.relations.has(property)) {
      const value = fields[property];
      delete fields[property];
      if (value !== undefined && !state.isLoading) giveRelated(record, property, value);
    } else if (plan.slotAt(property) !== undefined && (state.isLoading || fields[property] === undefined)) {
      delete fields[property];
    }
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
    else assignAttribute(record, state, plan, property, value);
  }
}

function assignAttribute(record: object, state: RecordState, plan: Plan, property: string, value: unknown): void {
  const slot = plan.slotAt(property) ?? plan.slot(property);
  if (slot === null) return;
  if (!slot.declared) {
    if (plan.pathNames.includes(property)) {
      state.params = { ...state.params, [property]: value as number };
      return;
    }
    (state.extras ??= new Set()).add(slot.name);
  }
  if (slot.isHidden) (state.hidden ??= new Map()).set(slot.name, copyJson(value));
  else (record as Properties)[slot.property] = slot.cast?.coerce === undefined ? value : slot.cast.coerce(value);
}

import { ArgumentError } from '../errors/argument-error.js';
import { BigRecordError } from '../errors/bigrecord-error.js';
import { givesAttributes } from '../schema/given.js';
import { copyOf, isPlain } from '../schema/snapshot.js';
import { describe } from '../transport/path.js';
import type { Tracked } from './change-set.js';
import { dropOthers, type Properties } from './hydrator.js';
import type { Plan } from './model-metadata.js';
import { giveRelated } from '../model/related.js';
import type { Slot } from './model-attribute.js';
import type { RecordState } from './record-context.js';

/**
 * Sets attributes and relations by name, the property's or the API's. Values are copied: two records never share one. Names
 * that the class does not declare become attributes too, unless a setter of the class takes their value; names that lead to
 * prototypes are passed over, and one that would hide a method is kept aside, so that nothing of a record can be replaced.
 */
export function assign(record: object, state: RecordState, plan: Plan, attributes: object): void {
  if (!givesAttributes(attributes))
    throw new ArgumentError(`Attributes are given as an object, got ${describe(attributes)}. Nothing was sent.`);
  for (const property of Object.keys(attributes)) {
    const value = (attributes as Properties)[property];
    if (plan.relations.has(property)) giveRelated(record, property, value);
    else assignAttribute(record as Properties, state, plan, property, value);
  }
}

/** Makes the attributes of a new record again what they were when it was made. */
export function restoreNew({ record, state, plan }: Tracked): void {
  dropOthers(record, state, plan);
  state.hidden = undefined;
  assign(record, state, plan, state.given);
}

function assignAttribute(record: Properties, state: RecordState, plan: Plan, property: string, value: unknown): void {
  const slot = plan.slotAt(property) ?? plan.slot(property);
  if (slot === null) return;
  // Where a saved record lives cannot be changed: a save says so.
  const isMoved = !state.isNew && state.params[property] !== undefined && String(state.params[property]) !== String(value);
  if (!slot.declared && plan.pathNames.includes(property) && !isMoved) {
    state.params = { ...state.params, [property]: value as number };
    return;
  }
  if (!slot.isHidden || plan.hasSetter(slot.property)) record[slot.property] = copyFor(slot, value);
  else state.hidden = { original: state.hidden?.original ?? {}, current: { ...state.hidden?.current, [slot.name]: copyOf(value) } };
}

/** A copy that shares nothing, of what a record is given. What is nested too deeply to be copied is left to a save, which names it. */
function copyFor({ cast }: Slot, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  try {
    if (cast === undefined || cast.isDate === true || value instanceof Date) return copyOf(value);
    if (cast.coerce !== undefined && (isPlain(value) || isPlainList(value))) return cast.coerce(copyOf(value));
    return cast.read(copyOf(cast.write?.(value) ?? value));
  } catch (error) {
    if (error instanceof BigRecordError) return value;
    throw error;
  }
}

const isPlainList = (value: object): boolean => Array.isArray(value) && value.every(isPlain);

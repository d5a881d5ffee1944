import { ReadonlyAttributeError } from '../errors/readonly-attribute-error.js';
import { assignsKeys, keyChanged, readOnlyError } from '../query/settable.js';
import { accept, currentValue, differingSlots, slotsOf, storedValue, type Tracked } from './change-set.js';
import { isEmptyKey } from '../model/related.js';
import type { Slot } from './model-attribute.js';

/**
 * Checks that nothing was set that only the store sets: a read-only attribute, the key of a saved record, or one that the
 * store would give a new record itself.
 *
 * @throws ReadonlyAttributeError
 */
export function assertWritable(the: Tracked): void {
  const { state, plan } = the;
  const { resource } = plan;
  if (state.isNew) assertNoKey(the);
  const named = state.isNew || resource.addressing === 'single' ? [] : [resource.key, ...resource.identity];
  const known = (name: string): unknown => storedValue(the, name) ?? state.params[name];
  const isSetByStore = ({ readOnly, name }: Slot): boolean => readOnly || named.includes(name) || plan.pathNames.includes(name);
  for (const slot of differingSlots(the, isSetByStore)) {
    const value = currentValue(the, slot);
    if (state.isNew && (value === null || value === undefined)) continue;
    if (named.includes(slot.name)) {
      if (known(slot.name) === undefined || isSameKey(value, known(slot.name))) continue;
      throw keyChanged(resource, slot.property, slot.name === resource.key);
    }
    // Where a record lives is told by its path. A new one may be placed by such an attribute.
    if (plan.pathNames.includes(slot.name) && (known(slot.name) === undefined || isSameKey(value, known(slot.name)))) continue;
    if (slot.readOnly || plan.pathNames.includes(slot.name)) throw readOnlyError(resource, slot.name, slot.property);
  }
}

const isSameKey = (a: unknown, b: unknown): boolean => a === b || (b !== undefined && b !== null && String(a) === String(b));

function assertNoKey(the: Tracked): void {
  const { resource } = the.plan;
  const slot = the.plan.slot(resource.key);
  if (slot === null || !assignsKeys(resource)) return;
  const value = currentValue(the, slot);
  if (isEmptyKey(value)) return;
  const { name, operations } = resource;
  const at = the.plan.pathNames.length > 0 ? `${name}.of(…)` : name;
  const ways = operations.includes('update')
    ? ` To change the one that has this ${resource.key}: ${at}.update(${String(value)}, { … }) or ${the.plan.pathNames.length > 0 ? `${at}.load({ ${resource.key} })` : `${name}.ref(${String(value)})`}; for many: ${at}.upsertMany(rows).`
    : '';
  throw new ReadonlyAttributeError(
    `This ${name} is new and carries the ${resource.key} ${String(value)}, which the store assigns: saving it would create another ${name}.${ways}` +
      ` To create a copy, leave the ${resource.key} out, as clone() and toObject({ writable: true }) do. Nothing was sent.`,
    { model: name, attribute: slot.property },
  );
}

/** The attributes that a copy of the record may carry: not what only the store sets, nor what it sent without being declared. */
export function* writableSlots(the: Tracked): Generator<Slot> {
  const { resource } = the.plan;
  const changed = new Set(differingSlots(the).map(({ property }) => property));
  for (const slot of slotsOf(the)) {
    if (slot.readOnly || (slot.name === resource.key && assignsKeys(resource))) continue;
    if (slot.declared || changed.has(slot.property)) yield slot;
  }
}

/** Makes a new record that carries the key of a saved one stand for that: what else it has are changes to it. */
export function standForKey(the: Tracked): void {
  const { resource } = the.plan;
  const slot = the.plan.slot(resource.key);
  if (!the.state.isNew || slot === null || !assignsKeys(resource)) return;
  const value = currentValue(the, slot);
  if (!isEmptyKey(value)) accept(the, { [resource.key]: value }, undefined);
}

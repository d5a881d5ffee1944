import { ReadonlyAttributeError } from '../errors/readonly-attribute-error.js';
import { assignsKeys, keyChanged, readOnlyError } from '../query/settable.js';
import { acceptResponse } from './accept-response.js';
import { allAttributes, currentValue, storedValue } from './attribute-values.js';
import { changedAttributes, sendable } from './change-set.js';
import type { ModelAttribute } from './model-attribute.js';
import { isEmptyKey } from './record-address.js';
import type { RecordContext } from './record-context.js';

/**
 * Checks that nothing was set that only the store sets: a read-only attribute, the key of a saved record, or one that the
 * store would give a new record itself. Returns the changed attributes that a save sends.
 *
 * @throws ReadonlyAttributeError
 */
export function checkWritable(context: RecordContext, changed: readonly ModelAttribute[]): readonly ModelAttribute[] {
  if (context.isNew) assertNoKey(context);
  const { resource, pathNames } = context.metadata;
  const identity = context.isNew || resource.addressing === 'single' ? [] : [resource.key, ...resource.identity];
  let isSendable = true;
  for (const attribute of changed) {
    const isIdentity = identity.includes(attribute.name);
    const isPlace = pathNames.includes(attribute.name) || (context.isNew && attribute.name === resource.batch.parent);
    if (attribute.readOnly || isIdentity || isPlace) assertUnchangedOrNew(context, attribute, isIdentity, isPlace);
    if (attribute.readOnly) isSendable = false;
  }
  return isSendable ? changed : sendable(changed);
}

/** @throws ReadonlyAttributeError unless the value is the known one, or none is known */
function assertUnchangedOrNew(context: RecordContext, attribute: ModelAttribute, isIdentity: boolean, isPlace: boolean): void {
  const { resource } = context.metadata;
  const { name, property } = attribute;
  const value = currentValue(context, attribute);
  if (context.isNew && (value === null || value === undefined)) return;
  // The path of a saved record is fixed; a new one may get its path parameters from such attributes.
  if ((isIdentity || isPlace) && isKnownAs(context, name, value)) return;
  throw isIdentity ? keyChanged(resource, property, name === resource.key) : readOnlyError(resource, name, property);
}

/** Whether a value is the known one of the record, or none is known. */
function isKnownAs(context: RecordContext, name: string, value: unknown): boolean {
  const { resource, pathNames } = context.metadata;
  // A list over all owners, and a batch for several, name the owner by an attribute; the path names it otherwise.
  const place = name === resource.batch.parent ? (pathNames.at(-1) ?? name) : name;
  const known = storedValue(context, name) ?? context.params[place];
  return known === undefined || value === known || (known !== null && String(value) === String(known));
}

function assertNoKey(context: RecordContext): void {
  const { resource, pathNames } = context.metadata;
  const attribute = context.metadata.attribute(resource.key);
  if (attribute === null || !assignsKeys(resource)) return;
  const value = currentValue(context, attribute);
  if (isEmptyKey(value)) return;
  const { name, key, operations } = resource;
  const at = pathNames.length > 0 ? `${name}.of(…)` : name;
  const handle = pathNames.length > 0 ? `${at}.load({ ${key} })` : `${name}.ref(${String(value)})`;
  const ways = operations.includes('update')
    ? ` To change the ${name} that has this ${key}: ${at}.update(${String(value)}, { … }) or ${handle}; for many: ${at}.upsertMany(rows).`
    : '';
  throw new ReadonlyAttributeError(
    `This ${name} is new and carries the ${key} ${String(value)}, which the store assigns: saving it would create another ${name}.${ways}` +
      ` To create a copy, leave the ${key} out, as clone() and toObject({ writable: true }) do. Nothing was sent.`,
    { model: name, attribute: attribute.property },
  );
}

/** Yields the attributes that a copy of the record may have: not those that only the store sets, nor unchanged undeclared ones. */
export function* writableAttributes(context: RecordContext): Generator<ModelAttribute> {
  const { resource } = context.metadata;
  const changed = new Set(changedAttributes(context).map(({ property }) => property));
  for (const attribute of allAttributes(context)) {
    if (attribute.readOnly || (attribute.name === resource.key && assignsKeys(resource))) continue;
    if (attribute.declared || changed.has(attribute.property)) yield attribute;
  }
}

/** Turns a new record with the key of a saved one into a handle of it: its other attributes become changes. */
export function becomeHandle(context: RecordContext): void {
  const { resource } = context.metadata;
  const attribute = context.metadata.attribute(resource.key);
  if (!context.isNew || attribute === null || !assignsKeys(resource)) return;
  const value = currentValue(context, attribute);
  if (!isEmptyKey(value)) acceptResponse(context, { [resource.key]: value });
}

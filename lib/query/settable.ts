import { ReadonlyAttributeError } from '../errors/readonly-attribute-error.js';
import type { AttributeDeclaration, ResourceDeclaration } from '../schema/declaration.js';

/**
 * Whether the store assigns the keys of new records. Keys that the program chooses (a variant, a customer, a currency) are
 * declared without `readOnly`.
 */
export function assignsKeys({ addressing, attributes, key, batch }: ResourceDeclaration): boolean {
  if (addressing === 'single') return false;
  const attribute = attributes[key];
  return attribute === undefined ? batch.upsert === undefined : attribute.readOnly;
}

/** Whether new records are sent with those to update, by the PUT of batches: there is no POST. Such a PUT is safe to repeat. */
export const createsByUpsert = ({ batch, batchOnly }: ResourceDeclaration): boolean =>
  batch.create === undefined && batch.upsert !== undefined && batchOnly.includes('create');

/** Finds an attribute by its API name or its property. */
function attributeOf({ attributes }: ResourceDeclaration, name: string): AttributeDeclaration | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name] : Object.values(attributes).find(({ property }) => property === name);
}

/**
 * Checks attributes that are set on records whose current values are not loaded.
 *
 * @throws ReadonlyAttributeError
 */
export function assertSettable(resource: ResourceDeclaration, attributes: object, isNew: boolean): void {
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && !(isNew && value === null)) assertAttributeSettable(resource, name, isNew);
}

function assertAttributeSettable(resource: ResourceDeclaration, inputName: string, isNew: boolean): void {
  const { name, property, readOnly } = attributeOf(resource, inputName) ?? { name: inputName, property: inputName, readOnly: false };
  if (name === resource.key && !isNew && resource.addressing !== 'single') throw keyChanged(resource, property, true);
  const isPlace = isNew && (resource.path.includes(`/:${name}`) || name === resource.batch.parent);
  if (readOnly && !isPlace) throw readOnlyError(resource, name, property);
}

/** Creates the error for changing what identifies a saved record. */
export function keyChanged({ name }: ResourceDeclaration, property: string, isKey: boolean): ReadonlyAttributeError {
  const what = isKey ? `the key of a saved ${name}` : `part of what identifies a saved ${name}`;
  return new ReadonlyAttributeError(
    `${name}.${property} is ${what}: it cannot be changed. restore() drops unsaved changes; clone() makes a new ${name}. Nothing was sent.`,
    { model: name, attribute: property },
  );
}

/** Creates the error for setting what only the store sets. */
export function readOnlyError({ name, attributes }: ResourceDeclaration, attribute: string, property: string): ReadonlyAttributeError {
  const setBy = attributes[attribute]?.setBy;
  const use = setBy === undefined ? undefined : (attributes[setBy]?.property ?? setBy);
  return new ReadonlyAttributeError(
    `${name}.${property} is read-only: the store would ignore it.${use === undefined ? '' : ` Set ${use} instead.`}` +
      ` toObject({ writable: true }) omits read-only attributes; restore() drops unsaved changes. Nothing was sent.`,
    { model: name, attribute: property, use },
  );
}

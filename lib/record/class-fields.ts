import type { RecordContext } from './record-context.js';

type Properties = Record<string, unknown>;

/**
 * Undoes the effects of class fields after all constructors have run. Removes fields that would hide a relation (`images!: HasMany`
 * under `useDefineForClassFields`) and unset fields of attributes, and registers all other fields, so that they are never sent.
 * Returns the values that fields gave to relations.
 */
export function correctClassFields({ record, metadata }: RecordContext, isLoaded: boolean): readonly RelationValue[] {
  let isEmpty = true;
  for (const property in record) {
    if (!Object.hasOwn(record, property)) continue;
    isEmpty = false;
    break;
  }
  if (isEmpty) return NO_RELATIONS;
  metadata.hasFields = true;
  const relationValues: RelationValue[] = [];
  removeProperties(
    record,
    (property, value) => {
      if (metadata.relations.has(property)) return true;
      if (metadata.declaredAt(property) !== undefined) return value === undefined && !isLoaded;
      metadata.addField(property, value !== undefined);
      return false;
    },
    (property, value) => {
      if (metadata.relations.has(property) && value !== undefined) relationValues.push([property, value]);
    },
  );
  return relationValues;
}

type RelationValue = readonly [property: string, value: unknown];

const NO_RELATIONS: readonly RelationValue[] = [];

/**
 * Removes properties. V8 returns to the previous hidden class only when the last property is removed, so all properties after the
 * first removed one are deleted, and those that stay are set again.
 */
export function removeProperties(
  object: Properties,
  shouldRemove: (property: string, value: unknown) => boolean,
  onRemoved: (property: string, value: unknown) => void = () => {},
): void {
  const all = Object.keys(object).map((property) => {
    const value = object[property];
    return { property, value, isRemoved: shouldRemove(property, value) };
  });
  const first = all.findIndex(({ isRemoved }) => isRemoved);
  if (first < 0) return;
  const tail = all.slice(first);
  for (const { property } of [...tail].reverse()) delete object[property];
  for (const each of tail) {
    if (each.isRemoved) onRemoved(each.property, each.value);
    else object[each.property] = each.value;
  }
}

import type { RecordContext } from './record-context.js';

type Properties = Record<string, unknown>;

/**
 * Corrects what class fields have done once all constructors have run, and returns what they set relations to. A field that a
 * compiler defines (`images!: HasMany` under `useDefineForClassFields`) would hide a relation; one of an attribute is
 * `undefined` until something is set; one that is not an attribute is remembered, so that it is never sent.
 */
export function correctClassFields({ record, metadata }: RecordContext, isLoaded: boolean): readonly GivenRelation[] {
  let isEmpty = true;
  for (const property in record) {
    if (!Object.hasOwn(record, property)) continue;
    isEmpty = false;
    break;
  }
  if (isEmpty) return NO_RELATIONS;
  metadata.hasFields = true;
  const given: GivenRelation[] = [];
  removeProperties(
    record as Properties,
    (property, value) => {
      if (metadata.relations.has(property)) return true;
      if (metadata.declaredAt(property) !== undefined) return value === undefined && !isLoaded;
      metadata.addField(property, value !== undefined);
      return false;
    },
    (property, value) => {
      if (metadata.relations.has(property) && value !== undefined) given.push([property, value]);
    },
  );
  return given;
}

type GivenRelation = readonly [property: string, value: unknown];

const NO_RELATIONS: readonly GivenRelation[] = [];

/**
 * Removes properties. V8 goes back to the previous hidden class only when the last property is removed, so those after it are
 * removed too, and set again.
 */
export function removeProperties(
  object: Properties,
  goes: (property: string, value: unknown) => boolean,
  gone: (property: string, value: unknown) => void = () => {},
): void {
  const all = Object.keys(object).map((property) => ({ property, value: object[property], goes: goes(property, object[property]) }));
  const behind = all.slice(all.findIndex((each) => each.goes));
  if (!all.some((each) => each.goes)) return;
  for (const { property } of [...behind].reverse()) delete object[property];
  for (const each of behind) {
    if (each.goes) gone(each.property, each.value);
    else object[each.property] = each.value;
  }
}

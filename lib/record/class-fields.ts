import type { Plan } from './model-metadata.js';

type Properties = Record<string, unknown>;

/**
 * Puts right what class fields have done once all constructors have run, and gives what they set relations to. A field that a
 * compiler defines (`images!: HasMany` under `useDefineForClassFields`) would hide a relation; one of an attribute is
 * `undefined` until something is set; one that is no attribute is remembered, so that it is never sent.
 */
export function settleFields(record: object, plan: Plan, isLoaded: boolean): readonly GivenRelation[] {
  if (isEmpty(record)) return NONE;
  plan.hasFields = true;
  const fields = record as Properties;
  const given: GivenRelation[] = [];
  removeProperties(
    fields,
    (property, value) => {
      if (plan.relations.has(property)) return true;
      if (plan.slotAt(property) !== undefined) return value === undefined && !isLoaded;
      plan.addField(property, value !== undefined);
      return false;
    },
    (property, value) => {
      if (plan.relations.has(property) && value !== undefined) given.push([property, value]);
    },
  );
  return given;
}

type GivenRelation = readonly [property: string, value: unknown];

const NONE: readonly GivenRelation[] = [];

function isEmpty(object: object): boolean {
  for (const property in object) if (Object.hasOwn(object, property)) return false;
  return true;
}

/**
 * Takes properties away. V8 goes back to the hidden class before when it is the last one that goes, so those behind are taken
 * off with it, and put back.
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

import { isJsonObject, type JsonObject } from '../../json-object.js';
import type { AttributeSketch, MemberSketch, TypeSketch, ValueSketch } from './sketch.js';

/** Dates as V3 (ISO 8601) and V2 (RFC 2822) write them. */
const DATE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?|[A-Z][a-z]{2}, \d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d .+)$/;

/** Names that only a store sets, in most APIs. */
const SET_BY_STORE = /^(id|uuid|date_created|date_modified|created_at|updated_at|createdAt|updatedAt)$/;

/** Merges sample rows into attributes: a member that some rows lack is optional. */
export function attributesOf(rows: readonly JsonObject[], key: string): AttributeSketch[] {
  return membersOf(rows).map((member) => ({ ...member, isReadOnly: member.name === key || SET_BY_STORE.test(member.name) }));
}

function membersOf(objects: readonly JsonObject[]): MemberSketch[] {
  const names = new Set(objects.flatMap((each) => Object.keys(each)));
  return [...names].map((name) => {
    const values = objects.flatMap((each) => (Object.hasOwn(each, name) ? [each[name]] : []));
    return { name, ...sketchOfValues(values), isOptional: values.length < objects.length };
  });
}

/** Returns the type of values that stand in the same place. */
function sketchOfValues(values: readonly unknown[]): ValueSketch {
  const present = values.filter((value) => value !== null);
  const type = typeOf(present);
  // An API writes an empty text for a date that is not set.
  const isEmptyDate = type.kind === 'date';
  return { type, isNullable: present.length < values.length || isEmptyDate };
}

function typeOf(values: readonly unknown[]): TypeSketch {
  if (values.length === 0) return { kind: 'unknown' };
  if (values.every((value) => typeof value === 'number')) return { kind: 'number' };
  if (values.every((value) => typeof value === 'boolean')) return { kind: 'boolean' };
  if (values.every((value) => typeof value === 'string')) return { kind: areDates(values) ? 'date' : 'string' };
  if (values.every((value) => Array.isArray(value))) return { kind: 'array', of: sketchOfValues(values.flat()) };
  if (values.every((value) => isJsonObject(value))) return objectOf(values.filter(isJsonObject));
  return { kind: 'unknown' };
}

const areDates = (values: readonly unknown[]): boolean =>
  values.some((value) => value !== '') && values.every((value) => value === '' || DATE.test(String(value)));

/** Objects by keys, such as `{ "12": …, "13": … }`, are no fixed set of members. */
function objectOf(objects: readonly JsonObject[]): TypeSketch {
  const members = membersOf(objects);
  return members.some(({ name }) => /^\d+$/.test(name)) ? { kind: 'unknown' } : { kind: 'object', members };
}

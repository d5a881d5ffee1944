import type { JsonObject } from '../json-object.js';
import type { AttributeDeclaration, AttributeType, ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import { serverDialectOf } from './dialects.js';
import type { Entry } from './tables.js';

/** Returns the declared attributes of an entry that have a value, or those with the given names, in the format of the API generation. */
export function project(resource: ResourceDeclaration, entry: Entry, names?: Iterable<string>): JsonObject {
  const row: JsonObject = {};
  const { values } = entry;
  for (const attribute of names === undefined ? attributesOf(resource) : attributesNamed(resource, names)) {
    const { name, type } = attribute;
    const stored = values[name] ?? parentKey(entry, name) ?? ownKey(resource, entry, name) ?? values[name];
    if (stored !== undefined) row[name] = type === 'string' && name === resource.key ? String(stored) : show(attribute, stored, resource);
  }
  return row;
}

const ATTRIBUTES = new WeakMap<ResourceDeclaration, readonly AttributeDeclaration[]>();

/** Returns all attributes of a resource. Kept, since every row of a response needs them. */
function attributesOf(resource: ResourceDeclaration): readonly AttributeDeclaration[] {
  let all = ATTRIBUTES.get(resource);
  if (all === undefined) ATTRIBUTES.set(resource, (all = Object.values(resource.attributes)));
  return all;
}

function attributesNamed({ attributes }: ResourceDeclaration, names: Iterable<string>): AttributeDeclaration[] {
  return [...names].flatMap((name) => (Object.hasOwn(attributes, name) ? (attributes[name] ?? []) : []));
}

/** Returns the key of a parent as an attribute, such as `product_id` of an image. */
function parentKey(entry: Entry, name: string): number | string | undefined {
  const key = entry.parents[name];
  return key === undefined ? undefined : keyOf(key);
}

/** Returns the key of a row that another resource has under another name: the `id` of a category is its `category_id` in a tree. */
const ownKey = ({ key }: ResourceDeclaration, entry: Entry, name: string): number | string | undefined =>
  name === key ? keyOf(entry.key) : undefined;

const keyOf = (key: string): number | string => (/^\d+$/.test(key) ? Number(key) : key);

function show({ type }: AttributeDeclaration, stored: unknown, resource: ResourceDeclaration): unknown {
  if (type === 'date') return showDate(stored, resource);
  if (stored === null) return null;
  if (type === 'string' && typeof stored === 'number') return serverDialectOf(resource).numberAsString(stored);
  if (type === 'number' && typeof stored === 'string' && stored !== '' && !Number.isNaN(Number(stored))) return Number(stored);
  return stored;
}

/** The dates that were shown last, by version and stored text: rows that were stored together have the same. */
const SHOWN = new Map<string, string>();
const MOST_SHOWN = 500;

function showDate(stored: unknown, resource: ResourceDeclaration): string | null {
  const name = typeof stored === 'string' ? resource.version + stored : undefined;
  const known = name === undefined ? undefined : SHOWN.get(name);
  if (known !== undefined) return known;
  const date = dateOf(stored);
  if (date === undefined) return serverDialectOf(resource).noDate;
  const shown = dialectOf(resource.version).writeDate(date);
  if (SHOWN.size >= MOST_SHOWN) SHOWN.clear();
  if (name !== undefined) SHOWN.set(name, shown);
  return shown;
}

/** Returns the writable attributes in a body, and the errors of those that cannot be stored. */
export function intake(resource: ResourceDeclaration, body: JsonObject): { values: JsonObject; errors: Record<string, string> } {
  const values: JsonObject = {};
  const errors: Record<string, string> = {};
  for (const [name, attribute] of Object.entries(resource.attributes)) {
    if (attribute.readOnly || !Object.hasOwn(body, name)) continue;
    const mistake = mistakeIn(attribute, body[name]);
    if (mistake !== undefined) errors[name] = `${name} must be ${mistake}`;
    else values[name] = attribute.type === 'date' ? (dateOf(body[name])?.toISOString() ?? null) : body[name];
  }
  return { values, errors };
}

type Check = readonly [expected: string, accepts: (value: unknown) => boolean];

const isNumeric = (value: unknown): boolean => typeof value !== 'boolean' && value !== '' && !Number.isNaN(Number(value));

/** What the store accepts for attributes of these types; other types accept anything. */
const CHECKS: Partial<Record<AttributeType, Check>> = {
  number: ['a number', (value) => typeof value !== 'object' && isNumeric(value)],
  boolean: ['a boolean', (value) => [true, false, 0, 1, '0', '1', 'true', 'false'].some((each) => each === value)],
  array: ['an array', (value) => Array.isArray(value)],
  string: ['a string', (value) => typeof value !== 'object'],
};

/** Matches attributes that contain an amount, as a number or a string. */
const AMOUNT_NAME = /(^|_)(price|cost|weight)$/;
const AMOUNT: Check = ['a number that is not negative', (value) => Number(value) >= 0];

/** Returns what a value must be but is not; `undefined` if it can be stored. */
function mistakeIn({ name, type }: AttributeDeclaration, value: unknown): string | undefined {
  if (value === null) return undefined;
  const checks = [CHECKS[type], AMOUNT_NAME.test(name) ? AMOUNT : undefined];
  return checks.find((check) => check !== undefined && !check[1](value))?.[0];
}

/** Returns a stored value as a date; `undefined` if it is not a date. */
function dateOf(value: unknown): Date | undefined {
  if (value === null || value === '') return undefined;
  const date = value instanceof Date || typeof value === 'number' ? new Date(value) : new Date(String(value));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

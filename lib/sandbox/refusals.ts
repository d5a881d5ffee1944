import { asJsonObject, isJsonObject, type JsonObject } from '../json-object.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import type { Reply, ServerDialect } from './dialect.js';
import type { Change, Refusal } from './families/family.js';
import { familyOf } from './families/index.js';
import { intake } from './projection.js';
import type { ResourceRows } from './resource-rows.js';
import type { Entry } from './tables.js';
import { isBlank } from './values.js';

const CANNOT_BE_STORED = 'Some values cannot be stored.';

/** Returns why a body cannot be stored as a new entry or a change; `undefined` if it can. */
export function refusalOf(rows: ResourceRows, dialect: ServerDialect, asked: Asked): Reply | undefined {
  const { resource, tables } = rows;
  const { body, entry } = asked;
  const { values, errors } = intake(resource, body);
  const family = familyOf(resource);
  const change = { ...asked, resource, tables };
  const emptied = emptiedIn(resource, body);
  const optional = family?.optional?.(change) ?? [];
  const own = { ...errors, ...emptied, ...missingIn(rows, values, new Set([...Object.keys(errors), ...optional]), entry) };
  const ofFamily = family?.refusalOf?.(change);
  const all = { ...own, ...ofFamily?.fields };
  if (ofFamily?.status !== undefined && Object.keys(own).length === 0) return replyTo(ofFamily, dialect);
  if (Object.keys(all).length === 0) return duplicateIn(rows, dialect, values, entry);
  const status = Object.keys(all).every((name) => Object.hasOwn(emptied, name)) ? EMPTY : dialect.invalid;
  return dialect.error(status, ofFamily?.message ?? CANNOT_BE_STORED, all);
}

/** The part of a {@link Change} that a request has. */
type Asked = Pick<Change, 'body' | 'entry' | 'parents' | 'place'>;

/** Returns the response to what the store refuses. */
export const replyTo = ({ status, message = CANNOT_BE_STORED, fields }: Refusal, dialect: ServerDialect): Reply =>
  dialect.error(status ?? dialect.invalid, message, fields);

/** The status for a required text that is empty, in both API generations. */
const EMPTY = 422;

/** Returns an error for each required text that a body sets to nothing. */
function emptiedIn({ required, attributes }: ResourceDeclaration, body: JsonObject): Record<string, string> {
  const isEmptied = (name: string): boolean => body[name] === '' && attributes[name]?.type === 'string';
  const emptied = required.flatMap((names) => (typeof names === 'string' && isEmptied(names) ? [names] : []));
  return Object.fromEntries(emptied.map((name) => [name, `${name} must not be empty`]));
}

/** Returns an error for each required attribute of a new row without a value, except `others`, which have an error or are optional. */
function missingIn(
  { resource }: ResourceRows,
  values: JsonObject,
  others: ReadonlySet<string>,
  entry: Entry | undefined,
): Record<string, string> {
  if (entry !== undefined) return {};
  const isMissing = (name: string): boolean => Object.hasOwn(resource.attributes, name) && isBlank(values[name]) && !others.has(name);
  return Object.fromEntries(
    resource.required.flatMap((names) => {
      const group = [names].flat();
      return group.every(isMissing) ? group.map((name) => [name, `${group.join(' or ')} is required`]) : [];
    }),
  );
}

/** Refuses a value of a unique attribute that another entry has. */
function duplicateIn(rows: ResourceRows, dialect: ServerDialect, values: JsonObject, self: Entry | undefined): Reply | undefined {
  const { attributes, addressing } = rows.resource;
  for (const { name, unique } of Object.values(attributes)) {
    const value = values[name];
    if (!unique || isBlank(value)) continue;
    const other = rows.having(name, value);
    if (other === undefined || other === self) continue;
    const status = addressing === 'filter' ? 422 : 409;
    return dialect.error(status, `The ${name} is already in use.`, { [name]: `${name} ${String(value)} is already in use` });
  }
  return undefined;
}

/** Adds the position of the row to the fields that the refusal of a batch names. */
export function atPlace(refused: Reply, place: number): Reply {
  const body = asJsonObject(refused.body);
  const { errors } = body;
  if (refused.status !== 422 || !isJsonObject(errors) || Object.keys(errors).length === 0) return refused;
  const placed = Object.fromEntries(Object.entries(errors).map(([name, message]) => [`${place}.${name}`, message]));
  return { ...refused, body: { ...body, errors: placed } };
}

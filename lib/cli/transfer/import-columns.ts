import { nearest } from '../../errors/nearest.js';
import { isJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { assignsKeys } from '../../query/settable.js';
import { resourceOf } from '../../record/metadata-storage.js';
import type { AttributeType, ResourceDeclaration } from '../../schema/declaration.js';
import { apiName } from '../../schema/names.js';
import { pathNames } from '../../transport/path.js';
import { UsageError } from '../usage-error.js';
import type { NamedModel } from './model-named.js';

/** What is wrong with a row, by attribute. */
export type Problems = Record<string, string[]>;

/** A row of a file as it is sent. */
export interface PreparedRow {
  readonly attributes: JsonObject;
  /** Related rows, which are written with a new record. */
  readonly related: JsonObject;
  readonly problems: Problems;
}

/** What becomes of the columns of a file. */
export interface ColumnPlan {
  /** Columns that only the store sets. */
  readonly readOnly: readonly string[];
  /** Columns that the model does not have. */
  readonly unknown: readonly string[];
  /** Columns of related rows. */
  readonly relations: readonly string[];
}

/** Decides what becomes of columns. @param kept columns that are not sent but identify records */
export function planColumns(resource: ResourceDeclaration, columns: Iterable<string>, kept: readonly string[]): ColumnPlan {
  const readOnly: string[] = [];
  const unknown: string[] = [];
  const relations: string[] = [];
  for (const column of columns) {
    const name = apiName(resource, column);
    if (Object.hasOwn(resource.relations, column) && !Object.hasOwn(resource.attributes, name)) relations.push(column);
    else if (isOnlyRead(resource, name)) {
      if (!kept.includes(name)) readOnly.push(column);
    } else if (!Object.hasOwn(resource.attributes, name) && !isPlace(resource, name)) unknown.push(column);
  }
  return { readOnly, unknown, relations };
}

const isPlace = (resource: ResourceDeclaration, name: string): boolean =>
  pathNames(resource.path).includes(name) || resource.batch.parent === name || resource.scope.includes(name);

const isOnlyRead = (resource: ResourceDeclaration, name: string): boolean =>
  !isPlace(resource, name) &&
  ((Object.hasOwn(resource.attributes, name) && resource.attributes[name]?.readOnly === true) ||
    (name === resource.key && assignsKeys(resource)));

/** @throws UsageError that names the columns that the model does not have, with the nearest that it has */
export function refuseUnknown(model: string, resource: ResourceDeclaration, unknown: readonly string[]): void {
  if (unknown.length === 0) return;
  const known = [...Object.keys(resource.attributes), ...Object.keys(resource.relations)];
  const shown = unknown.map((column) => {
    const meant = nearest(column, known);
    return meant === undefined ? `\`${column}\`` : `\`${column}\` (did you mean \`${meant}\`?)`;
  });
  throw new UsageError(
    `${model} does not have ${unknown.length === 1 ? 'this column' : 'these columns'}: ${shown.join(', ')}. Nothing was sent. Rename or remove ${unknown.length === 1 ? 'it' : 'them'}, or pass --ignore-unknown to leave ${unknown.length === 1 ? 'it' : 'them'} out.`,
  );
}

/** @throws UsageError for a path of an option that begins with something that neither the file nor the model has */
export function refusePath(option: string, path: string, { name, model }: NamedModel, columns: ReadonlySet<string>): void {
  const [first = path] = path.split('.');
  const known = [...columns, ...Object.keys(model.resource.attributes), ...Object.keys(model.resource.relations)];
  if (known.includes(first)) return;
  const meant = nearest(first, known);
  throw new UsageError(
    `${option} ${path}: neither the file nor ${name} has \`${first}\`${meant === undefined ? '.' : `; did you mean \`${meant}\`?`} Nothing was sent.`,
  );
}

/** Turns a row of a file into attributes: casts values by their declared types, and leaves out what is not sent. */
export function prepareRow(resource: ResourceDeclaration, row: JsonObject, { readOnly, unknown }: ColumnPlan): PreparedRow {
  const attributes: JsonObject = {};
  const related: JsonObject = {};
  const problems: Problems = {};
  for (const [column, value] of Object.entries(row)) {
    if (readOnly.includes(column) || unknown.includes(column)) continue;
    const name = apiName(resource, column);
    if (Object.hasOwn(resource.attributes, name)) {
      const cast = castTo(resource.attributes[name]?.type ?? 'unknown', value);
      if (cast.problem === undefined) attributes[name] = cast.value;
      else problems[name] = [cast.problem];
    } else if (Object.hasOwn(resource.relations, column)) related[column] = relatedRows(resource, column, value);
    else attributes[name] = value;
  }
  dropMadeOptions(related);
  return { attributes, related, problems };
}

/** Keys inside of the values of related rows. The new store has others, and finds or makes its own by the names beside them. */
const INNER_KEYS: Readonly<Record<string, readonly string[]>> = { option_values: ['id', 'option_id'] };

function withoutKeys(name: string, value: unknown): unknown {
  const keys = INNER_KEYS[name];
  if (keys === undefined || !Array.isArray(value)) return value;
  return jsonObjectsIn(value).map((each) => Object.fromEntries(Object.entries(each).filter(([inner]) => !keys.includes(inner))));
}

/** Leaves out options that variants of the same row choose from: these make them, and the store would refuse them as duplicates. */
function dropMadeOptions(related: JsonObject): void {
  const { options, variants } = related;
  if (!Array.isArray(options)) return;
  const choices = jsonObjectsIn(variants).flatMap((variant) => jsonObjectsIn(variant['option_values']));
  const made = new Set(choices.map((choice) => choice['option_display_name']));
  related['options'] = jsonObjectsIn(options).filter((option) => !made.has(option['display_name']));
}

interface CastValue {
  readonly value?: unknown;
  readonly problem?: string;
}

const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

/** Casts a value to the declared type of its attribute, if that says what is meant. */
function castTo(type: AttributeType, value: unknown): CastValue {
  if (typeof value !== 'string') return type === 'string' && typeof value === 'number' ? { value: String(value) } : { value };
  if (type === 'number') {
    if (value === '') return { value: null };
    return NUMBER.test(value) ? { value: Number(value) } : { problem: notANumber(value) };
  }
  if (type === 'boolean') {
    if (value === '') return { value: null };
    const flag = /^\s*(?:(true|yes|1)|(false|no|0))\s*$/i.exec(value);
    return flag === null ? { problem: `${JSON.stringify(value)} is neither true nor false.` } : { value: flag[1] !== undefined };
  }
  if (type !== 'date') return { value };
  if (value === '' || value === '0') return { value: null };
  const time = /^\d{9,11}$/.test(value) ? Number(value) * 1000 : Date.parse(value);
  return Number.isNaN(time) ? { problem: `${JSON.stringify(value)} is not a date.` } : { value: new Date(time) };
}

function notANumber(value: string): string {
  const advice = /^\s*-?\d+,\d+\s*$/.test(value) ? ' Write a point before decimals.' : '';
  return `${JSON.stringify(value)} is not a number.${advice}`;
}

/** Returns the rows of a relation without what only the store sets, and without their keys. */
function relatedRows(resource: ResourceDeclaration, relation: string, value: unknown): unknown {
  const declared = resource.relations[relation];
  if (declared === undefined) return value;
  const target = resourceOf(declared.target());
  const own = (row: JsonObject): JsonObject => writableRow(target, row, pathNames(target.path));
  return isJsonObject(value) ? own(value) : jsonObjectsIn(value).map(own);
}

function writableRow(resource: ResourceDeclaration, row: JsonObject, parents: readonly string[]): JsonObject {
  const kept: JsonObject = {};
  for (const [name, value] of Object.entries(row)) {
    if (value === null || value === undefined || parents.includes(name) || name === resource.key) continue;
    const attribute = Object.hasOwn(resource.attributes, name) ? resource.attributes[name] : undefined;
    if (attribute !== undefined && !attribute.readOnly) kept[name] = withoutKeys(name, castTo(attribute.type, value).value);
    else if (Object.hasOwn(resource.relations, name)) kept[name] = relatedRows(resource, name, value);
  }
  return kept;
}

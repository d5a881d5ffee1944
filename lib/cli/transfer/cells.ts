import { isJsonObject, type JsonObject } from '../../json-object.js';
import type { AttributeType } from '../../schema/declaration.js';

/** A cell of a CSV file, as it is read: without quotes around it, an empty one means that there is no value. */
export interface Cell {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** The column of values that fit in no other one: a JSON object of columns and values. */
export const MORE = '_more';

const isNested = (value: unknown): value is JsonObject =>
  isJsonObject(value) && Object.keys(value).length > 0 && Object.keys(value).every((name) => name !== '' && !name.includes('.'));

/**
 * Turns a row into columns. Objects become a column for each of their members (`custom_url.url`), however deep; arrays, empty objects
 * and objects whose names have a dot stay one value.
 */
export function flatten(row: JsonObject, prefix = '', columns = new Map<string, unknown>()): Map<string, unknown> {
  for (const [name, value] of Object.entries(row)) {
    if (value === undefined) continue;
    if (isNested(value)) flatten(value, `${prefix}${name}.`, columns);
    else columns.set(`${prefix}${name}`, value);
  }
  return columns;
}

/** Turns columns into a row: the reverse of {@link flatten}. */
export function unflatten(columns: Iterable<readonly [string, unknown]>): JsonObject {
  const row: JsonObject = {};
  for (const [column, value] of columns) {
    const path = column.split('.');
    const name = path.pop() ?? column;
    let target = row;
    for (const part of path) {
      const inner = Object.hasOwn(target, part) ? target[part] : undefined;
      const next: JsonObject = isJsonObject(inner) ? inner : {};
      define(target, part, next);
      target = next;
    }
    define(target, name, value);
  }
  return row;
}

/** Sets a property, whatever its name: assigning to `__proto__` would change the object itself. */
function define(target: JsonObject, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

/** What JSON would read as something else than text. */
const LOOKS_LIKE_JSON = /^\s*(?:[[{"]|-?\d|true\s*$|false\s*$|null\s*$)/;

function jsonOf(text: string): { readonly value: unknown } | undefined {
  if (!LOOKS_LIKE_JSON.test(text)) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/**
 * Writes a value into a cell. Text stays text. In a column that is not declared as text, a text that JSON would read as something else
 * gets the quotes of JSON (`"007"`), so that it is text when it is read again.
 *
 * @returns the text; `undefined` for no value (`null`), which an empty cell stands for
 */
export function writeCell(value: unknown, type: AttributeType): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'string') return JSON.stringify(value);
  return isText(type) || jsonOf(value) === undefined ? value : JSON.stringify(value);
}

const isText = (type: AttributeType): boolean => type === 'string' || type === 'date';

/**
 * Reads a cell, by the declared type of its attribute: text stays text, and anything else is JSON if it can be.
 *
 * @returns `null` for an empty cell without quotes
 */
export function readCell({ text, isQuoted }: Cell, type: AttributeType): unknown {
  if (text === '') return isQuoted ? '' : null;
  if (isText(type)) return text;
  const json = jsonOf(text);
  if (type !== 'boolean' && type !== 'number') return json === undefined ? text : json.value;
  return json === undefined ? readLoosely(text.trim(), type) : json.value;
}

const FLAGS: Readonly<Record<string, boolean>> = { true: true, yes: true, false: false, no: false };

/** Reads what spreadsheets make of flags and numbers: `TRUE`, `yes`, `.5`. */
function readLoosely(text: string, type: 'boolean' | 'number'): unknown {
  if (type === 'boolean') return FLAGS[text.toLowerCase()] ?? text;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
}

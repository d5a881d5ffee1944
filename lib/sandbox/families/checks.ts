import type { JsonObject } from '../../json-object.js';
import type { Tables } from '../tables.js';
import type { Refusal, StoredChange } from './family.js';
import { isSet, type Reasons, refusing } from './rules.js';

/** Returns a refusal for the fields that are wrong; `undefined` if none is. */
export const refuse = (...all: readonly Reasons[]): Refusal | undefined => refusing(Object.assign({}, ...all));

/** Whether a body has a value for a name. */
export const has = (body: JsonObject, name: string): boolean => isSet(body[name]);

/** Returns a reason for a field if something is wrong with it. */
export const reason = (isWrong: boolean, field: string, text: string): Reasons => (isWrong ? { [field]: text } : {});

/** Returns a reason for a field that names a row which does not exist; 0 names none. A table without any rows is not checked. */
export function missingRow(body: JsonObject, field: string, path: string, tables: Tables): Reasons {
  const key = body[field];
  const table = tables.of(path);
  const isMissing = has(body, field) && Number(key) !== 0 && table.list().length > 0 && table.get(String(key), {}) === undefined;
  return reason(isMissing, field, `${String(key)} does not exist`);
}

/** Gives an entry the values that neither the client nor the store has given it. */
export function complete({ entry: { values } }: Pick<StoredChange, 'entry'>, defaults: JsonObject): void {
  for (const [name, value] of Object.entries(defaults)) values[name] ??= value;
}

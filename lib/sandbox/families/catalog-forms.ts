import { asJsonObject, isJsonObject, type JsonObject } from '../../json-object.js';
import { isSet } from './rules.js';

/** Translates a value between the form in which it is stored, which is that of V3, and the form of V2. */
interface Form {
  readonly fromV2: (value: unknown) => unknown;
  readonly toV2: (value: unknown) => unknown;
}

/** Turns a list of V2, text with commas between its entries, into an array. */
const listOf = (value: unknown): string[] =>
  String(value ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

const joined = (value: unknown): unknown => (Array.isArray(value) ? value.join(',') : value);

const translation = (names: Readonly<Record<string, string>>): Form => {
  const back = new Map(Object.entries(names).map(([v2, v3]) => [v3, v2]));
  return { fromV2: (value) => names[String(value)] ?? value, toV2: (value) => back.get(String(value)) ?? value };
};

export const WORDS: Form = { fromV2: (value) => (Array.isArray(value) ? value : listOf(value)), toV2: joined };
export const IDS: Form = { fromV2: (value) => (Array.isArray(value) ? value : listOf(value).map(Number)), toV2: joined };
export const URL_OBJECT: Form = {
  fromV2: (value) => (isJsonObject(value) ? value : { url: String(value), is_customized: true }),
  toV2: (value) => (isJsonObject(value) ? value['url'] : value),
};
export const TRACKING: Form = translation({ simple: 'product', sku: 'variant' });
export const REVIEW_STATUS: Form = {
  fromV2: (value) => ['pending', 'approved', 'disapproved'][Number(value)] ?? value,
  toV2: (value) => (typeof value === 'number' ? value : Math.max(0, ['pending', 'approved', 'disapproved'].indexOf(String(value)))),
};

/** The attributes that V2 and V3 have under the same name, but in different forms. */
export type Forms = Readonly<Record<string, Form>>;

/** Returns the values that V2 sent, in the form in which they are stored. */
export const fromV2 = (body: JsonObject, forms: Forms): JsonObject =>
  Object.fromEntries(Object.entries(forms).flatMap(([name, form]) => (body[name] === undefined ? [] : [[name, form.fromV2(body[name])]])));

/** Puts the values of a response into the form of V2, if `isV2`, or into that of V3. Rows that a test inserts may have either. */
export function showIn(row: JsonObject, forms: Forms, isV2: boolean): void {
  for (const [name, form] of Object.entries(forms)) if (isSet(row[name])) row[name] = isV2 ? form.toV2(row[name]) : form.fromV2(row[name]);
}

/** Attributes that V2 and V3 call by different names. */
export type Names = Readonly<Record<string, string>>;

/** Returns the attributes of a body that the other generation has too, under their other names. Both are stored. */
export function underBothNames(body: JsonObject, names: Names): JsonObject {
  const renamed: JsonObject = {};
  for (const [v2, v3] of Object.entries(names)) {
    if (body[v2] !== undefined) renamed[v3] = body[v2];
    else if (body[v3] !== undefined) renamed[v2] = body[v3];
  }
  return renamed;
}

/** Returns the values of a row, under both names where only one is stored, as in rows that a test inserts. */
export const withBothNames = (values: JsonObject, names: Names): JsonObject => ({
  ...underBothNames(asJsonObject(values), names),
  ...values,
});

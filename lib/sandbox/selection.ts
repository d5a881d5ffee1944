import { asJsonObject, type JsonObject, jsonObjectsIn } from '../json-object.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';

interface Test {
  (value: unknown): boolean;
  /** Whether it is for a list as a whole; otherwise one entry has to pass. */
  readonly takesLists?: boolean;
}

/** Parameters that are not filters. */
const CONTROLS: ReadonlySet<string> = new Set([
  'page',
  'limit',
  'sort',
  'direction',
  'include',
  'include_fields',
  'exclude_fields',
  'after',
  'before',
]);

/** Filters that are not named after an attribute. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  category: ['categories'],
  channel_id: ['channel_id', 'channels'],
  keyword: ['name', 'sku', 'description'],
  keyword_filter: ['name', 'sku', 'description'],
  number_sold: ['total_sold'],
  total: ['total_inc_tax'],
};

const CONTAINS: ReadonlySet<string> = new Set(['keyword', 'keyword_filter']);

/** Lists of objects by id, which stand for all if they are empty. */
const TARGETS: ReadonlySet<string> = new Set(['channels']);

const TESTS: Readonly<Record<string, (expected: string) => Test>> = {
  in: among,
  not_in: (expected) => {
    const isAmong = among(expected);
    return (value) => !isAmong(value);
  },
  min: (expected) => (value) => compare(value, expected) >= 0,
  max: (expected) => (value) => compare(value, expected) <= 0,
  greater: (expected) => (value) => compare(value, expected) > 0,
  less: (expected) => (value) => compare(value, expected) < 0,
  like: contains,
  not: (expected) => (value) => !equal(value, expected),
};

/** Returns a test for the values of a list. The list is split once, not for every row. */
function among(expected: string): Test {
  const entries = expected.split(',');
  const numbers = new Set(entries.map((entry) => (entry === '' ? Number.NaN : Number(entry))));
  const areNumbers = !numbers.has(Number.NaN);
  return (value) => (typeof value === 'number' && areNumbers ? numbers.has(value) : entries.some((entry) => equal(value, entry)));
}

/** A test of rows, and the attributes that it reads. */
interface Selection {
  readonly attributes: ReadonlySet<string>;
  test(row: JsonObject): boolean;
}

/**
 * Returns the test for the filters of a query. Parameters that are not documented for the resource are ignored, as in a real store:
 * this is why misspelt filters are dangerous.
 *
 * @param documented the parameters that the verb applies; default: all filters of the resource
 */
export function filterOf(
  resource: ResourceDeclaration,
  query: Readonly<Record<string, string>>,
  documented?: readonly string[],
): Selection {
  const isHonoured = honouredBy(resource, documented);
  const tests: ((row: JsonObject) => boolean)[] = [];
  const used = new Set<string>();
  for (const [parameter, expected] of Object.entries(query)) {
    const { name, operator } = parseParameter(resource, parameter, documented);
    const test = isHonoured(parameter, name) ? testFor(name, operator, expected) : undefined;
    if (test === undefined) continue;
    const attributes = name === resource.keyFilter ? [resource.key] : (ALIASES[name] ?? [naturalName(resource, name)]);
    const holders = attributes.includes(name) && !Object.hasOwn(resource.attributes, name) ? objectsIn(resource) : [];
    for (const attribute of [...attributes, ...holders]) used.add(attribute);
    tests.push(
      (row) =>
        attributes.some((attribute) => matches(row[attribute], test)) ||
        holders.some((holder) => objectsOf(row[holder]).some((each) => matches(each[name], test))),
    );
  }
  return { attributes: used, test: (row) => tests.every((test) => test(row)) };
}

/** The attribute that a filter of the natural key is about: `code` for `location_code`. */
function naturalName({ naturalKey = {}, version }: ResourceDeclaration, name: string): string {
  const found = Object.entries(naturalKey).find(([parameter]) => dialectOf(version).parse(parameter).name === name);
  return found === undefined ? name : found[1];
}

const objectsOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? jsonObjectsIn(value) : [asJsonObject(value)]);

/** Attributes that hold objects: a filter that is no attribute may be on a member, such as the `variant_id` of an item's `identity`, or of one in a list. */
const objectsIn = ({ attributes }: ResourceDeclaration): string[] =>
  Object.values(attributes)
    .filter(({ type }) => type === 'object' || type === 'array')
    .map(({ name }) => name);

const parametersOf = (resource: ResourceDeclaration, documented: readonly string[] | undefined): readonly string[] =>
  documented ?? Object.keys(resource.filters ?? resource.attributes);

/** Whether a parameter is a filter: it is documented, or combines a documented name with a general operator. */
function honouredBy(
  resource: ResourceDeclaration,
  documented: readonly string[] | undefined,
): (parameter: string, name: string) => boolean {
  const dialect = dialectOf(resource.version);
  const known = new Set(parametersOf(resource, documented));
  const names = new Set([...known].map((parameter) => dialect.parse(parameter).name));
  const takesOperators = dialect.generalOperators && documented === undefined;
  return (parameter, name) => !CONTROLS.has(parameter) && (known.has(parameter) || (takesOperators && names.has(name)));
}

/** Splits a parameter into attribute and operator. There is no operator if the whole name is an attribute. */
function parseParameter(
  resource: ResourceDeclaration,
  parameter: string,
  documented: readonly string[] | undefined,
): { name: string; operator: string | undefined } {
  const isAttribute = Object.hasOwn(resource.attributes, parameter) && parametersOf(resource, documented).includes(parameter);
  if (isAttribute) return { name: parameter, operator: undefined };
  // A few V2 resources have parameters that are written as those of V3.
  return dialectOf(parameter.includes(':') ? 'v3' : resource.version).parse(parameter);
}

function testFor(name: string, operator: string | undefined, expected: string): Test | undefined {
  if (operator !== undefined) return TESTS[operator]?.(expected);
  if (TARGETS.has(name)) return targets(expected);
  return CONTAINS.has(name) ? contains(expected) : equals(expected);
}

const matches = (value: unknown, test: Test): boolean => (Array.isArray(value) && !test.takesLists ? value.some(test) : test(value));

/** Returns a test of a list of targets: it is empty, or has one of the ids. */
function targets(expected: string): Test {
  const isWanted = among(expected);
  const test = (value: unknown): boolean => {
    const listed = jsonObjectsIn(value);
    return listed.length === 0 || listed.some(({ id }) => isWanted(id));
  };
  return Object.assign(test, { takesLists: true });
}

function equal(value: unknown, expected: string): boolean {
  if (typeof value === 'boolean') return value === (expected === 'true' || expected === '1');
  return compare(value, expected) === 0;
}

function contains(expected: string): Test {
  const part = expected.toLowerCase();
  return (value) =>
    String(value ?? '')
      .toLowerCase()
      .includes(part);
}

const equals =
  (expected: string): Test =>
  (value) =>
    equal(value, expected);

function compare(value: unknown, expected: string): number {
  const text = String(value ?? '');
  if (text !== '' && expected !== '' && !Number.isNaN(Number(text)) && !Number.isNaN(Number(expected)))
    return Number(text) - Number(expected);
  const [date, expectedDate] = [Date.parse(text), Date.parse(expected)];
  if (!Number.isNaN(date) && !Number.isNaN(expectedDate)) return Math.floor(date / 1000) - Math.floor(expectedDate / 1000);
  return text.localeCompare(expected, undefined, { sensitivity: 'accent' });
}

/** Returns the sort order of a query: `sort=name&direction=desc` or `sort=name:desc`. */
export function orderOf(
  query: Readonly<Record<string, string>>,
): { name: string; compare(a: JsonObject, b: JsonObject): number } | undefined {
  const [name, suffix] = (query['sort'] ?? '').split(':');
  if (name === undefined || name === '') return undefined;
  const sign = (suffix ?? query['direction']) === 'desc' ? -1 : 1;
  return { name, compare: (a, b) => sign * compare(a[name], String(b[name] ?? '')) };
}

/** Whether a query selects an attribute. */
export function isAsked(query: Readonly<Record<string, string>>, name: string): boolean {
  const { include_fields, exclude_fields } = query;
  if (include_fields !== undefined) return include_fields.split(',').includes(name);
  return exclude_fields === undefined || !exclude_fields.split(',').includes(name);
}

/** Returns the names that a query includes: related rows, and attributes that are shown on demand. */
export const includedIn = ({ include }: Readonly<Record<string, string>>): ReadonlySet<string> => new Set(include?.split(','));

/** Returns the attributes that a query selects. */
export function fieldsOf(row: JsonObject, query: Readonly<Record<string, string>>, key: string): JsonObject {
  const wanted = query['include_fields']?.split(',');
  const unwanted = query['exclude_fields']?.split(',');
  if (wanted !== undefined) return Object.fromEntries(Object.entries(row).filter(([name]) => name === key || wanted.includes(name)));
  if (unwanted !== undefined) return Object.fromEntries(Object.entries(row).filter(([name]) => name === key || !unwanted.includes(name)));
  return row;
}

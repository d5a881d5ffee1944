import type { ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';

type Row = Record<string, unknown>;
type Test = (value: unknown, asked: string) => boolean;

/** Parameters that are no filters. */
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

/** Filters whose name is not that of an attribute. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  category: ['categories'],
  keyword: ['name', 'sku', 'description'],
  keyword_filter: ['name', 'sku', 'description'],
  number_sold: ['total_sold'],
  total: ['total_inc_tax'],
};

const CONTAINS: ReadonlySet<string> = new Set(['keyword', 'keyword_filter']);

const TESTS: Readonly<Record<string, Test>> = {
  in: (value, asked) => asked.split(',').some((entry) => equal(value, entry)),
  not_in: (value, asked) => !asked.split(',').some((entry) => equal(value, entry)),
  min: (value, asked) => compare(value, asked) >= 0,
  max: (value, asked) => compare(value, asked) <= 0,
  greater: (value, asked) => compare(value, asked) > 0,
  less: (value, asked) => compare(value, asked) < 0,
  like: contains,
  not: (value, asked) => !equal(value, asked),
};

/** A test on rows, and the attributes that it looks at. */
interface Selection {
  readonly attributes: ReadonlySet<string>;
  test(row: Row): boolean;
}

/**
 * The test that a query makes on rows. A parameter that the resource does not document is ignored, as the store does:
 * that is what makes a misspelt filter dangerous.
 *
 * @param documented the parameters that this verb heeds; default: all filters of the resource
 */
export function filterOf(
  resource: ResourceDeclaration,
  query: Readonly<Record<string, string>>,
  documented?: readonly string[],
): Selection {
  const dialect = dialectOf(resource.version);
  const known = documented ?? Object.keys(resource.filters ?? resource.attributes);
  const names = new Set(known.map((parameter) => dialect.parse(parameter).name));
  const tests: ((row: Row) => boolean)[] = [];
  const used = new Set<string>();
  for (const [parameter, asked] of Object.entries(query)) {
    if (CONTROLS.has(parameter)) continue;
    const { name, operator } =
      known.includes(parameter) && Object.hasOwn(resource.attributes, parameter)
        ? { name: parameter, operator: undefined }
        : dialect.parse(parameter);
    const heeded = known.includes(parameter) || (dialect.generalOperators && documented === undefined && names.has(name));
    if (!heeded) continue;
    const test = operator === undefined ? (CONTAINS.has(name) ? contains : equal) : TESTS[operator];
    if (test === undefined) continue;
    const attributes = name === resource.keyFilter ? [resource.key] : (ALIASES[name] ?? [name]);
    for (const attribute of attributes) used.add(attribute);
    tests.push((row) => attributes.some((attribute) => matches(row[attribute], asked, test)));
  }
  return { attributes: used, test: (row) => tests.every((test) => test(row)) };
}

const matches = (value: unknown, asked: string, test: Test): boolean =>
  Array.isArray(value) ? value.some((entry) => test(entry, asked)) : test(value, asked);

function equal(value: unknown, asked: string): boolean {
  if (typeof value === 'boolean') return value === (asked === 'true' || asked === '1');
  return compare(value, asked) === 0;
}

function contains(value: unknown, asked: string): boolean {
  return String(value ?? '')
    .toLowerCase()
    .includes(asked.toLowerCase());
}

function compare(value: unknown, asked: string): number {
  const text = String(value ?? '');
  if (text !== '' && asked !== '' && !Number.isNaN(Number(text)) && !Number.isNaN(Number(asked))) return Number(text) - Number(asked);
  const [date, askedDate] = [Date.parse(text), Date.parse(asked)];
  if (!Number.isNaN(date) && !Number.isNaN(askedDate)) return Math.floor(date / 1000) - Math.floor(askedDate / 1000);
  return text.localeCompare(asked, undefined, { sensitivity: 'accent' });
}

/** The order that a query asks for: `sort=name&direction=desc` or `sort=name:desc`. */
export function orderOf(query: Readonly<Record<string, string>>): { name: string; compare(a: Row, b: Row): number } | undefined {
  const [name, suffix] = (query['sort'] ?? '').split(':');
  if (name === undefined || name === '') return undefined;
  const sign = (suffix ?? query['direction']) === 'desc' ? -1 : 1;
  return { name, compare: (a, b) => sign * compare(a[name], String(b[name] ?? '')) };
}

/** Whether a query asks for an attribute. */
export function isAsked(query: Readonly<Record<string, string>>, name: string): boolean {
  const { include_fields, exclude_fields } = query;
  if (include_fields !== undefined) return include_fields.split(',').includes(name);
  return exclude_fields === undefined || !exclude_fields.split(',').includes(name);
}

/** The attributes that a query asks for. */
export function fieldsOf(row: Row, query: Readonly<Record<string, string>>, key: string): Row {
  const wanted = query['include_fields']?.split(',');
  const unwanted = query['exclude_fields']?.split(',');
  if (wanted !== undefined) return Object.fromEntries(Object.entries(row).filter(([name]) => name === key || wanted.includes(name)));
  if (unwanted !== undefined) return Object.fromEntries(Object.entries(row).filter(([name]) => name === key || !unwanted.includes(name)));
  return row;
}

import { isRow, type Row, type Sample } from '../guides/samples.js';
import { ITEM, KEY, type Place } from './places.js';

/** A worked request with values in place of the names in its path. */
export interface Request extends Sample {
  /** The values in the path, by name. */
  readonly values: Readonly<Record<string, string>>;
}

/** The rows of a body or a response, without the envelope. */
export function rowsIn(value: unknown, version: Sample['version']): Row[] {
  const data = version === 'v3' && isRow(value) && 'data' in value ? value['data'] : value;
  return (Array.isArray(data) ? data : [data]).filter(isRow);
}

/** All objects in a value, the value included. */
export function rowsWithin(value: unknown): Row[] {
  if (Array.isArray(value)) return value.flatMap(rowsWithin);
  return isRow(value) ? [value, ...Object.values(value).flatMap(rowsWithin)] : [];
}

/** Puts values in place of the names in the path: those of the body or the response where they have them. */
export function filled(sample: Sample, place: Place): Request {
  const values: Record<string, string> = {};
  let at = 0;
  const path = sample.path.replace(/\{([^}/]*)\}?/g, (_, name: string) => {
    const own = place.names[positionOf(sample.path, at)] ?? name;
    at += 1;
    values[own] = valueFor(own, name, sample, place, at);
    return encodeURIComponent(values[own]);
  });
  const query = sample.query === undefined ? {} : { query: queryOf(sample.query, values, sample) };
  for (const [index, literal] of literalsIn(sample.path, place).entries())
    if (literal !== undefined) values[place.names[index] ?? ''] ??= literal;
  const body = sample.body === undefined ? {} : { body: withoutPlaceholders('', sample.body) };
  return { ...sample, ...query, ...body, path, values };
}

const UUID = '5f0c8a3e-2d41-4b7a-8c19-6e2f7d90a1b3';

/** What stands for the placeholders in bodies. */
const MEANT: readonly (readonly [name: RegExp, value: string | number])[] = [
  [/uuid$/, UUID],
  [/url$/, 'https://example.com/image.jpg'],
  [/^channel_id$/, 101],
  [/^template_file$/, 'pages/home'],
  [/^region$/, 'header_bottom'],
];

/** A body with values in place of placeholders: `{your-widget-uuid}`, `CHANNEL_ID`. */
export function withoutPlaceholders(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutPlaceholders(name, each));
  if (isRow(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutPlaceholders(key, each)]));
  // Guides are older than the tokens in them.
  if (name === 'expires_at' && typeof value === 'number' && value < Date.now() / 1000) return 4_102_444_800;
  // There is no product 0.
  if (value === 0 && /^(?:product|variant|option|value)_id$/.test(name)) return 101;
  if (typeof value !== 'string') return value;
  // The extractor has put a text in place of markup.
  if (name === 'html' && /^Text \d+$/.test(value)) return `<script>/* ${value} */</script>`;
  if (/^(?:\{\{?[\w -]+\}?\}|[A-Z]+_ID)$/.test(value)) return MEANT.find(([each]) => each.test(name))?.[1] ?? '101';
  return value.replace(/\{\w+_id\}/g, '101');
}

/** The query as it means: with spaces for `+`, and values in place of names. */
function queryOf(
  query: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string>>,
  sample: Sample,
): Record<string, string> {
  const [row = {}] = rowsIn(sample.response, sample.version);
  const meaningOf = (name: string): string => {
    const told = rowsWithin(row).find((each) => isScalar(each[name]));
    return values[name] ?? String(told?.[name] ?? 21);
  };
  return Object.fromEntries(
    Object.entries(query).map(([name, text]) => [
      name,
      text.replaceAll('+', ' ').replace(/\{([^}]*)\}/g, (_, each: string) => meaningOf(each)),
    ]),
  );
}

/** The values that the path of a sample has itself, by their position among the names. */
function literalsIn(path: string, { resource, names }: Place): (string | undefined)[] {
  const template = `${resource.path}/:${KEY}`.split('/');
  const given = path.split('/');
  return template
    .flatMap((part, at) => (part.startsWith(':') ? [given[at]?.startsWith('{') ? undefined : given[at]] : []))
    .slice(0, names.length);
}

/** The place of the nth placeholder among the names: a path may have values of its own. */
function positionOf(path: string, nth: number): number {
  const parts = path.split('/').filter((part) => part.startsWith('{') || /^\d+$/.test(part));
  let seen = -1;
  return parts.findIndex((part) => {
    if (part.startsWith('{')) seen += 1;
    return seen === nth;
  });
}

function valueFor(own: string, name: string, sample: Sample, { resource, kind }: Place, at: number): string {
  const [row = {}] = rowsIn(sample.response, sample.version);
  const [sent = {}] = rowsIn(sample.body, sample.version);
  // A refund of an order names it in the body too.
  const order =
    own === 'order_id' || name === 'order_id' ? rowsWithin(sample.body).find(({ item_type }) => item_type === 'ORDER') : undefined;
  if (order !== undefined && isScalar(order['item_id'])) return String(order['item_id']);
  const isKey = own === KEY;
  const names = isKey ? [resource.key, 'id'] : [own, name];
  const fromRows = isKey && kind === 'action' ? [row] : own === ITEM ? [] : [row, sent];
  for (const each of fromRows) for (const one of names) if (isScalar(each[one])) return String(each[one]);
  if (own === ITEM) return itemIn(row) ?? '7b9a1c52-6f5e-4c0b-9d7e-3a1f0c2b4d6e';
  const isText = isKey ? resource.attributes[resource.key]?.type === 'string' : /uuid|cart|checkout|segment|profile|token/i.test(name);
  return isText ? UUID : String(100 + at);
}

/** The id of the consignment in a checkout. */
function itemIn(row: Row): string | undefined {
  const list = Array.isArray(row['consignments']) ? row['consignments'] : [];
  const [first]: unknown[] = list;
  return isRow(first) && isScalar(first['id']) ? String(first['id']) : undefined;
}

const isScalar = (value: unknown): value is string | number =>
  (typeof value === 'string' && value !== '') || (typeof value === 'number' && value > 0);

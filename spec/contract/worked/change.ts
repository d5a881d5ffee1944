import { isRow, type Row } from '../guides/samples.js';
import type { Request } from './fill.js';

/** Names of ids that the store gives a fixed meaning, and of keys that are no numbers of rows. */
const FIXED_IDS = /^(?:status_id|custom_status_id|type_id|tax_class_id|country_id|shipping_provider_id|default_tax_zone_id)$/;
const ID = /^(?:id|ids|categories|channels|brands|related_products|bin_picking_number)$|_ids?$|[a-z]Id$/;
const AMOUNT = /(?:^|_)(?:price|cost|amount|total|subtotal|tax|balance)(?:_|$)/;
const NOT_AMOUNT = /percent|rate|class|type|id|name|included|zone|property|strategy|properties|mode|inventory/;
const NAME =
  /^(?:(?:first_|last_|display_|option_)?name|label|title|company|description|comments?|customer_message|staff_notes|notes?|message|city|collection_\w+|page_title|warranty|search_keywords)$/;
const SKU = /^(?:sku|mpn|upc|gtin)$/;

/** Changes every id, name and amount of a request, its path and its response in the same way. Seed 0 changes nothing. */
export function changed(request: Request, seed: number): Request {
  if (seed === 0) return request;
  const values = Object.fromEntries(Object.entries(request.values).map(([name, value]) => [name, String(changedId(value, seed))]));
  const path = Object.entries(request.values).reduce(
    (parts, [name, value]) => parts.map((part) => (part === encodeURIComponent(value) ? encodeURIComponent(values[name] ?? value) : part)),
    request.path.split('/'),
  );
  return {
    ...request,
    values,
    path: path.join('/'),
    ...(request.query === undefined ? {} : { query: changedQuery(request.query, seed) }),
    ...(request.body === undefined ? {} : { body: changedValue('', request.body, seed) }),
    ...(request.response === undefined ? {} : { response: changedValue('', request.response, seed) }),
  };
}

function changedQuery(query: Readonly<Record<string, string>>, seed: number): Record<string, string> {
  const each = ([name, text]: [string, string]): [string, string] => {
    const [base = name] = name.split(':');
    const parts = text.split(',').map((part) => String(changedScalar(base, part, seed)));
    return [name, parts.join(',')];
  };
  return Object.fromEntries(Object.entries(query).map(each));
}

/** Changes every id, name and amount in a value. The totals of pages are no amounts. */
export function changedValue(name: string, value: unknown, seed: number): unknown {
  if (name === 'pagination') return value;
  if (Array.isArray(value)) return value.map((each) => changedValue(name, each, seed));
  if (isRow(value)) return changedRow(value, seed);
  return changedScalar(name, value, seed);
}

const changedRow = (row: Row, seed: number): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, changedValue(name, value, seed)]));

function changedScalar(name: string, value: unknown, seed: number): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  if (ID.test(name)) return FIXED_IDS.test(name) ? value : changedId(value, seed);
  if (AMOUNT.test(name) && !NOT_AMOUNT.test(name)) return changedAmount(value, seed);
  if (typeof value !== 'string' || value === '') return value;
  if (/^email$|_email$/.test(name) && value.includes('@')) return `s${seed}.${value}`;
  if (SKU.test(name)) return `${value}-${seed}`;
  return NAME.test(name) && /\p{L}/u.test(value) ? `${value} ${seed}` : value;
}

function changedId(value: string | number, seed: number): string | number {
  if (typeof value === 'number') return value > 0 ? value + seed * 1000 : value;
  if (/^[1-9]\d{0,8}$/.test(value)) return String(Number(value) + seed * 1000);
  // Ids of carts, widgets and so on: other hexadecimal digits, in the same form.
  if (/^[0-9a-f-]{12,}$/i.test(value))
    return value.replace(/[0-9a-f]/gi, (digit, at: number) =>
      at === 14 || at === 19 ? digit : ((Number.parseInt(digit, 16) + seed) % 16).toString(16),
    );
  return value;
}

function changedAmount(value: string | number, seed: number): string | number {
  if (typeof value === 'number') return round(value * (seed + 1));
  if (!/^-?\d+(?:\.\d+)?$/.test(value)) return value;
  const decimals = value.split('.')[1]?.length ?? 0;
  return (Number(value) * (seed + 1)).toFixed(decimals);
}

const round = (value: number): number => Math.round(value * 1e8) / 1e8;

import { isRow } from '../guides/samples.js';

/** What a documented value is compared with. */
export interface Known {
  /** The part of the request at the same place. */
  readonly sent?: unknown;
  /** What the store had before, at the same place. */
  readonly before?: unknown;
  /** Whether the API writes a number as one or as a text: "Float, Float-As-String, Integer" in orders.v2.oas2.yml. */
  readonly hasNumbersAsText?: boolean;
  /** Whether the request has changed something. */
  readonly hasWritten?: boolean;
  /** Whether a request has this value under this name, anywhere. */
  isNamed(name: string, value: unknown): boolean;
}

/**
 * Compares a response with the documented one: each documented field has to be there with the same type, and with the same value where
 * the request or the rows before it determine the value.
 *
 * @returns the differences: `data.price: 10 instead of 20`
 */
export function differences(documented: unknown, got: unknown, known: Known, path = ''): string[] {
  if (documented === undefined) return [];
  if (got === undefined) return [`${path}: missing`];
  if (Array.isArray(documented)) return Array.isArray(got) ? ofArrays(documented, got, known, path) : [`${path}: no array`];
  if (isRow(documented)) {
    if (!isRow(got))
      return documented === null || Object.keys(documented).length === 0 ? [] : [`${path}: ${show(got)} instead of an object`];
    if (isStub(documented)) return isStub(got) ? [] : [`${path}: no link`];
    return Object.entries(documented).flatMap(([name, value]) =>
      differences(
        value,
        got[name],
        { ...known, sent: member(known.sent, name), before: member(known.before, name) },
        path === '' ? name : `${path}.${name}`,
      ),
    );
  }
  return ofScalars(documented, got, known, path);
}

function ofArrays(documented: readonly unknown[], got: readonly unknown[], known: Known, path: string): string[] {
  const isKnown = isArray(known.sent) || isArray(known.before);
  if (documented.length > 0 && got.length === 0) return [`${path}: empty`];
  return documented.flatMap((each, at) => {
    const sent = partner(each, known.sent, at);
    const before = partner(each, known.before, at);
    const found = isRow(each) ? (partnerRow(each, got, sent ?? before) ?? got[at]) : got[at];
    if (!isRow(each) && isKnown)
      return got.some((one) => isSame(each, one)) || !isSame(each, sent ?? before) ? [] : [`${path}: without ${show(each)}`];
    // What nobody sent can have another length: only the form counts.
    if (found === undefined && !isKnown) return differences(each, got[0], { isNamed: () => false }, `${path}[0]`);
    return differences(each, found, { ...known, sent, before }, `${path}[${at}]`);
  });
}

/** The row of a request for a documented one: the one with its id, or at its place. */
function partner(each: unknown, rows: unknown, at: number): unknown {
  if (!isArray(rows)) return undefined;
  if (!isRow(each)) return rows.find((one) => isSame(each, one));
  return rows.find((one) => isRow(one) && one['id'] !== undefined && isSame(each['id'], one['id'])) ?? rows[at];
}

/** The row of a response for a documented one. */
function partnerRow(each: Record<string, unknown>, got: readonly unknown[], known: unknown): unknown {
  const rows = got.filter(isRow);
  const names = [
    'id',
    'uuid',
    'code',
    'variant_id',
    'product_id',
    'listing_id',
    'category_id',
    'channel_id',
    'customer_id',
    'location_id',
    'label',
    'name',
  ];
  const given = isRow(known) ? known : {};
  const name = names.find((one) => each[one] !== undefined && given[one] !== undefined && isSame(each[one], given[one]));
  if (isRow(each['identity']))
    return rows.find(
      (one) => isRow(one['identity']) && String(one['identity']['variant_id']) === String(Object(each['identity'])['variant_id']),
    );
  return name === undefined ? undefined : rows.find((one) => isSame(each[name], one[name]));
}

function ofScalars(documented: unknown, got: unknown, known: Known, path: string): string[] {
  if (documented === null) return [];
  if (got === null) return [`${path}: null instead of ${show(documented)}`];
  const isNumberAsText = known.hasNumbersAsText === true && typeof documented === 'number' && isSame(documented, got);
  if (typeof got !== typeof documented && !isNumberAsText) return [`${path}: ${show(got)} instead of ${show(documented)}`];
  return isDetermined(documented, known, path) && !isSame(documented, got) ? [`${path}: ${show(got)} instead of ${show(documented)}`] : [];
}

function isDetermined(documented: unknown, { sent, before, hasWritten, isNamed }: Known, path: string): boolean {
  if (sent !== undefined) return isSame(documented, sent);
  // The addresses of files are those of the store.
  if (/^https?:\/\/(?:cdn|store-|[\w-]+\.mybigcommerce)/.test(String(documented))) return false;
  // What the store sets with every change is another time by now.
  if (before !== undefined) return isSame(documented, before) && !(hasWritten && /(?:updated|modified)[_a-z]*$/.test(path));
  return isNamed(path.split('.').at(-1) ?? '', documented);
}

/** Whether two values mean the same: numbers in strings, and the forms of dates. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a === 'object' || typeof b === 'object') return a === b;
  const [left, right] = [Number(a), Number(b)];
  if (a !== '' && b !== '' && typeof a !== 'boolean' && typeof b !== 'boolean' && !Number.isNaN(left) && !Number.isNaN(right))
    return Math.abs(left - right) < 0.000_01;
  if (typeof a !== 'string' || typeof b !== 'string' || !isDate(a) || !isDate(b)) return false;
  return Math.floor(Date.parse(a) / 1000) === Math.floor(Date.parse(b) / 1000);
}

const isDate = (text: string): boolean => /^(?:\d{4}-\d\d-\d\d|\w{3}, \d\d? \w{3} \d{4} )/.test(text) && !Number.isNaN(Date.parse(text));

const isArray = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const member = (value: unknown, name: string): unknown => (isRow(value) ? value[name] : undefined);

/** V2 has links to related rows in place of them. */
export const isStub = (value: unknown): boolean => isRow(value) && 'resource' in value && 'url' in value;

const show = (value: unknown): string => (JSON.stringify(value) ?? 'undefined').slice(0, 80);

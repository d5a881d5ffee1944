import type { AttributeDeclaration, ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import type { Version } from '../transport/request.js';
import type { Entry } from './tables.js';

/** An entry as a resource shows it: those of its declared attributes that are set, or those that are named, in the spelling of its API generation. */
export function project(
  resource: ResourceDeclaration,
  entry: Entry,
  names: Iterable<string> = Object.keys(resource.attributes),
): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const name of names) {
    const attribute = resource.attributes[name] as AttributeDeclaration | undefined;
    if (attribute === undefined) continue;
    const stored = entry.values[name] ?? parentKey(entry, name);
    if (stored === undefined) continue;
    row[name] = name === resource.key && attribute.type === 'string' ? String(stored) : show(attribute, stored, resource.version);
  }
  return row;
}

/** `product_id` of an image: the key of its parent. */
function parentKey(entry: Entry, name: string): number | string | undefined {
  const key = entry.parents[name];
  return key === undefined ? undefined : /^\d+$/.test(key) ? Number(key) : key;
}

const DECIMALS = 4;

function show(attribute: AttributeDeclaration, stored: unknown, version: Version): unknown {
  const { type } = attribute;
  if (type === 'date') return showDate(stored, version);
  if (stored === null) return null;
  if (type === 'string' && typeof stored === 'number') return version === 'v2' ? stored.toFixed(DECIMALS) : String(stored);
  if (type === 'number' && typeof stored === 'string' && stored !== '' && !Number.isNaN(Number(stored))) return Number(stored);
  return stored;
}

function showDate(stored: unknown, version: Version): string | null {
  const date = new Date(stored as string | number);
  if (stored === null || stored === '' || Number.isNaN(date.getTime())) return version === 'v2' ? '' : null;
  return dialectOf(version).writeDate(date);
}

/** What may be stored of a request's body: declared attributes that are not read-only, and what is wrong with them. */
export function intake(
  resource: ResourceDeclaration,
  body: Record<string, unknown>,
): { values: Record<string, unknown>; errors: Record<string, string> } {
  const values: Record<string, unknown> = {};
  const errors: Record<string, string> = {};
  for (const [name, attribute] of Object.entries(resource.attributes)) {
    if (attribute.readOnly || !Object.hasOwn(body, name)) continue;
    const wrong = mismatch(attribute, body[name]);
    if (wrong !== undefined) errors[name] = wrong;
    else values[name] = attribute.type === 'date' ? toIso(body[name]) : body[name];
  }
  return { values, errors };
}

function mismatch({ name, type }: AttributeDeclaration, value: unknown): string | undefined {
  if (value === null) return undefined;
  if (type === 'number' && (typeof value === 'object' || typeof value === 'boolean' || value === '' || Number.isNaN(Number(value))))
    return `${name} must be a number`;
  if (type === 'boolean' && typeof value !== 'boolean' && ![0, 1, '0', '1', 'true', 'false'].includes(value as string))
    return `${name} must be a boolean`;
  if (type === 'array' && !Array.isArray(value)) return `${name} must be an array`;
  if (type === 'string' && typeof value === 'object') return `${name} must be a string`;
  if (MONEY.test(name) && (Number.isNaN(Number(value)) || Number(value) < 0)) return `${name} must be a number that is not negative`;
  return undefined;
}

/** V2 writes amounts as texts; these must still be amounts. */
const MONEY = /(^|_)(price|cost|weight)$/;

function toIso(value: unknown): unknown {
  const date = new Date(value as string);
  return value === null || value === '' || Number.isNaN(date.getTime()) ? null : date.toISOString();
}

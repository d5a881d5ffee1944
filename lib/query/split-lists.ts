import { ArgumentError } from '../errors/argument-error.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import type { QueryValue } from '../transport/request.js';
import { checkWellFormed } from '../transport/well-formed.js';

type Filters = Readonly<Record<string, QueryValue>>;

/** The maximum length of all arrays in a URL: gateways refuse URLs from 8,000 characters on, and other parameters need room. */
const MAX_LIST_LENGTH = 4000;

/** Splits an array into as few parts as the URL length and a maximum number of entries allow. */
export function splitByUrlLength<T extends string | number>(list: readonly T[], most: number, maxLength = MAX_LIST_LENGTH): T[][] {
  const parts: T[][] = [];
  let part: T[] = [];
  let length = 0;
  for (const entry of list) {
    const added = lengthOf(entry);
    if (part.length > 0 && (part.length >= most || length + added > maxLength)) {
      parts.push(part);
      [part, length] = [[], 0];
    }
    part.push(entry);
    length += added;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

/** Returns the length of an entry in a URL, including the comma after it. */
const lengthOf = (entry: string | number): number => encodeURIComponent(checkWellFormed(String(entry), 'A value of a filter')).length + 1;

const lengthOfAll = (list: readonly (string | number)[]): number => list.reduce<number>((sum, entry) => sum + lengthOf(entry), 0);

/** The filters of a query, split if an array in them is too long for one request. */
export interface FilterParts {
  readonly all: readonly Filters[];
  /** Each part has keys for one page at most, so one page is its whole result. */
  readonly byKey: boolean;
  /** No record can match two parts. */
  readonly areDisjoint: boolean;
}

type List = readonly (string | number)[];

/** @throws ArgumentError if arrays are too long for a URL and cannot be split: those of `not_in` */
export function splitFilters(resource: ResourceDeclaration, filters: Filters, pageSize: number): FilterParts {
  const lists = new Map<string, List>();
  let fixed = 0;
  for (const [name, value] of Object.entries(filters)) {
    if (!isList(value)) continue;
    if (name.endsWith(':in')) lists.set(name, distinct(resource, name, value));
    else fixed += lengthOfAll(value);
  }
  const keyList = `${resource.keyFilter}:in`;
  const byKey = lists.has(keyList) && resource.identity.length === 0;
  const parts = new Map<string, List[]>();
  const room = roomFor(resource, filters, lists, fixed);
  for (const [name, list] of lists)
    parts.set(name, splitByUrlLength(list, byKey && name === keyList ? pageSize : Number.POSITIVE_INFINITY, room(list)));
  return {
    all: combine(filters, parts),
    byKey,
    get areDisjoint() {
      return [...parts].every(
        ([name, { length }]) => length === 1 || name === keyList || isOneEach(resource, name, lists.get(name) as List),
      );
    },
  };
}

const isList = (value: QueryValue | undefined): value is List => Array.isArray(value);

/** Returns how long the parts of each array may be: long arrays share what the short ones leave. */
function roomFor(resource: ResourceDeclaration, filters: Filters, lists: ReadonlyMap<string, List>, fixed: number): (list: List) => number {
  const lengths = [...lists.values()].map(lengthOfAll);
  const left = MAX_LIST_LENGTH - fixed;
  if (lengths.reduce((sum, length) => sum + length, 0) <= left) return () => Number.POSITIVE_INFINITY;
  const share = Math.floor(left / Math.max(1, lists.size));
  const isShort = (length: number): boolean => length <= share;
  const short = lengths.filter(isShort).reduce((sum, length) => sum + length, 0);
  const longOnes = lengths.filter((length) => !isShort(length)).length;
  const room = Math.floor((left - short) / Math.max(1, longOnes));
  if (fixed > MAX_LIST_LENGTH || room < MIN_ROOM) throw tooLong(resource, filters);
  return (list) => (isShort(lengthOfAll(list)) ? Number.POSITIVE_INFINITY : room);
}

/** With less room than this, an array would become one request per entry. */
const MIN_ROOM = 100;

function tooLong(resource: ResourceDeclaration, filters: Filters): ArgumentError {
  const names = Object.keys(filters).filter((name) => isList(filters[name]) && !name.endsWith(':in'));
  return new ArgumentError(
    `The filter \`${names.join('` and `')}\` of ${resource.name} is too long for a URL and cannot be split: use fewer values, or filter what is read. Nothing was sent.`,
  );
}

/** Removes duplicates. Numbers may be written in several ways: `7`, `007`. */
function distinct(resource: ResourceDeclaration, name: string, list: List): List {
  const isNumeric = resource.filters?.[name] === Number || resource.attributes[name.slice(0, -':in'.length)]?.type === 'number';
  const entries = isNumeric ? list.map((entry) => String(entry).replace(/^0+(?=\d)/, '')) : list;
  return [...new Set(entries)];
}

/** Combines each part of an array with each part of the others. */
function combine(filters: Filters, parts: ReadonlyMap<string, readonly List[]>): Filters[] {
  let all: Filters[] = [filters];
  for (const [name, each] of parts) all = all.flatMap((one) => each.map((part) => ({ ...one, [name]: part })));
  return all;
}

const SCALARS: ReadonlySet<string> = new Set(['string', 'number', 'boolean', 'date']);

/** Whether a record has a single value for the attribute, so that it matches at most one part. The store may ignore case. */
function isOneEach({ attributes }: ResourceDeclaration, name: string, list: List): boolean {
  const attribute = attributes[name.slice(0, -':in'.length)];
  return (
    attribute !== undefined && SCALARS.has(attribute.type) && new Set(list.map((entry) => String(entry).toLowerCase())).size === list.length
  );
}

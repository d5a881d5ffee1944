import { ArgumentError } from '../errors/argument-error.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import type { QueryValue } from '../transport/request.js';
import { checkWellFormed } from '../transport/well-formed.js';

type Filters = Readonly<Record<string, QueryValue>>;

/** Characters of a list in an address, at the most: gateways refuse addresses from 8,000 on, and other parameters need room. */
const MAX_LIST_LENGTH = 4000;

/** Cuts a list into as few parts as the length of an address and a number of entries allow. */
export function cut<T extends string | number>(list: readonly T[], most: number): T[][] {
  const parts: T[][] = [];
  let part: T[] = [];
  let length = 0;
  for (const entry of list) {
    const added = encodeURIComponent(checkWellFormed(String(entry), 'A value of a filter')).length + 1;
    if (part.length > 0 && (part.length >= most || length + added > MAX_LIST_LENGTH)) {
      parts.push(part);
      [part, length] = [[], 0];
    }
    part.push(entry);
    length += added;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

/** The filters of a query, cut where a list in them is too long for one request. */
export interface Chunks {
  readonly all: readonly Filters[];
  /** Each part names keys, no more than a page of them: it is answered with one page. */
  readonly byKey: boolean;
}

/** @throws ArgumentError when a list cannot be cut: `not_in`, or two long lists at once */
export function chunksOf(resource: ResourceDeclaration, filters: Filters, pageSize: number): Chunks {
  const keyList = `${resource.keyFilter}:in`;
  const keys = filters[keyList];
  if (Array.isArray(keys) && resource.identity.length === 0) {
    assertShort(resource, filters, keyList);
    const parts = cut([...new Set(keys as string[])], pageSize);
    return { all: parts.map((part) => ({ ...filters, [keyList]: part })), byKey: true };
  }
  const long = Object.keys(filters).find((name) => name.endsWith(':in') && isLong(filters[name]));
  assertShort(resource, filters, long);
  if (long === undefined) return { all: [filters], byKey: false };
  const parts = cut([...new Set(filters[long] as string[])], Number.POSITIVE_INFINITY);
  return { all: parts.map((part) => ({ ...filters, [long]: part })), byKey: false };
}

function assertShort(resource: ResourceDeclaration, filters: Filters, except: string | undefined): void {
  const long = Object.keys(filters).find((name) => name !== except && isLong(filters[name]));
  if (long === undefined) return;
  throw new ArgumentError(
    `The filter \`${long}\` of ${resource.name} is longer than an address may be, and cannot be cut into several requests. Nothing was sent.`,
  );
}

const isLong = (value: QueryValue | undefined): boolean =>
  Array.isArray(value) && cut(value as string[], Number.POSITIVE_INFINITY).length > 1;

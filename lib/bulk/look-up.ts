import { compileFilters, operatorParameter } from '../query/filters.js';
import { readPages } from '../query/page-strategies.js';
import { initialState } from '../query/query-state.js';
import { type Row, type Scope, sessionOf } from '../query/scope.js';
import { dialectOf } from '../schema/dialects.js';
import { type CallOptions, freshCallOf } from '../transport/request.js';

/** What a record is known by: an attribute, by the API's name, with its value. */
export interface Known {
  readonly name: string;
  readonly value: string;
}

/** Look-ups of single records that are under way at once, where the API has no list for them. */
const AT_ONCE = 10;

/** Values of one list: a page of answers holds them. */
const LISTED_AT_ONCE = 250;

/**
 * The rows that have these values of attributes, by {@link knownName}: by one list an attribute, or one by one where the API has
 * no lists. Several rows where the attribute does not tell records apart.
 *
 * @param sent is told of every request
 */
export async function lookUp(scope: Scope, all: readonly Known[], options: CallOptions, sent: () => void): Promise<Map<string, Row[]>> {
  const byName = new Map<string, Map<string, string>>();
  for (const { name, value } of all) {
    const values = byName.get(name) ?? new Map<string, string>();
    byName.set(name, values.set(value.toLowerCase(), value));
  }
  const found = new Map<string, Row[]>();
  const keep = (name: string, row: Row): void => {
    const under = knownName({ name, value: String(row[name]) });
    const rows = found.get(under);
    if (rows === undefined) found.set(under, [row]);
    else rows.push(row);
  };
  await Promise.all(
    [...byName].map(async ([name, values]) => {
      const parameter = listParameter(scope, name) ?? '';
      // A value with a comma would be two in a list.
      const [listed, single] = parted([...values.values()], (value) => parameter !== '' && !value.includes(','));
      await Promise.all([
        inLists(scope, parameter, listed, options, sent, (row) => keep(name, row)),
        oneByOne(scope, name, single, options, sent, keep),
      ]);
    }),
  );
  return found;
}

/** The value in one spelling: the store does not tell capitals from small letters in what it knows records by. */
export const knownName = ({ name, value }: Known): string => `${name} ${value.toLowerCase()}`;

async function inLists(
  scope: Scope,
  parameter: string,
  values: readonly string[],
  options: CallOptions,
  sent: () => void,
  keep: (row: Row) => void,
): Promise<void> {
  const state = initialState(scope);
  const parts = Array.from({ length: Math.ceil(values.length / LISTED_AT_ONCE) }, (_, part) =>
    values.slice(part * LISTED_AT_ONCE, (part + 1) * LISTED_AT_ONCE),
  );
  await Promise.all(
    parts.map(async (part) => {
      const filters = { ...state.filters, [parameter]: part };
      for await (const { rows } of countRequests(readPages(scope, { ...state, filters }, { ...freshCallOf(options), isEager: true }), sent))
        for (const row of rows) keep(row);
    }),
  );
}

/** Counts the requests of a walk: the first before it is answered, so that one that fails counts too. */
export async function* countRequests<P>(pages: AsyncIterable<P>, sent: () => void): AsyncGenerator<P, void, undefined> {
  sent();
  let isFirst = true;
  for await (const page of pages) {
    if (!isFirst) sent();
    isFirst = false;
    yield page;
  }
}

function parted<T>(all: readonly T[], isFirst: (each: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))];
}

async function oneByOne(
  scope: Scope,
  name: string,
  values: readonly string[],
  options: CallOptions,
  sent: () => void,
  keep: (name: string, row: Row) => void,
): Promise<void> {
  const waiting = values.values();
  const work = async (): Promise<void> => {
    for (const value of waiting) {
      const { params } = compileFilters(scope.resource, { [name]: value });
      const state = { ...initialState(scope), limit: 2 };
      const pages = readPages(scope, { ...state, filters: { ...state.filters, ...params } }, { ...freshCallOf(options), isEager: true });
      for await (const { rows } of countRequests(pages, sent))
        for (const row of rows) if (String(row[name]).toLowerCase() === value.toLowerCase()) keep(name, row);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, values.length, sessionOf(scope).concurrency) }, work));
}

function listParameter({ resource }: Scope, name: string): string | undefined {
  const dialect = dialectOf(resource.version);
  if (dialect.parameter(name, 'in') === undefined) return undefined;
  try {
    return operatorParameter(resource, dialect, name, 'in');
  } catch {
    return undefined;
  }
}

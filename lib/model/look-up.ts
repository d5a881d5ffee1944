import { ArgumentError } from '../errors/argument-error.js';
import { BigRecordError } from '../errors/bigrecord-error.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { counted } from '../query/counted.js';
import { operatorParameter } from '../query/filters.js';
import { Query } from '../query/query.js';
import { read } from '../query/reading.js';
import { saidOf } from '../query/said.js';
import { type Row, type Scope, sessionOf } from '../query/scope.js';
import { dialectOf } from '../schema/dialects.js';
import { type CallOptions, freshCallOf } from '../transport/request.js';
import { storedRow } from './changes.js';
import { tracked } from './internals.js';

/** What a record is known by: an attribute, by the API's name, with its value. */
export interface Known {
  readonly name: string;
  readonly value: string;
}

/** What look-ups came to, by {@link knownName}. */
export interface LookedUp {
  /** Several rows where the attribute does not tell records apart. */
  readonly found: ReadonlyMap<string, readonly Row[]>;
  /** Why nothing is known of a value: its look-up failed. */
  readonly failed: ReadonlyMap<string, Error>;
}

/** Look-ups of single records that are under way at once, where the API has no list for them. */
const AT_ONCE = 10;

/** Values of one list: a page of answers holds them. */
const LISTED_AT_ONCE = 250;

/**
 * Finds the rows that have these values of attributes: by one list an attribute, or one by one where the API has no lists. A
 * look-up that fails leaves the values of the others known.
 *
 * @param sent is told of every request
 * @throws what makes the whole call wrong, and the reason of its signal
 */
export async function lookUp(scope: Scope<object>, all: readonly Known[], options: CallOptions, sent: () => void): Promise<LookedUp> {
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
  const failed = new Map<string, Error>();
  const attempt = async (name: string, values: readonly string[], work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!isFailureOfRows(error, options)) throw error;
      for (const value of values) failed.set(knownName({ name, value }), error);
    }
  };
  await Promise.all(
    [...byName].map(async ([name, values]) => {
      const parameter = listParameter(scope, name) ?? '';
      // A value with a comma would be two in a list.
      const [listed, single] = parted([...values.values()], (value) => parameter !== '' && !value.includes(','));
      await Promise.all([
        ...partsOf(listed).map((part) =>
          attempt(name, part, () => inList(scope, parameter, part, options, sent, (row) => keep(name, row))),
        ),
        inTurns(scope, single, (value) => attempt(name, [value], () => lookUpOne(scope, name, value, options, sent, keep))),
      ]);
    }),
  );
  return { found, failed };
}

/** Whether a look-up failed in a way that concerns what it was for: the call is right, and was not ended. */
export const isFailureOfRows = (error: unknown, { signal }: CallOptions): error is BigRecordError =>
  signal?.aborted !== true && error instanceof BigRecordError && !(error instanceof ArgumentError || error instanceof ConfigurationError);

/** The value in one spelling: the store does not tell capitals from small letters in what it knows records by. */
export const knownName = ({ name, value }: Known): string => `${name} ${value.toLowerCase()}`;

const partsOf = (values: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(values.length / LISTED_AT_ONCE) }, (_, part) =>
    values.slice(part * LISTED_AT_ONCE, (part + 1) * LISTED_AT_ONCE),
  );

async function inList(
  scope: Scope<object>,
  parameter: string,
  values: readonly string[],
  options: CallOptions,
  sent: () => void,
  keep: (row: Row) => void,
): Promise<void> {
  const said = saidOf(scope);
  const filters = { ...said.filters, [parameter]: values };
  for await (const { rows } of counted(read(scope, { ...said, filters }, { ...freshCallOf(options), isEager: true }), sent))
    for (const row of rows) keep(row);
}

function parted<T>(all: readonly T[], isFirst: (each: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))];
}

/** Does a piece of work for each value, a few at once. */
async function inTurns(scope: Scope<object>, values: readonly string[], work: (value: string) => Promise<void>): Promise<void> {
  const waiting = values.values();
  const next = async (): Promise<void> => {
    for (const value of waiting) await work(value);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, values.length, sessionOf(scope).concurrency) }, next));
}

async function lookUpOne(
  scope: Scope<object>,
  name: string,
  value: string,
  options: CallOptions,
  sent: () => void,
  keep: (name: string, row: Row) => void,
): Promise<void> {
  sent();
  const records = await new Query(scope)
    .where({ [name]: value } as never)
    .limit(2)
    .all(freshCallOf(options));
  for (const record of records) {
    const row = storedRow(tracked(record));
    if (String(row[name]).toLowerCase() === value.toLowerCase()) keep(name, row);
  }
}

function listParameter({ resource }: Scope<object>, name: string): string | undefined {
  const dialect = dialectOf(resource.version);
  if (dialect.parameter(name, 'in') === undefined) return undefined;
  try {
    return operatorParameter(resource, dialect, name, 'in');
  } catch {
    return undefined;
  }
}

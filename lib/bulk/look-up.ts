import { ArgumentError } from '../errors/argument-error.js';
import { BigRecordError } from '../errors/bigrecord-error.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { countRequests } from '../query/count-requests.js';
import { compileFilters, operatorParameter } from '../query/filters.js';
import { readPages } from '../query/page-strategies.js';
import { initialState, type QueryState } from '../query/query-state.js';
import { type Row, type Scope, sessionOf } from '../query/scope.js';
import { dialectOf } from '../schema/dialects.js';
import { type CallOptions, freshCallOf } from '../transport/request.js';

/** What a record is known by: an attribute, by the API's name, with its value. */
export interface Known {
  readonly name: string;
  readonly value: string;
}

/** What look-ups came to, by {@link knownName}. */
export interface LookedUp {
  /** Several rows where the attribute does not tell records apart. */
  readonly found: ReadonlyMap<string, readonly Row[]>;
  /** Why nothing is known about a value: its look-up failed. */
  readonly failed: ReadonlyMap<string, Error>;
}

/** Look-ups of single records that are under way at once, where the API has no list for them. */
const AT_ONCE = 10;

/** Values of one list: a page holds as many rows. */
const LISTED_AT_ONCE = 250;

/**
 * Finds the rows that have these values of attributes: by one list an attribute, or one by one where the API has no lists. A
 * look-up that fails leaves the values of the others known.
 *
 * @param sent is called for every request
 * @throws what makes the whole call wrong, and the reason of its signal
 */
export async function lookUp(scope: Scope, all: readonly Known[], options: CallOptions, sent: () => void): Promise<LookedUp> {
  const byName = new Map<string, Map<string, string>>();
  for (const { name, value } of all) {
    const values = byName.get(name) ?? new Map<string, string>();
    byName.set(name, values.set(value.toLowerCase(), value));
  }
  const lookUps = new LookUps(scope, options, sent);
  await Promise.all([...byName].map(([name, values]) => lookUps.find(name, [...values.values()])));
  return lookUps;
}

/** Whether a look-up failed in a way that concerns what it was for: the call is right, and was not ended. */
export const isFailureOfRows = (error: unknown, { signal }: CallOptions): error is BigRecordError =>
  signal?.aborted !== true && error instanceof BigRecordError && !(error instanceof ArgumentError || error instanceof ConfigurationError);

/** The value in one spelling: the store does not tell capitals from small letters in what it knows records by. */
export const knownName = ({ name, value }: Known): string => `${name} ${value.toLowerCase()}`;

class LookUps implements LookedUp {
  readonly found = new Map<string, Row[]>();
  readonly failed = new Map<string, Error>();
  readonly #scope: Scope;
  readonly #options: CallOptions;
  readonly #sent: () => void;

  constructor(scope: Scope, options: CallOptions, sent: () => void) {
    this.#scope = scope;
    this.#options = options;
    this.#sent = sent;
  }

  async find(name: string, values: readonly string[]): Promise<void> {
    const parameter = listParameter(this.#scope, name);
    // A value with a comma would be two in a list.
    const isListed = (value: string): boolean => parameter !== undefined && !value.includes(',');
    const listed = values.filter(isListed);
    await Promise.all([
      ...partsOf(listed).map((part) => this.#attempt(name, part, () => this.#findListed(name, parameter ?? '', part))),
      this.#findEach(
        name,
        values.filter((value) => !isListed(value)),
      ),
    ]);
  }

  /** Finds records one by one, a few at once. */
  async #findEach(name: string, values: readonly string[]): Promise<void> {
    const waiting = values.values();
    const work = async (): Promise<void> => {
      for (const value of waiting) await this.#attempt(name, [value], () => this.#findOne(name, value));
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, values.length, sessionOf(this.#scope).concurrency) }, work));
  }

  async #findOne(name: string, value: string): Promise<void> {
    const { params } = compileFilters(this.#scope.resource, { [name]: value });
    for await (const row of this.#rowsWith(params, 2)) if (String(row[name]).toLowerCase() === value.toLowerCase()) this.#keep(name, row);
  }

  async #findListed(name: string, parameter: string, values: readonly string[]): Promise<void> {
    for await (const row of this.#rowsWith({ [parameter]: values })) this.#keep(name, row);
  }

  async *#rowsWith(filters: QueryState['filters'], limit?: number): AsyncGenerator<Row, void, undefined> {
    const state = initialState(this.#scope);
    const narrowed = { ...state, filters: { ...state.filters, ...filters }, ...(limit !== undefined && { limit }) };
    const pages = readPages(this.#scope, narrowed, { ...freshCallOf(this.#options), isEager: true });
    for await (const { rows } of countRequests(pages, this.#sent)) yield* rows;
  }

  async #attempt(name: string, values: readonly string[], work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isFailureOfRows(error, this.#options)) throw error;
      for (const value of values) this.failed.set(knownName({ name, value }), error);
    }
  }

  #keep(name: string, row: Row): void {
    const under = knownName({ name, value: String(row[name]) });
    const rows = this.found.get(under);
    if (rows === undefined) this.found.set(under, [row]);
    else rows.push(row);
  }
}

const partsOf = (values: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(values.length / LISTED_AT_ONCE) }, (_, part) =>
    values.slice(part * LISTED_AT_ONCE, (part + 1) * LISTED_AT_ONCE),
  );

function listParameter({ resource }: Scope, name: string): string | undefined {
  const dialect = dialectOf(resource.version);
  if (dialect.parameter(name, 'in') === undefined) return undefined;
  try {
    return operatorParameter(resource, dialect, name, 'in');
  } catch {
    return undefined;
  }
}

import { ArgumentError } from '../errors/argument-error.js';
import { BigRecordError } from '../errors/bigrecord-error.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { compileFilters, operatorParameter } from '../query/filters.js';
import { readPages } from '../query/page-strategies.js';
import { initialState, type QueryState } from '../query/query-state.js';
import { type Row, type Scope, sessionOf } from '../query/scope.js';
import { dialectOf } from '../schema/dialects.js';
import { type CallOptions, freshCallOf } from '../transport/request.js';

/** Identifies a record: an attribute, by the API's name, and its value. */
export interface Known {
  readonly name: string;
  readonly value: string;
}

/** The results of look-ups, by {@link knownName}. */
export interface LookedUp {
  /** Several rows if the value of the attribute is not unique. */
  readonly found: ReadonlyMap<string, readonly Row[]>;
  /** The errors of look-ups that failed. */
  readonly failed: ReadonlyMap<string, Error>;
}

/** How many records are looked up at once, if the API cannot list them. */
const AT_ONCE = 10;

/** How many values go into one list: a page has as many rows. */
const LISTED_AT_ONCE = 250;

/**
 * Finds the rows with these attribute values: with one list per attribute, or one by one if the API has no such list. A failed look-up
 * does not affect the others.
 *
 * @param sent is called for every request
 * @throws an error that stops the whole call, such as the reason of its signal
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

/** Whether an error concerns only the rows that were looked up: the call itself is valid and was not aborted. */
export const isFailureOfRows = (error: unknown, { signal }: CallOptions): error is BigRecordError =>
  signal?.aborted !== true && error instanceof BigRecordError && !(error instanceof ArgumentError || error instanceof ConfigurationError);

/** Returns the name of an attribute and its value as one string. The store ignores case in such values. */
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
    // In a list, a value with a comma would count as two.
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

  /** Finds records with one request each, a few at once. */
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
    const pages = readPages(this.#scope, narrowed, { ...freshCallOf(this.#options), isEager: true, sent: this.#sent });
    for await (const { rows } of pages) yield* rows;
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

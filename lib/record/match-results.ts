import { isDeepStrictEqual } from 'node:util';
import type { Row } from '../query/scope.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { agreesWith } from './agreement.js';

/** What identifies one entry of a list: what the rows of a response are compared with. */
export interface Sent {
  /** The key and what else tells records apart, by name; without those that the store assigns. */
  readonly identity: Readonly<Record<string, unknown>>;
  /** Values of the record, as they were sent or are known; asked for only where the identity does not tell. */
  values(): Row;
}

export interface MatchOptions<E> {
  sentOf(entry: E): Sent;
  /** Names of the key, and of what else tells one record from another. */
  readonly identity: readonly string[];
  /** Names of attributes that no two records share: `sku`, `email`. */
  readonly unique: readonly string[];
  /** Whether what cannot be told apart otherwise is matched by its place, where as many rows came as were sent. */
  readonly byPosition: boolean;
}

/** Names of the attributes that no two records of a resource share. */
export const uniqueNames = ({ attributes }: ResourceDeclaration): string[] =>
  Object.values(attributes)
    .filter(({ unique }) => unique)
    .map(({ name }) => name);

/** More comparisons than this are not worth their time: what is left is matched by its place, or not at all. */
const MOST_COMPARISONS = 250_000;

/**
 * Tells which row of a response is about which entry of a list, by what each row says about itself: its key, then attributes
 * that no two records share, then agreement with all that was sent; by its place only where nothing else tells, and as many
 * rows came as were sent. An entry that more than one row may be about, and a row that may be about more than one entry, are
 * left unmatched, and so are entries that would all become the record of one key. Of several rows with one key the first counts.
 */
export function matchResults<E>(entries: readonly E[], rows: readonly Row[], options: MatchOptions<E>): Map<E, Row> {
  const match = new Matching(entries, rows, options);
  match.byIdentity();
  if (match.found.size < entries.length) {
    match.byPartsOfIdentity();
    match.byUnique();
    match.byAgreement('exact');
    match.byAgreement('spelled alike');
    if (options.byPosition && rows.length === entries.length) match.byPosition();
  }
  match.dropDoubled();
  return match.found;
}

/**
 * Matches rows by their keys alone, where these are numbers, each row has another one, and there is a row for each entry: the usual
 * case, which needs no comparisons. `undefined` for any other.
 */
export function matchByKey<E>(
  entries: readonly E[],
  keys: readonly unknown[],
  rows: readonly Row[],
  name: string,
): Map<E, Row> | undefined {
  if (rows.length !== entries.length) return undefined;
  const byKey = new Map<unknown, Row>();
  for (const row of rows) if (typeof row[name] === 'number') byKey.set(row[name], row);
  if (byKey.size !== rows.length) return undefined;
  const found = new Map<E, Row>();
  for (const [place, entry] of entries.entries()) {
    const row = byKey.get(keys[place]);
    if (row === undefined) return undefined;
    found.set(entry, row);
    byKey.delete(keys[place]); // one row cannot be that of two entries
  }
  return found;
}

class Matching<E> {
  readonly found = new Map<E, Row>();
  readonly #entries: readonly E[];
  readonly #rows: readonly Row[];
  readonly #left: Set<Row>;
  readonly #sent: ReadonlyMap<E, Sent>;
  readonly #sentOf: (entry: E) => Sent;
  readonly #values = new Map<E, Row>();
  readonly #identity: readonly string[];
  readonly #unique: readonly string[];

  constructor(entries: readonly E[], rows: readonly Row[], { sentOf, identity, unique }: MatchOptions<E>) {
    this.#entries = entries;
    this.#rows = rows;
    this.#left = new Set(rows);
    for (const [first, ...others] of grouped(rows, (row) => nameOf(identity, row)).values())
      for (const other of others) if (isDeepStrictEqual(first, other)) this.#left.delete(other); // reported twice
    this.#sent = new Map(entries.map((entry) => [entry, sentOf(entry)]));
    this.#sentOf = sentOf;
    this.#identity = identity;
    this.#unique = unique;
  }

  byIdentity(): void {
    const byName = grouped(this.#rows, (row) => nameOf(this.#identity, row));
    for (const entry of this.#entries) this.#assign(entry, byName.get(nameOf(this.#identity, this.#of(entry).identity) ?? '')?.shift());
  }

  /** Where what tells records apart is one of several things: a field of a customer, or of an address. */
  byPartsOfIdentity(): void {
    this.#byName(
      (entry) => partsOf(this.#identity, this.#of(entry).identity),
      (row) => partsOf(this.#identity, row),
    );
  }

  byUnique(): void {
    for (const name of this.#unique)
      this.#byName(
        (entry) => textOf(this.#valuesOf(entry)[name]),
        (row) => textOf(row[name]),
      );
  }

  /** An entry that only one row agrees with is given it, until no more can be told. */
  byAgreement(how: Agreement): void {
    const unmatched = this.#unmatched();
    if (unmatched.length * this.#left.size > MOST_COMPARISONS) return;
    const candidates = new Map(
      unmatched.map((entry) => [entry, new Set([...this.#left].filter((row) => this.#agrees(entry, row, how) === true))]),
    );
    for (let isGiven = true; isGiven; ) {
      isGiven = false;
      const sole = new Map<Row, E[]>();
      for (const [entry, [row, another]] of candidates)
        if (row !== undefined && another === undefined) sole.set(row, [...(sole.get(row) ?? []), entry]);
      for (const [row, [entry, another]] of sole) {
        if (entry === undefined || another !== undefined) continue; // one row for two entries
        this.#assign(entry, row);
        candidates.delete(entry);
        for (const others of candidates.values()) others.delete(row);
        isGiven = true;
      }
    }
  }

  byPosition(): void {
    const isAlone = this.#entries.length === 1;
    for (const [place, entry] of this.#entries.entries()) {
      const row = this.#rows[place];
      if (row === undefined) continue;
      if (!this.found.has(entry) && !this.#contradicts(entry, row) && (isAlone || this.#agrees(entry, row) !== false))
        this.#assign(entry, row);
    }
  }

  /** One record cannot be two: a store that gives them one key says nothing certain about either. */
  dropDoubled(): void {
    for (const entries of grouped(this.found.keys(), (entry) => nameOf(this.#identity, this.found.get(entry) ?? {})).values())
      if (entries.length > 1) for (const entry of entries) this.found.delete(entry);
  }

  /** Gives each entry the row of its name, where no other entry and no other row has it. */
  #byName(nameOfEntry: (entry: E) => string | undefined, nameOfRow: (row: Row) => string | undefined): void {
    const rows = grouped(this.#left, nameOfRow);
    for (const [name, [entry, other]] of grouped(this.#unmatched(), nameOfEntry)) {
      const [row, another] = rows.get(name) ?? [];
      if (entry !== undefined && other === undefined && row !== undefined && another === undefined && !this.#contradicts(entry, row))
        this.#assign(entry, row);
    }
  }

  #of(entry: E): Sent {
    return this.#sent.get(entry) ?? this.#sentOf(entry);
  }

  #valuesOf(entry: E): Row {
    const known = this.#values.get(entry) ?? this.#of(entry).values();
    this.#values.set(entry, known);
    return known;
  }

  #unmatched(): E[] {
    return this.#entries.filter((entry) => !this.found.has(entry));
  }

  #assign(entry: E, row: Row | undefined): void {
    if (row !== undefined && this.#left.delete(row)) this.found.set(entry, row);
  }

  #contradicts(entry: E, row: Row): boolean {
    return namesAnother(this.#of(entry), row, this.#identity);
  }

  /**
   * Whether a row can be what became of an entry: what only one record can have is what was sent; without such, every plain value,
   * and nested ones where the agreement is to be exact. `undefined` where there is nothing to compare.
   */
  #agrees(entry: E, row: Row, how: Agreement = 'spelled alike'): boolean | undefined {
    if (this.#contradicts(entry, row)) return false;
    const values = this.#valuesOf(entry);
    const shared = Object.keys(values).filter((name) => isPlain(values[name]) && isPlain(row[name]));
    const telling = shared.filter((name) => this.#unique.includes(name));
    if (telling.length > 0) return telling.every((name) => isSameText(values[name], row[name]));
    if (how === 'exact') {
      const nested = Object.keys(values).filter((name) => isNested(values[name]) && isNested(row[name]));
      if (!nested.every((name) => agreesWith({ [name]: values[name] }, row))) return false;
      if (nested.length > 0) return shared.every((name) => isSameText(values[name], row[name]));
    }
    const isSameValue = how === 'exact' ? isSameText : isSame;
    return shared.length === 0 ? undefined : shared.every((name) => isSameValue(values[name], row[name]));
  }
}

/** How alike values have to be. */
type Agreement = 'exact' | 'spelled alike';

/** Whether a row names another record than the one that was sent. */
export const namesAnother = ({ identity }: Sent, row: Row, names: readonly string[]): boolean =>
  names.some((name) => isGiven(identity[name]) && isGiven(row[name]) && !isSameText(identity[name], row[name]));

/** The name that a record's key and identity make; `undefined` where one of them is not known. */
function nameOf(names: readonly string[], values: Row | Sent['identity']): string | undefined {
  return names.every((name) => isGiven(values[name])) ? JSON.stringify(names.map((name) => textOf(values[name]))) : undefined;
}

/** The name that those parts make which are known; `undefined` where none is. */
function partsOf(names: readonly string[], values: Row | Sent['identity']): string | undefined {
  const known = names.filter((name) => isGiven(values[name]));
  return known.length === 0 ? undefined : JSON.stringify(known.map((name) => [name, textOf(values[name])]));
}

function grouped<T>(all: Iterable<T>, nameOf: (each: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const name = nameOf(each);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [each]);
    else group.push(each);
  }
  return groups;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

const isPlain = (value: unknown): boolean => isGiven(value) && typeof value !== 'object' && typeof value !== 'function';

/** The store may spell a text in its own way: `"5"` for `5`, emails in lower case. `"001"` is another one than `"1"`. */
const textOf = (value: unknown): string | undefined => (isPlain(value) ? String(value).trim().toLowerCase() : undefined);

/** Numbers in one spelling besides: `5`, `5.0000`. */
function spelling(value: unknown): string | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const number = Number(text);
  return text === '' || Number.isNaN(number) || !Number.isSafeInteger(Math.trunc(number)) ? text : String(number);
}

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null;

const isSame = (a: unknown, b: unknown): boolean => spelling(a) === spelling(b);

const isSameText = (a: unknown, b: unknown): boolean => textOf(a) === textOf(b);

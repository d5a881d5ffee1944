import { isDeepStrictEqual } from 'node:util';
import { grouped } from '../grouped.js';
import type { Row } from '../query/scope.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { agreesWith } from './agreement.js';

/** What was sent of one entry of a batch. The rows of a response are compared with it. */
export interface Sent {
  /** The key and the other attributes that identify the record, by name; without those that the store assigns. */
  readonly identity: Readonly<Record<string, unknown>>;
  /** Returns the values of the record, as sent or known. Called only if the identity is not enough. */
  values(): Row;
}

export interface MatchOptions<E> {
  sentOf(entry: E): Sent;
  /** Names of the key and of the other attributes that identify a record. */
  readonly identity: readonly string[];
  /** Names of unique attributes: `sku`, `email`. */
  readonly unique: readonly string[];
  /** Whether entries that nothing else identifies are matched by position, if there are as many rows as entries. */
  readonly byPosition: boolean;
}

/** Returns the names of the unique attributes of a resource. */
export const uniqueNames = ({ attributes }: ResourceDeclaration): string[] =>
  Object.values(attributes)
    .filter(({ unique }) => unique)
    .map(({ name }) => name);

/** The most comparisons that are worth their time. Beyond it, entries are matched by position or not at all. */
const MOST_COMPARISONS = 250_000;

/**
 * Matches the rows of a response to the entries of a batch: by key, then by unique attributes, then by agreement with everything that
 * was sent. Rows are matched by position only if nothing else helps and there are as many rows as entries. Ambiguous entries and
 * rows stay unmatched, and so do several entries whose rows have the same key. Of several rows with one key, the first counts.
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
 * Matches rows by their keys alone, if the keys are distinct numbers and every entry has a row. This is the usual case and needs no
 * comparisons. Returns `undefined` in any other case.
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
    byKey.delete(keys[place]); // a row belongs to one entry only
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

  /** Matches by the known parts of the identity, for records identified by one of several attributes: a field of a customer or an address. */
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

  /** Matches each entry that agrees with a single row, until no more entries can be matched. */
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

  /** Drops the matches of entries whose rows have the same key: it is uncertain which of them the record is. */
  dropDoubled(): void {
    for (const entries of grouped(this.found.keys(), (entry) => nameOf(this.#identity, this.found.get(entry) ?? {})).values())
      if (entries.length > 1) for (const entry of entries) this.found.delete(entry);
  }

  /** Matches entries and rows with the same name, if it is unique among both. */
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
   * Whether a row agrees with an entry: their unique attributes are equal; without any, all plain values are, and nested ones too if the
   * agreement has to be exact. `undefined` if there is nothing to compare.
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

/** How closely values have to agree. */
type Agreement = 'exact' | 'spelled alike';

/** Whether a row identifies a different record than the one that was sent. */
export const namesAnother = ({ identity }: Sent, row: Row, names: readonly string[]): boolean =>
  names.some((name) => isGiven(identity[name]) && isGiven(row[name]) && !isSameText(identity[name], row[name]));

/** Returns the key and identity of a record as one string; `undefined` if one of them is unknown. */
function nameOf(names: readonly string[], values: Row | Sent['identity']): string | undefined {
  return names.every((name) => isGiven(values[name])) ? JSON.stringify(names.map((name) => textOf(values[name]))) : undefined;
}

/** Returns the known parts of an identity as one string; `undefined` if none is known. */
function partsOf(names: readonly string[], values: Row | Sent['identity']): string | undefined {
  const known = names.filter((name) => isGiven(values[name]));
  return known.length === 0 ? undefined : JSON.stringify(known.map((name) => [name, textOf(values[name])]));
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

const isPlain = (value: unknown): boolean => isGiven(value) && typeof value !== 'object' && typeof value !== 'function';

/** Returns a value as a string without case. The store may return `"5"` for `5` and emails in lower case; `"001"` differs from `"1"`. */
const textOf = (value: unknown): string | undefined => (isPlain(value) ? String(value).trim().toLowerCase() : undefined);

/** Like {@link textOf}, but writes numbers in one way: `5` and `5.0000` are equal. */
function spelling(value: unknown): string | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const number = Number(text);
  return text === '' || Number.isNaN(number) || !Number.isSafeInteger(Math.trunc(number)) ? text : String(number);
}

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null;

const isSame = (a: unknown, b: unknown): boolean => spelling(a) === spelling(b);

const isSameText = (a: unknown, b: unknown): boolean => textOf(a) === textOf(b);

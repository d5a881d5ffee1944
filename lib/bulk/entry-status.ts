import { fieldErrors } from '../errors/field-errors.js';
import { errorFromStatus } from '../errors/from-status.js';
import { isJsonObject } from '../json-object.js';
import { ownError, placeErrors } from '../persistence/refused-entry.js';
import type { Row } from '../query/scope.js';
import { type MatchOptions, matchResults, namesAnother } from '../record/match-results.js';
import type { Key } from '../transport/path.js';

/** An entry of a response that reports the status of one record. */
export type EntryStatus = Row;

/** The response that an error is about. */
export type About = Parameters<typeof ownError>[0];

/** Whether a row has an HTTP status, as a number or as a string. */
export const isStatus = ({ status }: Row): boolean => /^[2-5]\d\d$/.test(String(status));

/** Whether a row is the status of a record that was saved, rather than a record with an attribute of that name. */
export const hasStatus = (row: Row): boolean => isStatus(row) && ('data' in row || 'errors' in row || 'error' in row || 'title' in row);

/** Returns the HTTP status of an entry; 422 for an error without one. */
export const codeOf = (status: EntryStatus): number => (isStatus(status) ? Number(status['status']) : 422);

/** Returns the error of a record that was not written. */
export function statusError(about: About, status: EntryStatus, code: number): Error {
  if (code === 400 || code === 422) return ownError({ ...about, status: code, body: status }, fieldErrors(status));
  return errorFromStatus({ ...about, status: code, body: status });
}

/**
 * Matches statuses to entries. Statuses that name no entry are matched by position, if their number is that of the entries and all
 * statuses that do name an entry are in its position. A single remaining status belongs to the single remaining entry.
 */
export function matchStatuses<E>(
  batch: readonly E[],
  statuses: readonly EntryStatus[],
  keys: readonly (Key | undefined)[],
  options: MatchOptions<E>,
): Map<E, EntryStatus> {
  const match = new StatusMatching(batch, statuses, options);
  match.byIndex();
  match.byContent();
  match.byErrors(keys);
  match.byPosition();
  return match.found;
}

class StatusMatching<E> {
  readonly found = new Map<E, EntryStatus>();
  readonly #batch: readonly E[];
  readonly #statuses: readonly EntryStatus[];
  readonly #options: MatchOptions<E>;
  readonly #taken = new Set<EntryStatus>();

  constructor(batch: readonly E[], statuses: readonly EntryStatus[], options: MatchOptions<E>) {
    this.#batch = batch;
    this.#statuses = statuses;
    this.#options = options;
  }

  /** Matches by index. It starts at 0, or at 1 if an index equals the number of entries and none is 0. */
  byIndex(): void {
    const { length } = this.#batch;
    const first = this.#statuses.some(({ index }) => index === length) && !this.#statuses.some(({ index }) => index === 0) ? 1 : 0;
    for (const status of this.#statuses) {
      const { index } = status;
      if (typeof index === 'number') this.#assign(this.#batch[index - first], status);
    }
  }

  /** Matches by the record inside a status. */
  byContent(): void {
    const byContent = new Map(this.#open().map((status) => [contentOf(status), status]));
    for (const [entry, row] of matchResults(this.#unmatched(), [...byContent.keys()], this.#options))
      this.#assign(entry, byContent.get(row));
  }

  /** Matches by the position or key that the messages of a status name. */
  byErrors(keys: readonly (Key | undefined)[]): void {
    const isOpen = (place: number): boolean => !this.#isFound(this.#batch[place]);
    for (const status of this.#open()) {
      const places = placeErrors(fieldErrors(status), this.#batch.length, keys, isOpen);
      const [place, other] = places?.keys() ?? [];
      if (place !== undefined && other === undefined) this.#assign(this.#batch[place], status);
    }
  }

  byPosition(): void {
    const entries = this.#unmatched();
    const statuses = this.#open();
    if (this.#statuses.length !== this.#batch.length || entries.length !== statuses.length) return;
    const isInOrder = this.#batch.every((entry, place) => !this.found.has(entry) || this.found.get(entry) === this.#statuses[place]);
    if (entries.length > 1 && !isInOrder) return;
    for (const [place, entry] of entries.entries()) {
      const status = statuses[place];
      if (status !== undefined && !namesAnother(this.#options.sentOf(entry), contentOf(status), this.#options.identity))
        this.#assign(entry, status);
    }
  }

  #open(): EntryStatus[] {
    return this.#statuses.filter((status) => !this.#taken.has(status) && typeof status['index'] !== 'number');
  }

  #unmatched(): E[] {
    return this.#batch.filter((entry) => !this.found.has(entry));
  }

  #isFound(entry: E | undefined): boolean {
    return entry !== undefined && this.found.has(entry);
  }

  #assign(entry: E | undefined, status: EntryStatus | undefined): void {
    if (entry === undefined || status === undefined || this.found.has(entry) || this.#taken.has(status)) return;
    this.found.set(entry, status);
    this.#taken.add(status);
  }
}

/** Returns the attributes of the record inside a status. */
function contentOf(status: EntryStatus): Row {
  const { status: _, data, errors: _errors, error: _error, title: _title, detail: _detail, type: _type, ...rest } = status;
  return isJsonObject(data) ? { ...rest, ...data } : rest;
}

import { ArgumentError } from '../../errors/argument-error.js';
import { UnsupportedOperationError } from '../../errors/unsupported-operation-error.js';
import { asJsonObject, type JsonObject } from '../../json-object.js';
import { partsOf, Query } from '../../model/query.js';
import { keysAfter } from '../../query/key-order.js';
import { pageSizeOf } from '../../query/query-state.js';
import type { ModelScope } from '../../record/model-scope.js';
import { contextOf } from '../../record/record-base.js';
import { describe, type Key } from '../../transport/path.js';
import type { JobContext } from '../context.js';
import type { JobDefinition } from '../definition.js';
import { keyIn } from '../values.js';

/** A row with its position: the key by which records are walked, or the number of a row. */
export interface PlacedRow {
  readonly place: number;
  readonly key: Key;
  readonly row: object;
}

/** Some rows after a position. */
export interface RowBatch {
  readonly rows: readonly PlacedRow[];
  /** Whether no rows follow. */
  readonly isLast: boolean;
  readonly requests: number;
}

/** Reads the rows of a partition, a batch at a time, from any position. */
export interface Reader {
  read(after: number, size: number): Promise<RowBatch>;
  /** Closes what is open. */
  close(): Promise<void>;
}

/** The keys that belong to a partition: from `from` on, up to `to`. The last one has no end. */
export interface KeyRange {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Returns the query of a job's source. @throws ArgumentError if it cannot be walked by keys */
export function queryOf(definition: JobDefinition<unknown, object>, context: JobContext<unknown>): Query<object> {
  const query = definition.source?.(context);
  if (!(query instanceof Query))
    throw new ArgumentError(`\`source\` must return a query, such as Product.where({ … }), got ${describe(query)}.`);
  const { scope, state } = partsOf(query);
  const { name } = scope.resource;
  if (state.limit !== undefined)
    throw new ArgumentError(`\`source\`: a job walks all records of its query, so ${name} must not have limit().`);
  if (state.params['sort'] !== undefined)
    throw new ArgumentError(`\`source\`: a job walks in the order of keys, so that it can be continued: leave out order().`);
  try {
    keysAfter(scope.resource, 0);
  } catch (error) {
    if (!(error instanceof UnsupportedOperationError)) throw error;
    throw new UnsupportedOperationError(
      `${name} cannot be the source of a job: the API has no filter for keys greater than a given one. Use \`rows\` instead. Nothing was sent.`,
    );
  }
  return query;
}

/** The scope of a job's records. */
export const scopeOfQuery = (query: Query<object>): ModelScope<object> => partsOf(query).scope;

/** How many small writes go into a batch by default: they take seconds, and are committed together. */
const WRITES = 50;

/** Returns how many records of a query make a batch: a page, or less if the API takes few of them at once. */
export function batchSizeOf(query: Query<object>, isWritten: boolean): number {
  const { scope, state } = partsOf(query);
  const page = pageSizeOf(scope.resource, state);
  return isWritten ? Math.min(page, WRITES * (scope.resource.batch.update ?? 1)) : page;
}

/** Reads the records of a query in the order of keys. */
export class QueryReader implements Reader {
  readonly #query: Query<object>;
  readonly #range: KeyRange;
  readonly #signal: AbortSignal;

  constructor(query: Query<object>, range: KeyRange, signal: AbortSignal) {
    this.#query = query.stable();
    this.#range = range;
    this.#signal = signal;
  }

  async read(after: number, size: number): Promise<RowBatch> {
    const { from = 0, to = Number.POSITIVE_INFINITY } = this.#range;
    const { resource } = scopeOfQuery(this.#query);
    const start = Math.max(after, from - 1);
    let query = this.#query;
    if (start > 0) for (const [name, value] of Object.entries(keysAfter(resource, start))) query = query.param(name, value);
    const rows: PlacedRow[] = [];
    let requests = 0;
    for await (const page of query.limit(size).pages({ signal: this.#signal })) {
      requests++;
      for (const row of page) rows.push(placed(row, resource.key));
    }
    const ours = rows.filter(({ place }) => place <= to);
    return { rows: ours, isLast: rows.length < size || ours.length < rows.length, requests: Math.max(1, requests) };
  }

  async close(): Promise<void> {}
}

function placed(row: object, name: string): PlacedRow {
  const { record, metadata } = contextOf(row);
  const key = record[metadata.keyProperty];
  if (typeof key !== 'number')
    throw new UnsupportedOperationError(
      `A job walks by numeric keys; the ${name} of this record is ${describe(key)}. Use \`rows\` instead.`,
    );
  return { place: key, key, row };
}

/** Reads rows from an iterable, which it opens again to go back. */
export class RowsReader implements Reader {
  readonly #open: () => Iterable<object> | AsyncIterable<object>;
  readonly #key: string | undefined;
  #iterator: AsyncIterator<object> | Iterator<object> | undefined;
  #place = 0;

  constructor(open: () => Iterable<object> | AsyncIterable<object>, key: string | undefined) {
    this.#open = open;
    this.#key = key;
  }

  async read(after: number, size: number): Promise<RowBatch> {
    if (this.#iterator === undefined || this.#place > after) {
      await this.close();
      this.#iterator = iteratorOf(this.#open());
      this.#place = 0;
    }
    const rows: PlacedRow[] = [];
    while (rows.length < size) {
      const next = await this.#iterator.next();
      if (next.done === true) {
        if (this.#place < after)
          throw new ArgumentError(
            `\`rows\` ended after ${this.#place} rows, but ${after} were worked before: it must yield the same rows in the same order each time.`,
          );
        return { rows, isLast: true, requests: 0 };
      }
      if (typeof next.value !== 'object' || next.value === null)
        throw new ArgumentError(`\`rows\` must yield objects, got ${describe(next.value)}. Yield { value } in its place.`);
      this.#place++;
      if (this.#place > after) rows.push({ place: this.#place, key: this.#keyOf(next.value), row: next.value });
    }
    return { rows, isLast: false, requests: 0 };
  }

  async close(): Promise<void> {
    const iterator = this.#iterator;
    this.#iterator = undefined;
    await iterator?.return?.();
  }

  #keyOf(row: JsonObject | object): Key {
    const value = this.#key === undefined ? undefined : asJsonObject(row)[this.#key];
    return keyIn(value) ?? this.#place;
  }
}

/** Iterators that were opened: those that yield nothing when they are opened again. */
const opened = new WeakSet<object>();

/** @throws ArgumentError for what cannot be iterated, and for an iterator that can be iterated once and has been */
function iteratorOf(rows: unknown): AsyncIterator<object> | Iterator<object> {
  if (isAsyncIterable(rows)) return once(rows, rows[Symbol.asyncIterator]());
  if (isIterable(rows)) return once(rows, rows[Symbol.iterator]());
  throw new ArgumentError(
    `\`rows\` must return an iterable, such as an array or a generator, got ${describe(rows)}. If it has to wait, write \`async *rows() { … }\`.`,
  );
}

function once<I extends object>(rows: unknown, iterator: I): I {
  if (rows !== iterator) return iterator;
  if (opened.has(iterator))
    throw new ArgumentError(
      '`rows` returned an iterator that it had returned before, which cannot begin again: return a new one each time.',
    );
  opened.add(iterator);
  return iterator;
}

const isIterable = (value: unknown): value is Iterable<object> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value && typeof value[Symbol.iterator] === 'function';
const isAsyncIterable = (value: unknown): value is AsyncIterable<object> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value && typeof value[Symbol.asyncIterator] === 'function';

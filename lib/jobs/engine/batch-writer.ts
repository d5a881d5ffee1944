import { asJsonObject, propertyOf } from '../../json-object.js';
import { sessionOf } from '../../query/scope.js';
import { loadIn } from '../../record/instantiate.js';
import type { ModelScope } from '../../record/model-scope.js';
import { contextIn } from '../../record/record-base.js';
import { toJSON } from '../../record/serialize.js';
import type { JobContext } from '../context.js';
import { BatchError, isOfStore, isTransient, TransientError } from './errors.js';
import { failureOf, type NewFailure } from './failure.js';
import type { Intent, IntentRow } from './intent.js';
import type { PlacedRow } from './reader.js';
import { placeOf } from './records.js';
import { failuresIn } from './write-records.js';
import type { Planned, WriteMode, Writer, WriterInit, Written } from './writer.js';

/** Hands batches to a function of the user: at least once, each time with the rows as they were read first. */
export class BatchWriter implements Writer {
  readonly isRevertible = false;
  readonly isByHand = true;
  /** The scope of the records; `undefined` if rows are plain. */
  readonly #scope: ModelScope<object> | undefined;
  readonly #init: WriterInit;
  readonly #work: (rows: object[], context: JobContext<unknown>) => unknown;

  constructor(scope: ModelScope<object> | undefined, init: WriterInit, work: (rows: object[], context: JobContext<unknown>) => unknown) {
    this.#scope = scope;
    this.#init = init;
    this.#work = work;
  }

  async plan({ key, row }: PlacedRow): Promise<Planned> {
    const context = contextIn(row);
    if (context === undefined) return { k: key, a: asJsonObject(row) };
    return { k: key, ...placeOf(context), a: asJsonObject(toJSON(row, '')) };
  }

  async write({ rows }: Pick<Intent, 'rows'>, { attempt }: WriteMode): Promise<Written> {
    const { context, assertOurs } = this.#init;
    const given = rows.map((row) => this.#revive(row));
    const rowOf = new Map<unknown, IntentRow>();
    given.forEach((each, place) => {
      const row = rows[place];
      if (row !== undefined) rowOf.set(each, row);
    });
    assertOurs();
    const result = await this.#attempt(given, { ...context, attempt });
    const failures: NewFailure[] = [];
    for (const { record, error } of failuresIn(result)) {
      if (isOfStore(error)) throw error;
      if (isTransient(error)) throw new TransientError(error);
      const row = rowOf.get(record);
      if (row !== undefined) failures.push(failureOf(error, { key: row.k, row: { ...row.a }, parents: row.p, stage: 'write', attempt }));
    }
    const requests = propertyOf(result, 'requests');
    return { failures, found: 0, requests: typeof requests === 'number' ? requests : 0, applied: {} };
  }

  /** @throws TransientError if the function threw: the batch is tried again, and row by row if that does not help */
  async #attempt(given: object[], context: JobContext<unknown>): Promise<unknown> {
    try {
      return await this.#work(given, context);
    } catch (error) {
      this.#init.assertOurs();
      throw isOfStore(error) ? error : isTransient(error) ? new TransientError(error) : new BatchError(error);
    }
  }

  #revive({ a = {}, p }: IntentRow): object {
    if (this.#scope === undefined) return structuredClone(a);
    const scope = p === undefined ? this.#scope : { ...this.#scope, params: { ...this.#scope.params, ...p } };
    return loadIn(scope, structuredClone(a), sessionOf(scope)).record;
  }
}

import { saveMany } from '../../bulk/bulk-writes.js';
import { RecordNotFoundError } from '../../errors/record-not-found-error.js';
import { collectionPath } from '../../query/scope.js';
import type { ModelScope } from '../../record/model-scope.js';
import { contextOf } from '../../record/record-base.js';
import { addressOf } from '../../transport/request.js';
import type { JobContext } from '../context.js';
import { failureOf, type NewFailure } from './failure.js';
import type { Intent, IntentRow } from './intent.js';
import { purely } from './pure.js';
import type { PlacedRow } from './reader.js';
import { changedRecord, conflictOf, currentRows, intentOfChanges, rowName, standing } from './records.js';
import { orTransient, runBulk, whileOurs } from './write-records.js';
import type { Planned, WriteMode, Writer, WriterInit, Written } from './writer.js';

/**
 * Writes the changes that a function made to records, as absolute values. If part of a batch may be written, the records are read
 * first: those that are as they should become are left alone, and those that are neither as before nor as after are conflicts.
 */
export class UpdateWriter implements Writer {
  readonly isRevertible: boolean = true;
  readonly #scope: ModelScope<object>;
  readonly #init: WriterInit;
  readonly #change: (record: object, context: JobContext<unknown>) => unknown;
  readonly #isAlwaysChecked: boolean;

  /** @param isAlwaysChecked whether each record is read before it is written: a revert must not undo the changes of others */
  constructor(
    scope: ModelScope<object>,
    init: WriterInit,
    change: (record: object, context: JobContext<unknown>) => unknown,
    isAlwaysChecked = false,
  ) {
    this.#scope = scope;
    this.#init = init;
    this.#change = change;
    this.#isAlwaysChecked = isAlwaysChecked;
  }

  async plan({ row }: PlacedRow): Promise<Planned> {
    const { context } = this.#init;
    await purely('each', context.session, () => this.#change(row, context));
    return intentOfChanges(contextOf(row));
  }

  async write({ rows }: Pick<Intent, 'rows'>, { mayBeWritten, attempt }: WriteMode): Promise<Written> {
    const { context, assertOurs } = this.#init;
    const failures: NewFailure[] = [];
    const not: number[] = [];
    const fail = (place: number, error: unknown, stage: NewFailure['stage']): void => {
      const row = rows[place];
      if (row === undefined) return;
      not.push(place);
      failures.push(failureOf(error, { key: row.k, row: this.#sent(row), before: row.b, parents: row.p, stage, attempt }));
    };
    const checked =
      mayBeWritten || this.#isAlwaysChecked
        ? await this.#check(rows, fail)
        : { open: rows.map((_, place) => place), found: 0, requests: 0 };
    const places = new Map<object, number>();
    for (const place of checked.open) {
      const row = rows[place];
      if (row !== undefined) places.set(changedRecord(this.#scope, row).record, place);
    }
    if (places.size === 0) return { failures, found: checked.found, requests: checked.requests, applied: { not } };
    const run = saveMany(this.#scope, whileOurs(places.keys(), assertOurs), { signal: context.signal });
    const { errors, requests } = await runBulk(run);
    for (const [record, error] of errors) fail(places.get(Object(record)) ?? -1, error, 'write');
    return { failures, found: checked.found, requests: requests + checked.requests, applied: { not } };
  }

  /** What `retry` sends for a row: the attributes to set, with the key. */
  #sent({ k, a }: IntentRow): Record<string, unknown> {
    return { [this.#scope.resource.key]: k, ...a };
  }

  /** Finds the rows that are still to be written, by reading their records. */
  async #check(
    rows: readonly IntentRow[],
    fail: (place: number, error: unknown, stage: NewFailure['stage']) => void,
  ): Promise<{ open: readonly number[]; found: number; requests: number }> {
    let requests = 0;
    const current = await orTransient(currentRows(this.#scope, rows, this.#init.context.signal, () => requests++));
    const open: number[] = [];
    let found = 0;
    rows.forEach((row, place) => {
      const now = current.get(rowName(row));
      if (now === undefined) fail(place, this.#notFound(row), 'write');
      else {
        const stands = standing(row, now);
        if (stands === 'after') found++;
        else if (stands === 'before' || row.force === true) open.push(place);
        else fail(place, conflictOf(this.#scope.resource.name, row, now), 'conflict');
      }
    });
    return { open, found, requests };
  }

  #notFound({ k, p }: IntentRow): RecordNotFoundError {
    const { resource, params } = this.#scope;
    const path = addressOf({ version: resource.version, path: collectionPath({ resource, params: { ...params, ...p } }) });
    return new RecordNotFoundError(`${resource.name} ${k} at ${path} was deleted meanwhile.`, {
      status: 404,
      method: 'GET',
      path,
      body: undefined,
      headers: {},
    });
  }
}

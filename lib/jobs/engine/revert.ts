import { StaleRecordError } from '../../errors/stale-record-error.js';
import { UnsupportedOperationError } from '../../errors/unsupported-operation-error.js';
import type { Row } from '../../query/scope.js';
import { agreesWith } from '../../record/agreement.js';
import { handleOf } from '../../record/instantiate.js';
import type { ModelScope } from '../../record/model-scope.js';
import { deleteRecords } from './delete-records.js';
import { failureOf, type NewFailure } from './failure.js';
import type { Intent, IntentRow } from './intent.js';
import type { PlacedRow } from './reader.js';
import { conflictOf, currentRows, rowName } from './records.js';
import { UpdateWriter } from './update-writer.js';
import { orTransient } from './write-records.js';
import type { Planned, WriteMode, Writer, WriterInit, Written } from './writer.js';
import { NOTHING } from './written.js';
import type { WrittenRow } from './written-rows.js';

/** Sets attributes back to what they were. Records that somebody has changed since are left alone, and reported. */
export class UpdateReverter extends UpdateWriter {
  override readonly isRevertible = false;

  constructor(scope: ModelScope<object>, init: WriterInit) {
    super(scope, init, () => {}, true);
  }

  override async plan({ row }: PlacedRow): Promise<Planned> {
    const { k, p, a, b, r }: IntentRow = Object(row).row;
    return { k, ...(p !== undefined && { p }), ...(r !== undefined && { r }), a: b, b: a };
  }
}

/**
 * Deletes records that were created, and sets those back that were there before and were updated. Those that somebody has changed since are
 * left alone, and reported.
 */
export class CreateReverter implements Writer {
  readonly isRevertible = false;
  readonly #scope: ModelScope<object>;
  readonly #init: WriterInit;

  constructor(scope: ModelScope<object>, init: WriterInit) {
    this.#scope = scope;
    this.#init = init;
  }

  async plan({ row }: PlacedRow): Promise<Planned> {
    const { row: written, id, was, isUnsure }: WrittenRow = Object(row);
    if (was !== undefined) {
      const { [this.#scope.resource.key]: _, ...before } = was.b;
      const now = Object.fromEntries(Object.keys(before).map((name) => [name, written.a?.[name]]));
      return { k: was.k, a: before, b: now };
    }
    // A record that was there before, and was left alone, has no key here.
    return id === null ? undefined : { k: id, a: written.a, ...(isUnsure && { isUnsure }) };
  }

  async write({ rows: all }: Pick<Intent, 'rows'>, mode: WriteMode): Promise<Written> {
    // What was updated has a before; what was created has not.
    const updates = all.filter(({ b }) => b !== undefined);
    const rows = all.filter(({ b }) => b === undefined);
    const back = await new UpdateWriter(this.#scope, this.#init, () => {}, true).write({ rows: updates }, mode);
    const gone = await this.#remove(rows, mode.attempt);
    return {
      failures: [...back.failures, ...gone.failures],
      found: back.found + gone.found,
      requests: back.requests + gone.requests,
      applied: {},
    };
  }

  async #remove(rows: readonly IntentRow[], attempt: number): Promise<Omit<Written, 'applied'>> {
    if (rows.length === 0) return NOTHING;
    const failures: NewFailure[] = [];
    let requests = 0;
    let found = 0;
    const current = await orTransient(currentRows(this.#scope, rows, this.#init.context.signal, () => requests++));
    const records = new Map<object, IntentRow>();
    for (const row of rows) {
      const now = current.get(rowName(row));
      if (now === undefined) found++;
      else if (agreesWith(row.a ?? {}, now) && row.isUnsure !== true) records.set(handleOf(this.#scope, row.k).record, row);
      else failures.push(failureOf(this.#refusal(row, now), { key: row.k, row: { ...row.a }, stage: 'conflict', attempt }));
    }
    const deleted = await deleteRecords(this.#scope, records, this.#init, (row, error) =>
      failureOf(error, { key: row.k, row: { ...row.a }, stage: 'write', attempt }),
    );
    return {
      failures: [...failures, ...deleted.failures],
      found: found + deleted.found,
      requests: requests + deleted.requests,
    };
  }

  #refusal(row: IntentRow, now: Row): StaleRecordError {
    const { name } = this.#scope.resource;
    if (!agreesWith(row.a ?? {}, now)) return conflictOf(name, { ...row, b: row.a }, now);
    return new StaleRecordError(
      `${name} ${row.k} may have been there before the run: a process was killed while it was created or updated. It was left as it is.`,
      {},
    );
  }
}

/** @throws UnsupportedOperationError for a job whose writes are not kept, or cannot be undone */
export function assertRevertible(name: string, kind: string): void {
  if (kind === 'each' || kind === 'create') return;
  const reason = kind === 'destroy' ? 'deleted records cannot be brought back' : `what \`${kind}\` does is not known to the engine`;
  throw new UnsupportedOperationError(`A run of ${name} cannot be reverted: ${reason}. Nothing was sent.`);
}

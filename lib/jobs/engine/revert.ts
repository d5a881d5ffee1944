import { destroyMany } from '../../bulk/bulk-writes.js';
import { RecordNotFoundError } from '../../errors/record-not-found-error.js';
import { UnsupportedOperationError } from '../../errors/unsupported-operation-error.js';
import { agreesWith } from '../../record/agreement.js';
import { handleOf } from '../../record/instantiate.js';
import type { ModelScope } from '../../record/model-scope.js';
import { failureOf, type NewFailure } from './failure.js';
import { type Applied, decode, type Intent, type IntentRow } from './intent.js';
import type { PlacedRow } from './reader.js';
import { conflictOf, currentRows, rowName } from './records.js';
import { UpdateWriter } from './update-writer.js';
import { orTransient, runBulk, whileOurs } from './write-records.js';
import type { Planned, WriteMode, Writer, WriterInit, Written } from './writer.js';

/** What was written of one batch, as text. */
export interface LogEntryRows {
  readonly intent: string;
  readonly applied: string;
}

/** What was written to one row: its intent, and the key of a record that was created. */
export interface WrittenRow {
  readonly row: IntentRow;
  readonly id: IntentRow['k'] | null;
}

/** Yields the rows that were written. */
export async function* writtenRows(log: AsyncIterable<LogEntryRows>): AsyncGenerator<WrittenRow, void, undefined> {
  for await (const { intent, applied } of log) {
    const { rows } = decode<Intent>(intent);
    const { not = [], ids = [] }: Applied = applied === '' ? {} : JSON.parse(applied);
    const isLeftOut = new Set(not);
    for (const [place, row] of rows.entries()) if (!isLeftOut.has(place)) yield { row, id: ids[place] ?? null };
  }
}

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

/** Deletes records that were created. Those that somebody has changed since are left alone, and reported. */
export class CreateReverter implements Writer {
  readonly isRevertible = false;
  readonly #scope: ModelScope<object>;
  readonly #init: WriterInit;

  constructor(scope: ModelScope<object>, init: WriterInit) {
    this.#scope = scope;
    this.#init = init;
  }

  async plan({ row }: PlacedRow): Promise<Planned> {
    const { row: written, id }: WrittenRow = Object(row);
    // A record that was there before, and was updated or left alone, has no key here.
    return id === null ? undefined : { k: id, a: written.a };
  }

  async write({ rows }: Pick<Intent, 'rows'>, { attempt }: WriteMode): Promise<Written> {
    const failures: NewFailure[] = [];
    let requests = 0;
    let found = 0;
    const current = await orTransient(currentRows(this.#scope, rows, this.#init.context.signal, () => requests++));
    const records = new Map<object, IntentRow>();
    for (const row of rows) {
      const now = current.get(rowName(row));
      if (now === undefined) found++;
      else if (agreesWith(row.a ?? {}, now)) records.set(handleOf(this.#scope, row.k).record, row);
      else
        failures.push(
          failureOf(conflictOf(this.#scope.resource.name, { ...row, b: row.a }, now), {
            key: row.k,
            row: { ...row.a },
            stage: 'conflict',
            attempt,
          }),
        );
    }
    const run = destroyMany<object>(this.#scope, whileOurs(records.keys(), this.#init.assertOurs), { signal: this.#init.context.signal });
    const { errors, requests: sent } = await runBulk(run);
    for (const [record, error] of errors) {
      const row = records.get(Object(record));
      if (error instanceof RecordNotFoundError) found++;
      else if (row !== undefined) failures.push(failureOf(error, { key: row.k, row: { ...row.a }, stage: 'write', attempt }));
    }
    return { failures, found, requests: requests + sent, applied: {} };
  }
}

/** @throws UnsupportedOperationError for a job whose writes are not kept, or cannot be undone */
export function assertRevertible(name: string, kind: string): void {
  if (kind === 'each' || kind === 'create') return;
  const reason = kind === 'destroy' ? 'deleted records cannot be brought back' : `what \`${kind}\` does is not known to the engine`;
  throw new UnsupportedOperationError(`A run of ${name} cannot be reverted: ${reason}. Nothing was sent.`);
}

import { destroyMany } from '../../bulk/bulk-writes.js';
import { RecordNotFoundError } from '../../errors/record-not-found-error.js';
import type { ModelScope } from '../../record/model-scope.js';
import type { NewFailure } from './failure.js';
import type { IntentRow } from './intent.js';
import { runBulk, whileOurs } from './write-records.js';
import type { WriterInit, Written } from './writer.js';

/**
 * Deletes records, given with their rows. Those that are gone already count as found.
 *
 * @throws TransientError if the store could not be reached for a record; an error that concerns the whole store
 */
export async function deleteRecords(
  scope: ModelScope<object>,
  records: ReadonlyMap<object, IntentRow>,
  { context, assertOurs }: WriterInit,
  failureOf: (row: IntentRow, error: Error) => NewFailure,
): Promise<Omit<Written, 'applied'>> {
  const run = destroyMany<object>(scope, whileOurs(records.keys(), assertOurs), { signal: context.signal });
  const { errors, requests } = await runBulk(run);
  const failures: NewFailure[] = [];
  let found = 0;
  for (const [record, error] of errors) {
    const row = records.get(Object(record));
    if (error instanceof RecordNotFoundError) found++;
    else if (row !== undefined) failures.push(failureOf(row, error));
  }
  return { failures, found, requests };
}

import { jsonObjectsIn } from '../../json-object.js';
import type { JobFailure } from '../engine/failure.js';
import type { KeptFailure } from '../engine/task.js';
import { MOST_REFUSED } from '../report.js';
import type { CheckpointFile } from './checkpoint-file.js';
import { checkpointOf, RETRY, REVERT } from './file-parts.js';

/** Returns the failures that were not retried. */
export async function openFailures(file: CheckpointFile, store: string): Promise<JobFailure[]> {
  const all = await keptFailures(file, store);
  return [...all.values()].filter(({ isRetried }) => !isRetried).map(({ failure }) => failure);
}

/** Returns the failures of a run by their ids, without those of a revert. */
export async function keptFailures(file: CheckpointFile, store: string): Promise<Map<string, KeptFailure>> {
  const retried = new Set<unknown>();
  for (const [name, fact] of file.facts) {
    if (!name.startsWith(RETRY)) continue;
    // What a cancelled retry has not reached is still open.
    const { isEnded, last } = checkpointOf(file, name);
    for (const { id } of jsonObjectsIn(fact).slice(0, isEnded === true ? last : undefined)) retried.add(id);
  }
  const all = new Map<string, KeptFailure>();
  for await (const failure of file.failures())
    if (failure.partition !== REVERT) all.set(failure.id, { failure: { ...failure, store }, isRetried: retried.has(failure.id) });
  return all;
}

/** Returns the failures of a revert. */
export async function refusedBy(file: CheckpointFile, store: string): Promise<JobFailure[]> {
  const refused: JobFailure[] = [];
  for await (const failure of file.failures())
    if (failure.partition === REVERT && refused.length < MOST_REFUSED) refused.push({ ...failure, store });
  return refused;
}

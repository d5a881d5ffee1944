import { ArgumentError } from '../../errors/argument-error.js';
import { jsonObjectsIn } from '../../json-object.js';
import { type Checkpoint, START } from '../engine/journal.js';
import type { PartitionTask, RetriedFailure } from '../engine/task.js';
import { numberIn } from '../values.js';
import type { CheckpointFile } from './checkpoint-file.js';

/** The name of the partition that reverts a run. */
export const REVERT = 'revert';
/** What the names of partitions of retries begin with. */
export const RETRY = 'retry-';
/** The fact that a run was cancelled. */
export const CANCELLED = 'cancelled';

/** A partition of a run in a checkpoint file. */
export interface FilePartition {
  readonly name: string;
  readonly task: PartitionTask;
  /** Rows when it was planned. */
  readonly rows: number | undefined;
}

/** Returns the partitions of a run: those that were planned, and those of retries and of a revert. */
export function partitionsOf(file: CheckpointFile): FilePartition[] {
  const all: FilePartition[] = jsonObjectsIn(file.facts.get('plan')).map(({ n, from, to, rows }) => ({
    name: String(n),
    task: { mode: 'work', range: { from: numberIn(from), to: numberIn(to) } },
    rows: numberIn(rows),
  }));
  for (const [name, fact] of file.facts) {
    if (!name.startsWith(RETRY) || !Array.isArray(fact)) continue;
    const failures: readonly RetriedFailure[] = fact;
    const before = [...all];
    const task: PartitionTask = {
      mode: 'retry',
      failures: () => failures,
      before: async () => before.map((each) => checkpointOf(file, each.name)),
    };
    all.push({ name, task, rows: 0 });
  }
  if (file.facts.has(REVERT)) all.push({ name: REVERT, task: { mode: 'revert', log: () => logOf(file) }, rows: undefined });
  return all;
}

/** Returns how far a partition is. */
export const checkpointOf = (file: CheckpointFile, name: string): Checkpoint => file.parts.get(name)?.checkpoint ?? START;

async function* logOf(file: CheckpointFile): AsyncGenerator<{ intent: string; applied: string }, void, undefined> {
  for await (const entry of file.log()) if (entry.part !== REVERT) yield entry;
}

/** Adds a partition that tries failures again, if there are any. */
export function keepRetry(file: CheckpointFile, failures: readonly RetriedFailure[]): void {
  if (failures.length === 0) return;
  const before = [...file.facts.keys()].filter((name) => name.startsWith(RETRY)).length;
  file.keep(`${RETRY}${before + 1}`, failures);
}

/**
 * Keeps that what was written is to be set back: if that has been done before, what was written since.
 *
 * @throws ArgumentError if the run has not ended
 */
export function keepRevert(file: CheckpointFile): void {
  const isOpen = ({ name }: FilePartition): boolean => name !== REVERT && checkpointOf(file, name).isEnded !== true;
  if (!file.facts.has('plan') || partitionsOf(file).some(isOpen))
    throw new ArgumentError(
      `The run of ${file.path} has not ended: revert it when it has, or cancel() it and await it first. Nothing was set back.`,
    );
  if (!file.facts.has(REVERT)) file.keep(REVERT, true);
  const { checkpoint } = file.part(REVERT);
  if (checkpoint.isEnded === true) file.put({ p: REVERT, cp: { ...checkpoint, isEnded: undefined }, free: true });
}

/** Keeps that a run was cancelled: its partitions ended before their last rows. */
export function keepCancelled(file: CheckpointFile): void {
  if (!file.facts.has(CANCELLED)) file.keep(CANCELLED, true);
}

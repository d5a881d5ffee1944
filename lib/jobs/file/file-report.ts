import { countsOf, type JobReport, type JobState, reportOf } from '../report.js';
import type { CheckpointFile } from './checkpoint-file.js';
import { CANCELLED, checkpointOf, type FilePartition, partitionsOf, REVERT } from './file-parts.js';

/** Returns the report of a run, or that of its revert. */
export function fileReport(file: CheckpointFile | undefined, store: string, state: string, isRevert = false): JobReport {
  const id = file?.path ?? '';
  if (file === undefined) return reportOf(id, 'running', []);
  const partitions = partitionsOf(file).filter(({ name }) => (name === REVERT) === isRevert);
  const parts = partitions.map(({ name, task }) => ({
    checkpoint: checkpointOf(file, name),
    isRetry: task.mode === 'retry',
  }));
  const error = parts.find(({ checkpoint }) => checkpoint.error !== undefined)?.checkpoint.error;
  const isOver = file.facts.has('plan') && parts.every(({ checkpoint }) => checkpoint.isEnded === true);
  const isCancelled = state === CANCELLED || (isOver && !isRevert && file.facts.has(CANCELLED));
  const now = error === undefined ? stateNow(isOver, isCancelled, state) : 'failed';
  const total = isRevert || file.facts.has('plan') ? rowsOf(partitions) : undefined;
  const report = { store, state: now, total, ...countsOf(parts), ...(error !== undefined && { error }) };
  return reportOf(id, now, [report]);
}

function rowsOf(partitions: readonly FilePartition[]): number | undefined {
  let total: number | undefined = 0;
  for (const { rows } of partitions) total = total === undefined || rows === undefined ? undefined : total + rows;
  return total;
}

function stateNow(isOver: boolean, isCancelled: boolean, state: string): JobState {
  if (isCancelled) return 'cancelled';
  if (isOver) return 'completed';
  return state === 'paused' ? state : 'running';
}

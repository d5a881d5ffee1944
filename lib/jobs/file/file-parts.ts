import { ArgumentError } from '../../errors/argument-error.js';
import { jsonObjectsIn } from '../../json-object.js';
import type { JobFailure } from '../engine/failure.js';
import { type Checkpoint, START } from '../engine/journal.js';
import type { KeptFailure, PartitionTask, RetriedFailure } from '../engine/task.js';
import { countsOf, type JobReport, type JobState, reportOf } from '../report.js';
import type { CheckpointFile } from './checkpoint-file.js';

/** The name of the partition that reverts a run. */
const REVERT = 'revert';
const RETRY = 'retry-';
const CANCELLED = 'cancelled';
const MOST_REFUSED = 1000;

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
    task: { mode: 'work', range: { from: numberOr(from), to: numberOr(to) } },
    rows: numberOr(rows),
  }));
  for (const [name, fact] of file.facts) {
    if (!name.startsWith(RETRY) || !Array.isArray(fact)) continue;
    const failures: readonly RetriedFailure[] = fact;
    const before = all.map((each) => each.name);
    const task: PartitionTask = {
      mode: 'retry',
      failures: () => failures,
      before: async () => before.map((each) => checkpointOf(file, each)),
    };
    all.push({ name, task, rows: 0 });
  }
  if (file.facts.has(REVERT)) all.push({ name: REVERT, task: { mode: 'revert', log: () => logOf(file) }, rows: undefined });
  return all;
}

const checkpointOf = (file: CheckpointFile, name: string): Checkpoint => file.parts.get(name)?.checkpoint ?? START;

async function* logOf(file: CheckpointFile): AsyncGenerator<{ intent: string; applied: string }, void, undefined> {
  for await (const entry of file.log()) if (entry.part !== REVERT) yield entry;
}

const numberOr = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** Keeps that failures are to be tried again. */
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

/** Keeps that a run was cancelled: its partitions have ended before their last rows. */
export function keepState(file: CheckpointFile, state: string): void {
  if (state === CANCELLED && !file.facts.has(CANCELLED)) file.keep(CANCELLED, true);
}

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
    // A retry that was cancelled has left out the rest.
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
  const known = !isRevert && file.facts.has(CANCELLED) ? CANCELLED : state;
  const now = error === undefined ? stateNow(isOver, isOver ? known : state) : 'failed';
  const total = isRevert || file.facts.has('plan') ? rowsOf(partitions) : undefined;
  const report = { store, state: now, total, ...countsOf(parts), ...(error !== undefined && { error }) };
  return reportOf(id, now, [report]);
}

function rowsOf(partitions: readonly FilePartition[]): number | undefined {
  let total: number | undefined = 0;
  for (const { rows } of partitions) total = total === undefined || rows === undefined ? undefined : total + rows;
  return total;
}

function stateNow(isOver: boolean, state: string): JobState {
  if (state === CANCELLED) return state;
  if (isOver) return 'completed';
  return state === 'paused' ? state : 'running';
}

import { sessionOf } from '../../query/scope.js';
import { assignAttributes } from '../../record/assign-attributes.js';
import { loadIn } from '../../record/instantiate.js';
import { bindCurrentSession, type ModelScope, scopeOf } from '../../record/model-scope.js';
import type { JobContext } from '../context.js';
import { keyIn } from '../values.js';
import { BatchWriter } from './batch-writer.js';
import { CreateWriter } from './create-writer.js';
import { DestroyWriter } from './destroy-writer.js';
import type { Checkpoint } from './journal.js';
import { lengthBefore, OutputWriter } from './output-writer.js';
import { batchSizeOf, QueryReader, queryOf, RowsReader, scopeOfQuery } from './reader.js';
import { currentRows, rowName } from './records.js';
import { CreateReverter, UpdateReverter } from './revert.js';
import type { CheckedJob, PartitionTask, RetriedFailure } from './task.js';
import type { PartitionWork } from './turn.js';
import { UpdateWriter } from './update-writer.js';
import type { Planned, Writer, WriterInit } from './writer.js';
import { writtenRows } from './written-rows.js';

/** Rows per batch, by default. */
const BATCH_SIZE = 250;
const CREATES = 50;

/** Creates what works a partition of a job from a checkpoint. @throws ArgumentError if its functions return what they should not */
export async function beginPartition(
  job: CheckedJob,
  task: PartitionTask,
  init: WriterInit,
  { bytes }: Checkpoint,
  inFlightMs: number,
): Promise<PartitionWork> {
  const { definition, kind } = job;
  const { context } = init;
  const query = definition.source === undefined ? undefined : queryOf(definition, context);
  const scope = query === undefined ? undefined : bindCurrentSession(scopeOfQuery(query));
  const target = kind === 'create' ? await targetScope(job, context, scope) : undefined;
  const output = kind === 'write' ? outputWriter(job, init, bytes ?? (await lengthBefore(task))) : undefined;
  const writer = output ?? writerOf(job, init, { scope, target, inFlightMs, isRetry: task.mode === 'retry' });
  const reading = {
    work: () => {
      if (query !== undefined && task.mode === 'work') return new QueryReader(query, task.range, context.signal);
      return new RowsReader(() => definition.rows?.(context) ?? [], definition.key ?? definition.naturalKey);
    },
    revert: () => new RowsReader(() => (task.mode === 'revert' ? writtenRows(task.log()) : []), undefined),
    retry: () => new RowsReader(() => (task.mode === 'retry' ? task.failures() : []), 'key'),
  };
  const reader = reading[task.mode]();
  const size = kind === 'create' ? CREATES : query === undefined ? BATCH_SIZE : batchSizeOf(query, kind === 'each');
  return {
    reader,
    writer: planned(writer, { job, task, scope, target, init }),
    batchSize: definition.batchSize ?? size,
    close: async () => {
      await reader.close();
      await output?.close();
    },
  };
}

/** Returns the scope that a job creates in. */
async function targetScope(
  job: CheckedJob,
  context: JobContext<unknown>,
  source: ModelScope<object> | undefined,
): Promise<ModelScope<object> | undefined> {
  const { model, into } = job.definition;
  const scope = model === undefined ? source : bindCurrentSession(scopeOf<object>(model));
  if (into === undefined || scope === undefined) return scope;
  const { metadata, resource, params } = scope;
  return { metadata, resource, params, session: await into.call(job.definition, context) };
}

function outputWriter({ definition }: CheckedJob, init: WriterInit, bytes: number): OutputWriter {
  const { params, store } = init.context;
  const output = definition.output?.({ params, store }) ?? { file: '' };
  return new OutputWriter(output, init, (row, context) => definition.write?.(row, context), bytes);
}

interface Places {
  readonly scope: ModelScope<object> | undefined;
  readonly target: ModelScope<object> | undefined;
  readonly inFlightMs: number;
  readonly isRetry: boolean;
}

function writerOf({ kind, definition }: CheckedJob, init: WriterInit, { scope, target, inFlightMs, isRetry }: Places): Writer {
  if (kind === 'batch') return new BatchWriter(scope, init, (rows, context) => definition.batch?.(rows, context));
  if (kind === 'create' && target !== undefined) {
    const { naturalKey = '', existing = 'refuse' } = definition;
    return new CreateWriter(
      { scope: target, naturalKey, existing, inFlightMs, create: (row, context) => definition.create?.(row, context) },
      init,
    );
  }
  if (scope === undefined) throw new Error(`A job that ${kind} needs a source.`);
  if (kind === 'destroy') return new DestroyWriter(scope, init, (record, context) => definition.destroy?.(record, context));
  return new UpdateWriter(scope, init, (record, context) => definition.each?.(record, context), isRetry || definition.checkFirst === true);
}

interface Planning {
  readonly job: CheckedJob;
  readonly task: PartitionTask;
  readonly scope: ModelScope<object> | undefined;
  readonly target: ModelScope<object> | undefined;
  readonly init: WriterInit;
}

/** Returns the writer with the plan that fits the task. */
function planned(writer: Writer, planning: Planning): Writer {
  const { job, task, scope, target, init } = planning;
  if (task.mode === 'work') return writer;
  if (task.mode === 'revert') {
    const place = target ?? scope;
    if (place === undefined) throw new Error('A revert needs the scope of its records.');
    return job.kind === 'create' ? new CreateReverter(place, init) : new UpdateReverter(place, init);
  }
  return {
    isRevertible: writer.isRevertible,
    isByHand: writer.isByHand,
    isForAllBatches: writer.isForAllBatches,
    write: (intent, mode) => writer.write(intent, mode),
    plan: ({ row }) => planAgain(writer, planning, Object(row)),
  };
}

/** Plans a row that failed: what was to be written is written, and a row whose function failed is given to it again. */
async function planAgain(writer: Writer, { job, scope, target, init }: Planning, failure: RetriedFailure): Promise<Planned> {
  const { kind, definition } = job;
  const { key, row, before, parents, isGiven } = failure;
  const place = parents === undefined ? {} : { p: parents };
  if (isUndone(failure, kind)) {
    const record = scope === undefined ? row : await recordAgain(scope, failure, kind === 'create' || kind === 'batch', init);
    return record === undefined ? undefined : writer.plan({ place: 0, key, row: record });
  }
  const { [(target ?? scope)?.resource.key ?? '']: _, ...attributes } = row;
  if (kind === 'create') return { k: keyIn(row[definition.naturalKey ?? '']) ?? key, a: row };
  const changes = { a: kind === 'each' ? attributes : row, ...(before !== undefined && { b: before }) };
  return { k: key, ...place, ...changes, ...(isGiven === true && { force: true }) };
}

/** Whether the function of the definition failed, or ended the process: it gets the row again. */
const isUndone = ({ stage, before }: RetriedFailure, kind: string): boolean =>
  stage === 'define' || (stage === 'poison' && before === undefined && kind === 'each');

/** Returns the record of a row whose function failed: as it is now, or as it was read and fixed since. */
async function recordAgain(
  scope: ModelScope<object>,
  { key, row, parents, fixed }: RetriedFailure,
  isAsRead: boolean,
  { context }: WriterInit,
): Promise<object | undefined> {
  const wanted = { k: key, ...(parents !== undefined && { p: parents }) };
  const current = isAsRead ? structuredClone(row) : (await currentRows(scope, [wanted], context.signal, () => {})).get(rowName(wanted));
  if (current === undefined) return undefined;
  const loaded = loadIn({ ...scope, params: { ...scope.params, ...parents } }, current, sessionOf(scope));
  if (fixed !== undefined && !isAsRead) {
    const values = Object.entries(fixed).map(([name, value]) => [scope.metadata.attribute(name)?.property ?? name, value]);
    assignAttributes(loaded, Object.fromEntries(values));
  }
  return loaded.record;
}

import { ArgumentError } from '../../errors/argument-error.js';
import { isJsonObject, type JsonObject, propertyOf } from '../../json-object.js';
import { describe } from '../../transport/path.js';
import type { JobDefinition, Kind } from '../definition.js';
import type { JobFailure } from './failure.js';
import type { Checkpoint } from './journal.js';
import type { KeyRange } from './reader.js';
import type { LogEntryRows } from './written-rows.js';

/** A definition that has been checked. */
export interface CheckedJob {
  readonly name: string;
  readonly version: number;
  readonly kind: Kind;
  readonly definition: JobDefinition<unknown, object>;
}

/** What a partition is about: rows of the source, what was written before, or rows that failed. */
export type PartitionTask =
  | { readonly mode: 'work'; readonly range: KeyRange }
  | { readonly mode: 'revert'; readonly log: () => AsyncIterable<LogEntryRows> }
  | {
      readonly mode: 'retry';
      readonly failures: () => Iterable<RetriedFailure> | AsyncIterable<RetriedFailure>;
      /** The checkpoints of the partitions before it, which write to the same output. */
      readonly before: () => Promise<readonly Checkpoint[]>;
    };

/** Whether requests of a killed process must have arrived before a partition goes on: those that create would be missed by a look-up. */
export const waitsForRequests = ({ kind }: CheckedJob, mode: PartitionTask['mode']): boolean => kind === 'create' && mode !== 'revert';

/** A failure that is tried again; `isGiven` if somebody asked for this very one, and may have fixed it. */
export type RetriedFailure = JobFailure & {
  readonly isGiven?: boolean;
  /** What somebody has changed in the row of a failure of a function. */
  readonly fixed?: JsonObject | undefined;
};

/** Failures as they may be given to `retry()`. */
export type GivenFailures = Iterable<JobFailure> | AsyncIterable<JobFailure>;

/**
 * Returns failures that somebody asked to try again, each once, with what was changed in them. Those that were tried again before are left
 * out: a row would count twice.
 *
 * @param find returns a failure of the run as it was kept, and whether it was tried again
 * @throws ArgumentError for what is no failure of the run
 */
export async function givenFailures(
  given: GivenFailures,
  find: (id: string) => KeptFailure | undefined | Promise<KeptFailure | undefined>,
): Promise<RetriedFailure[]> {
  if (typeof given !== 'object' || given === null || !(Symbol.iterator in given || Symbol.asyncIterator in given))
    throw new ArgumentError(
      `retry() takes failures, such as [failure] of failures(), or nothing to try all again; got ${describe(given)}.`,
    );
  const found = new Map<string, RetriedFailure>();
  for await (const failure of given) {
    const id = propertyOf(failure, 'id');
    const kept = typeof id === 'string' && isJsonObject(failure.row) ? await find(id) : undefined;
    if (kept === undefined)
      throw new ArgumentError(
        `retry() takes failures of this run, as failures() yields them; got ${describe(failure)}. Change their \`row\`, and keep their \`id\`. Nothing was started.`,
      );
    if (!kept.isRetried) found.set(kept.failure.id, givenFailure(failure, kept.failure));
  }
  return [...found.values()];
}

/** A failure of a run as it was kept. */
export interface KeptFailure {
  readonly failure: JobFailure;
  readonly isRetried: boolean;
}

function givenFailure(failure: JobFailure, kept: JobFailure): RetriedFailure {
  const given = { ...failure, store: kept.store, partition: kept.partition };
  if (kept.stage !== 'define' && kept.stage !== 'poison') return { ...given, isGiven: true };
  const changed = Object.entries(given.row).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(kept.row[name]));
  return { ...given, isGiven: true, ...(changed.length > 0 && { fixed: Object.fromEntries(changed) }) };
}

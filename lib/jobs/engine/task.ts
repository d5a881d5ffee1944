import type { JobDefinition, Kind } from '../definition.js';
import type { JobFailure } from './failure.js';
import type { KeyRange } from './reader.js';
import type { LogEntryRows } from './revert.js';

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
  | { readonly mode: 'retry'; readonly failures: () => Iterable<RetriedFailure> | AsyncIterable<RetriedFailure> };

/** A failure that is tried again; `isGiven` if somebody asked for this very one, and may have fixed it. */
export type RetriedFailure = JobFailure & { readonly isGiven?: boolean };

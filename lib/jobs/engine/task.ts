import type { JsonObject } from '../../json-object.js';
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
export type RetriedFailure = JobFailure & {
  readonly isGiven?: boolean;
  /** What somebody has changed in the row of a failure of a function. */
  readonly fixed?: JsonObject | undefined;
};

/** Returns a failure that somebody asked to try again, with what was changed in it since it was kept. */
export function givenFailure(given: JobFailure, kept: JobFailure | undefined): RetriedFailure {
  if (kept === undefined || (kept.stage !== 'define' && kept.stage !== 'poison')) return { ...given, isGiven: true };
  const changed = Object.entries(given.row).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(kept.row[name]));
  return { ...given, isGiven: true, ...(changed.length > 0 && { fixed: Object.fromEntries(changed) }) };
}

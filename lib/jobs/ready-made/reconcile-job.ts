import { ArgumentError } from '../../errors/argument-error.js';
import type { JobContext } from '../context.js';
import type { RecordQuery } from '../definition.js';
import { defineJob, type Job } from '../job.js';

/** Parameters of a {@link reconcileJob}. */
export interface ReconcileParams {
  /** When the last run began, as an ISO date; everything for a first run: leave it out. */
  readonly since?: string | undefined;
}

/** What the functions of a {@link reconcileJob} are told. */
export interface ReconcileContext<P> extends JobContext<P> {
  /** Records that were changed from then on are of interest: `params.since`, less the overlap. */
  readonly since: Date;
}

/** Options of {@link reconcileJob}. */
export interface ReconcileJobOptions<P extends ReconcileParams, T extends object> {
  readonly version?: number | undefined;
  /** Returns the records that were changed since: `({ since }) => Product.where({ date_modified: { min: since } })`. */
  readonly source: (context: ReconcileContext<P>) => RecordQuery<T>;
  /** Takes records over. At least once: records come again, after a kill and in the overlap of two runs. */
  readonly batch: (records: T[], context: ReconcileContext<P>) => unknown;
  /** How much earlier than `since` it begins, in milliseconds: clocks differ, and lists show changes late. Default 5 minutes. */
  readonly overlapMs?: number | undefined;
}

const OVERLAP_MS = 5 * 60 * 1000;

/**
 * Defines a job that takes over what was changed in a store since the last run, for those who miss webhooks. Pass the start of the last
 * run as `params.since`.
 *
 * @example
 * const sync = reconcileJob('sync', {
 *   source: ({ since }) => Product.where({ date_modified: { min: since } }),
 *   batch: (products) => search.index(products.map((product) => product.toJSON())),
 * });
 * await sync.local({ params: { since: lastStart.toISOString() }, checkpoint: 'sync.ndjson' });
 */
export function reconcileJob<P extends ReconcileParams = ReconcileParams, T extends object = object>(
  name: string,
  { version, source, batch, overlapMs = OVERLAP_MS }: ReconcileJobOptions<P, T>,
): Job<P, T> {
  const withSince = (context: JobContext<P>): ReconcileContext<P> => ({ ...context, since: sinceOf(context.params, overlapMs) });
  return defineJob<P, T>(name, {
    version,
    source: (context) => source(withSince(context)),
    batch: (records, context) => batch(records, withSince(context)),
  });
}

function sinceOf({ since }: ReconcileParams, overlapMs: number): Date {
  if (since === undefined) return new Date(0);
  const time = Date.parse(since);
  if (Number.isNaN(time))
    throw new ArgumentError(`\`params.since\` is an ISO date, such as '2026-11-30T00:00:00Z', got ${JSON.stringify(since)}.`);
  return new Date(Math.max(0, time - overlapMs));
}

import { assignAttributes } from '../../record/assign-attributes.js';
import { contextOf } from '../../record/record-base.js';
import type { JobContext } from '../context.js';
import type { RecordQuery } from '../definition.js';
import { defineJob, type Job } from '../job.js';
import type { AnyParams } from '../params.js';

/** Options of {@link updateAllJob}. */
export interface UpdateAllJobOptions<P, T extends object> {
  readonly version?: number | undefined;
  readonly source: (context: JobContext<P>) => RecordQuery<T>;
  /** The attributes to set, or a function that returns them. */
  readonly set: Partial<T> | ((context: JobContext<P>) => Partial<T>);
}

/**
 * Defines a job that sets the same attributes on all records of a query. Records that have them already are left alone. `revert()` sets
 * back what was there.
 *
 * @example
 * const hide = updateAllJob('hide', {
 *   source: ({ params }: JobContext<{ brand: number }>) => Product.where({ brand_id: params.brand }),
 *   set: { is_visible: false },
 * });
 */
export function updateAllJob<P = AnyParams, T extends object = object>(
  name: string,
  { version, source, set }: UpdateAllJobOptions<P, T>,
): Job<P, T> {
  return defineJob<P, T>(name, {
    version,
    source,
    each: (record, context) => assignAttributes(contextOf(record), typeof set === 'function' ? set(context) : set),
  });
}

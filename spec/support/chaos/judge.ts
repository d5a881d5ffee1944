import type { JobReport } from '../../../lib/jobs/index.js';
import type { ChaosKind } from './jobs.js';
import type { ChaosStore } from './store.js';

/**
 * Returns what is not as if each row had been done once, by what the store wrote.
 *
 * @param isRolledBack whether Redis has forgotten what was done last. Rows that were deleted then are found by nobody, so none can count them.
 */
export function wrongs(store: ChaosStore, kind: ChaosKind, count: number, report: JobReport, isRolledBack = false): string[] {
  const rows = [...(store.rows.get(kind)?.values() ?? [])];
  const log = store.logs.get(kind);
  const wrong: string[] = [];
  const expectAll = (what: string, is: number): void => {
    if (is !== count) wrong.push(`${kind}: ${is} of ${count} rows ${what}`);
  };
  if (kind === 'raise') expectAll('cost 110', rows.filter(({ price }) => Math.abs(price - 110) < 0.001).length);
  if (kind === 'raise')
    expectAll(
      'were never set to anything else',
      [...(log?.puts.values() ?? [])].filter((puts) => puts.every(({ price = 0 }) => Math.abs(price - 110) < 0.001)).length,
    );
  if (kind === 'count') expectAll('were counted once', rows.filter(({ inventory_level }) => inventory_level === 11).length);
  if (kind === 'remove') expectAll('are gone', log?.deleted.size ?? 0);
  if (kind === 'create') expectAll('were posted once', [...(log?.posts.values() ?? [])].filter((times) => times === 1).length);
  if (kind === 'create') expectAll('are there', rows.length);
  const { done, succeeded, failed, state } = report;
  const isCounted = isRolledBack && kind === 'remove' ? done <= count && succeeded === done : done === count && succeeded === count;
  if (!isCounted || failed !== 0 || state !== 'completed')
    wrong.push(`${kind}: the report says ${JSON.stringify({ done, succeeded, failed, state })} of ${count}`);
  return wrong;
}

import type { FieldErrors } from '../errors/field-errors.js';
import { ownError, placeErrors } from '../persistence/refused-entry.js';
import { isRow, type Row } from '../query/scope.js';
import { type MatchOptions, matchResults } from '../record/match-results.js';
import { savedKey } from '../record/record-address.js';
import { dialectOf } from '../schema/dialects.js';
import type { ApiResponse } from '../transport/request.js';
import { aboutOf, errorEntriesIn, errorsIn, MULTI_STATUS, type Request, uncertainOutcome } from './batch-outcomes.js';
import type { BulkItem } from './bulk-item.js';
import { codeOf, type EntryStatus, isStatus, matchStatuses, statusError } from './entry-status.js';
import { metaOf, type Outcome } from './isolate-failures.js';

/**
 * What the response to the deletion of several records says about each: with success, that all are gone; where it has a status for
 * each, errors, or a count of failures, what it says about that record.
 */
export function deletionsIn(batch: readonly BulkItem[], request: Request, response: ApiResponse): Outcome<BulkItem>[] {
  const about = aboutOf(request, response);
  const reported = reportedDeletions(batch, request, response);
  return batch.map((entry, place) => {
    const own = reported.placed?.get(place);
    if (own !== undefined) return { entry, error: ownError(about, own) };
    const status = reported.statuses.get(entry);
    if (status !== undefined) {
      const code = codeOf(status);
      return code < 300 ? { entry } : { entry, error: statusError(about, status, code) };
    }
    return reported.isSuccess || reported.gone.has(entry) ? { entry } : { entry, error: uncertainOutcome(request, 'deleted') };
  });
}

/** What the response to a deletion reports. */
interface ReportedDeletions {
  /** Messages by the place of their record. */
  readonly placed: ReadonlyMap<number, FieldErrors> | undefined;
  readonly statuses: ReadonlyMap<BulkItem, EntryStatus>;
  /** Records of which a partial success has rows. */
  readonly gone: ReadonlyMap<BulkItem, Row>;
  /** Nothing casts doubt on records that it does not name. */
  readonly isSuccess: boolean;
}

function reportedDeletions(batch: readonly BulkItem[], request: Request, response: ApiResponse): ReportedDeletions {
  const { body, status } = response;
  const value = dialectOf(request.version).unwrap(body);
  const rows = Array.isArray(value) ? value.filter(isRow) : [];
  const statuses = rows.every(isStatus) ? rows : [];
  const isPartial = status === MULTI_STATUS;
  const errors = isPartial ? errorsIn(body) : {};
  const entries = isPartial ? errorEntriesIn(body) : [];
  const keys = batch.map(({ context }) => savedKey(context));
  const options = matchingKeys(batch);
  const placed = placeErrors(errors, batch.length, keys);
  const refused = matchStatuses(batch, entries, keys, options);
  const gone = isPartial && statuses.length === 0 ? matchResults(batch, rows, options) : new Map<BulkItem, Row>();
  const hasUnnamed = Object.keys(errors).length > 0 && placed === undefined && (refused.size === 0 || refused.size < entries.length);
  const isCounted = Number(metaOf(body)['failed']) > refused.size;
  return {
    placed,
    statuses: new Map([...refused, ...matchStatuses(batch, statuses, keys, options)]),
    gone,
    isSuccess: statuses.length === 0 && gone.size === 0 && !hasUnnamed && !isCounted,
  };
}

function matchingKeys(batch: readonly BulkItem[]): MatchOptions<BulkItem> {
  const key = batch[0]?.context.metadata.resource.key ?? 'id';
  return {
    identity: [key],
    byPosition: false,
    unique: [],
    sentOf: ({ context }) => ({ identity: { [key]: savedKey(context) }, values: () => ({}) }),
  };
}

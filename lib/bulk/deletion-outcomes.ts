import type { FieldErrors } from '../errors/field-errors.js';
import { jsonObjectsIn } from '../json-object.js';
import { ownError, placeErrors } from '../persistence/refused-entry.js';
import type { Row } from '../query/scope.js';
import { type MatchOptions, matchResults } from '../record/match-results.js';
import { addressKey } from '../record/record-address.js';
import { dialectOf } from '../schema/dialects.js';
import type { ApiResponse } from '../transport/request.js';
import { aboutOf, errorEntriesIn, errorsIn, type Request, uncertainOutcome } from './batch-outcomes.js';
import type { BulkItem } from './bulk-item.js';
import { codeOf, type EntryStatus, isStatus, matchStatuses, statusError } from './entry-status.js';
import { MULTI_STATUS, metaOf, type Outcome } from './isolate-failures.js';

/**
 * Returns the outcome of each record of a batch that was to be deleted. A plain success means that all are deleted; a response with
 * statuses, errors or a count of failures may report something else for single records.
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
    return reported.isSuccess || reported.deleted.has(entry) ? { entry } : { entry, error: uncertainOutcome(request, 'deleted') };
  });
}

/** The content of a response to a deletion. */
interface ReportedDeletions {
  /** Messages by the position of their record. */
  readonly placed: ReadonlyMap<number, FieldErrors> | undefined;
  readonly statuses: ReadonlyMap<BulkItem, EntryStatus>;
  /** The rows of a partial success, by record. */
  readonly deleted: ReadonlyMap<BulkItem, Row>;
  /** Whether records that the response does not name are certainly deleted. */
  readonly isSuccess: boolean;
}

function reportedDeletions(batch: readonly BulkItem[], request: Request, response: ApiResponse): ReportedDeletions {
  const { body, status } = response;
  const value = dialectOf(request.version).unwrap(body);
  const rows = jsonObjectsIn(value);
  const statuses = rows.every(isStatus) ? rows : [];
  const isPartial = status === MULTI_STATUS;
  const errors = isPartial ? errorsIn(body) : {};
  const entries = isPartial ? errorEntriesIn(body) : [];
  const keys = batch.map(({ context }) => addressKey(context));
  const options = matchingKeys(batch);
  const placed = placeErrors(errors, batch.length, keys);
  const refused = matchStatuses(batch, entries, keys, options);
  const deleted = isPartial && statuses.length === 0 ? matchResults(batch, rows, options) : new Map<BulkItem, Row>();
  const hasUnnamed = Object.keys(errors).length > 0 && placed === undefined && (refused.size === 0 || refused.size < entries.length);
  const isCounted = Number(metaOf(body)['failed']) > refused.size;
  return {
    placed,
    statuses: new Map([...refused, ...matchStatuses(batch, statuses, keys, options)]),
    deleted,
    isSuccess: statuses.length === 0 && deleted.size === 0 && !hasUnnamed && !isCounted,
  };
}

function matchingKeys(batch: readonly BulkItem[]): MatchOptions<BulkItem> {
  const key = batch[0]?.context.metadata.resource.key ?? 'id';
  return {
    identity: [key],
    byPosition: false,
    unique: [],
    sentOf: ({ context }) => ({ identity: { [key]: addressKey(context) }, values: () => ({}) }),
  };
}

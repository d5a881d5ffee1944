import { type FieldErrors, fieldErrors } from '../errors/field-errors.js';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.js';
import { ownError, placeErrors } from '../persistence/refused-entry.js';
import { unexpected } from '../query/parse-rows.js';
import { isRow, type Row } from '../query/scope.js';
import { storedRow } from '../record/attribute-values.js';
import { type MatchOptions, matchResults, uniqueNames } from '../record/match-results.js';
import { identityOf, keyOf, savedKey } from '../record/record-address.js';
import { dialectOf } from '../schema/dialects.js';
import { type ApiResponse, addressOf, type RequestDescription } from '../transport/request.js';
import type { BulkItem, PlannedItem } from './bulk-item.js';
import { type EntryStatus, hasStatus, isStatus, matchStatuses, statusError } from './entry-status.js';
import type { Outcome } from './isolate-failures.js';

const MULTI_STATUS = 207;

type Request = Pick<RequestDescription, 'method' | 'version' | 'path'>;
type About = Parameters<typeof ownError>[0];

const aboutOf = ({ method, version, path }: Request, { status, headers, body }: ApiResponse): About => ({
  status,
  method,
  path: addressOf({ version, path }),
  body,
  headers,
});

/**
 * What the response to a list says about each of its records; see {@link matchResults} for how its rows are told apart. A
 * response that has no place for rows, or that of a resource which never names them, means that all is stored as it was sent.
 * What the response does not tell is an UncertainOutcomeError, never luck.
 */
export function outcomesOf(batch: readonly PlannedItem[], request: Request, answer: ApiResponse): Outcome<PlannedItem>[] {
  const value = dialectOf(request.version).unwrap(answer.body);
  const isCreating = request.method === 'POST' && batch.some(({ plan }) => plan.isCreating);
  const list = Array.isArray(value) && value.every(isRow) ? value : undefined;
  if (value !== undefined && !isRow(value) && list === undefined) return unreadable(batch, request, answer, value, isCreating);
  const rows: readonly Row[] = list ?? (isRow(value) && batch.length === 1 ? [value] : []);
  const about = aboutOf(request, answer);
  if (rows.length > 0 && rows.every(hasStatus)) return outcomesOfStatuses(batch, rows, request, about);
  if (answer.status === MULTI_STATUS) return outcomesOfPart(batch, rows, request, about);
  // New records need the keys that the store gives them, so that silence about them says nothing.
  const isSilent = (list === undefined && !isCreating) || batch[0]?.item.context.metadata.resource.omitsListRows === true;
  if (rows.length === 0 && isSilent) return batch.map((entry) => ({ entry }));
  const matched = matchResults(batch, rows, matching(batch, true));
  return batch.map((entry) => {
    const row = matched.get(entry);
    return row === undefined ? uncertain(request, entry) : stored(request, entry, row);
  });
}

function unreadable(
  batch: readonly PlannedItem[],
  request: Request,
  answer: ApiResponse,
  value: unknown,
  isCreating: boolean,
): Outcome<PlannedItem>[] {
  const error = unexpected(request, answer, 'an array of objects', value);
  return batch.map((entry) => (isCreating ? uncertain(request, entry, error.message) : { entry, error }));
}

/** A list of which a part was refused: rows of what is stored, and messages for the rest. */
function outcomesOfPart(batch: readonly PlannedItem[], rows: readonly Row[], request: Request, about: About): Outcome<PlannedItem>[] {
  const errors = errorsIn(about.body);
  const matched = matchResults(batch, rows, matching(batch, true));
  const named = placeErrors(errors, batch.length, batch.map(keyIfSaved), (place) => !isMatched(matched, batch[place]));
  const unmatched = batch.filter((entry) => !matched.has(entry));
  // All that is missing has failed; which of several errors is whose is not known, but that each of them failed is.
  const hasFailed = Object.keys(errors).length > 0 && rows.length + unmatched.length <= batch.length;
  return batch.map((entry, place) => {
    const row = matched.get(entry);
    const own = named?.get(place);
    if (own !== undefined) return { entry, row, error: ownError(about, own) };
    if (row !== undefined) return stored(request, entry, row);
    return hasFailed ? { entry, error: ownError(about, errors) } : uncertain(request, entry);
  });
}

const isMatched = (matched: ReadonlyMap<PlannedItem, Row>, entry: PlannedItem | undefined): boolean =>
  entry !== undefined && matched.has(entry);

/** Entries that each tell a status of their own, matched by what they say about themselves: an index, their data, their errors. */
function outcomesOfStatuses(
  batch: readonly PlannedItem[],
  entries: readonly Row[],
  request: Request,
  about: About,
): Outcome<PlannedItem>[] {
  const statusOf = matchStatuses(batch, entries, batch.map(keyIfSaved), matching(batch, false));
  return batch.map((entry) => {
    const status = statusOf.get(entry);
    if (status === undefined) return uncertain(request, entry);
    const code = Number(status['status']);
    if (code < 200 || code >= 300) return { entry, error: statusError(about, status, code) };
    return stored(request, entry, isRow(status['data']) ? status['data'] : undefined);
  });
}

/** What the response to the deletion of several records says about each: with success, that all are gone, unless it has a status for each. */
export function deletionsIn(batch: readonly BulkItem[], request: Request, answer: ApiResponse): Outcome<BulkItem>[] {
  const value = dialectOf(request.version).unwrap(answer.body);
  const statuses: EntryStatus[] = Array.isArray(value) && value.every(isRow) && value.every(isStatus) ? value : [];
  const errors = answer.status === MULTI_STATUS ? errorsIn(answer.body) : {};
  const about = aboutOf(request, answer);
  const keys = batch.map(({ context }) => savedKey(context));
  const key = batch[0]?.context.metadata.resource.key ?? 'id';
  const statusOf = matchStatuses(batch, statuses, keys, {
    identity: [key],
    byPosition: false,
    unique: [],
    sentOf: ({ context }) => ({ identity: { [key]: savedKey(context) }, values: () => ({}) }),
  });
  const named = placeErrors(errors, batch.length, keys);
  const isUnclear = statuses.length > 0 || (Object.keys(errors).length > 0 && named === undefined);
  return batch.map((entry, place) => {
    const own = named?.get(place);
    if (own !== undefined) return { entry, error: ownError(about, own) };
    const status = statusOf.get(entry);
    const code = Number(status?.['status'] ?? 0);
    if (status !== undefined) return code >= 200 && code < 300 ? { entry } : { entry, error: statusError(about, status, code) };
    return isUnclear ? { entry, error: uncertainOutcome(request, 'deleted') } : { entry };
  });
}

/** How the rows of a response are matched with the records of a list. */
function matching(batch: readonly PlannedItem[], byPosition: boolean): MatchOptions<PlannedItem> {
  const resource = batch[0]?.item.context.metadata.resource;
  const key = resource?.key ?? 'id';
  const others = (resource?.identity ?? []).filter((name) => name !== key);
  return {
    identity: [key, ...others],
    unique: resource === undefined ? [] : uniqueNames(resource),
    byPosition,
    sentOf: ({ item: { context }, plan }) => {
      const identity: Row = others.length === 0 ? {} : { ...identityOf(context) };
      for (const name of others) identity[name] = plan.body[name] ?? identity[name];
      identity[key] = context.isNew ? plan.body[key] : savedKey(context);
      return { identity, values: () => ({ ...(context.isNew ? {} : storedRow(context)), ...plan.body }) };
    },
  };
}

const keyIfSaved = ({ item: { context } }: PlannedItem) => (context.isNew ? undefined : savedKey(context));

function errorsIn(body: unknown): FieldErrors {
  const errors = isRow(body) ? body['errors'] : undefined;
  return fieldErrors(isRow(errors) && isRow(errors['errors']) ? errors : { errors });
}

/** A record that is stored. One that the store has made and not named stays new, since it cannot be addressed. */
function stored(request: Request, entry: PlannedItem, row: Row | undefined): Outcome<PlannedItem> {
  const { context } = entry.item;
  const { key, omitsListRows } = context.metadata.resource;
  const isCreated = entry.plan.isCreating && request.method === 'POST';
  if (!isCreated || omitsListRows || hasValue(row?.[key]) || hasValue(keyOf(context))) return { entry, row };
  return uncertain(request, entry, `its response gives the record no \`${key}\``);
}

const hasValue = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** The store has reported success, and what became of one record is not known. */
function uncertain(request: Request, entry: PlannedItem, why?: string): Outcome<PlannedItem> {
  return { entry, error: uncertainOutcome(request, entry.plan.isCreating ? 'created' : 'changed', why) };
}

function uncertainOutcome(
  request: Request,
  done: 'created' | 'changed' | 'deleted',
  why = 'its response has no row that is certainly of this record',
): UncertainOutcomeError {
  return new UncertainOutcomeError(
    `${request.method} ${addressOf(request)} succeeded, and ${why}: it may have been ${done}; look before you repeat it.`,
    { method: request.method, path: addressOf(request), sent: 'yes', phase: 'body' },
  );
}

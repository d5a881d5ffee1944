import { type FieldErrors, fieldErrors } from '../errors/field-errors.js';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.js';
import { messagesOf, ownError, placeErrors } from '../persistence/refused-entry.js';
import { unexpected } from '../query/parse-rows.js';
import { isRow, type Row } from '../query/scope.js';
import { storedRow } from '../record/attribute-values.js';
import { type MatchOptions, matchByKey, matchResults } from '../record/match-results.js';
import { identityOf, keyOf, savedKey } from '../record/record-address.js';
import { dialectOf } from '../schema/dialects.js';
import { type ApiResponse, addressOf, type RequestDescription } from '../transport/request.js';
import type { BulkItem, PlannedItem } from './bulk-item.js';
import { codeOf, type EntryStatus, hasStatus, isStatus, matchStatuses, statusError } from './entry-status.js';
import { metaOf, type Outcome } from './isolate-failures.js';

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
 * Where the response is silent about a record, its outcome is an UncertainOutcomeError, never luck.
 */
export function outcomesOf(batch: readonly PlannedItem[], request: Request, response: ApiResponse): Outcome<PlannedItem>[] {
  const value = dialectOf(request.version).unwrap(response.body);
  const list = rowsOfList(value);
  const isCreating = request.method === 'POST' && batch.some(({ plan }) => plan.isCreating);
  if (value !== undefined && !isRow(value) && list === undefined) return unreadable(batch, request, response, value, isCreating);
  const rows: readonly Row[] = list ?? (isRow(value) && batch.length === 1 ? [value] : []);
  const about = aboutOf(request, response);
  const isPartial = response.status === MULTI_STATUS;
  const statuses = countStatuses(rows);
  if (statuses > 0 && (isPartial || statuses === rows.length)) return outcomesOfStatuses(batch, rows.map(withStatus), request, about);
  // New records need the keys that the store gives them, so that silence about them says nothing.
  const isSilent = (list === undefined && !isCreating) || batch[0]?.item.context.metadata.resource.omitsListRows === true;
  if (rows.length === 0 && isSilent && !isPartial) return batch.map((entry) => ({ entry }));
  const isWhole = !Array.isArray(value) || rows.length === value.length;
  const matched = matchSaved(batch, rows) ?? matchResults(batch, rows, matching(batch, isWhole));
  if (isPartial) return outcomesOfPart(batch, rows, matched, request, about);
  const outcomes: Outcome<PlannedItem>[] = [];
  for (const entry of batch) {
    const row = matched.get(entry);
    if (row === undefined) outcomes.push(uncertain(request, entry));
    else outcomes.push(entry.plan.isCreating ? stored(request, entry, row) : { entry, row });
  }
  return outcomes;
}

/** Matches the rows of saved records by the key alone, where nothing else tells them apart. */
function matchSaved(batch: readonly PlannedItem[], rows: readonly Row[]): Map<PlannedItem, Row> | undefined {
  const resource = batch[0]?.item.context.metadata.resource;
  if (resource === undefined || resource.identity.length > 0) return undefined;
  const keys: unknown[] = [];
  for (const { key } of batch) keys.push(key);
  return matchByKey(batch, keys, rows, resource.key);
}

function countStatuses(rows: readonly Row[]): number {
  let count = 0;
  for (const row of rows) if (row['status'] !== undefined && hasStatus(row)) count++;
  return count;
}

/** The rows of a list, in which `null` stands in the place of a record about which the store says nothing. */
function rowsOfList(value: unknown): Row[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const rows: Row[] = [];
  for (const row of value) {
    if (isRow(row)) rows.push(row);
    else if (row !== null) return undefined;
  }
  return rows;
}

/** A row without a status, among others that have one, is a record that was stored. */
const withStatus = (row: Row): EntryStatus => (hasStatus(row) ? row : { status: 200, data: row });

function unreadable(
  batch: readonly PlannedItem[],
  request: Request,
  response: ApiResponse,
  value: unknown,
  isCreating: boolean,
): Outcome<PlannedItem>[] {
  const error = unexpected(request, response, 'an array of objects', value);
  return batch.map((entry) => (isCreating ? uncertain(request, entry, error.message) : { entry, error }));
}

/** A list of which a part was refused: rows of what is stored, beside errors of what is not. */
function outcomesOfPart(
  batch: readonly PlannedItem[],
  rows: readonly Row[],
  matched: ReadonlyMap<PlannedItem, Row>,
  request: Request,
  about: About,
): Outcome<PlannedItem>[] {
  const errors = errorsIn(about.body);
  const entries = errorEntriesIn(about.body);
  const keys = batch.map(keyIfSaved);
  const isOpen = (entry: PlannedItem | undefined): boolean => entry !== undefined && !matched.has(entry);
  const placed = placeErrors(errors, batch.length, keys, (place) => isOpen(batch[place]));
  const refused = matchStatuses(batch, entries, keys, matching(batch, false));
  const isNamed = (entry: PlannedItem, place: number): boolean => placed?.has(place) === true || refused.has(entry);
  const missed: Missed = {
    count: batch.filter((entry, place) => isOpen(entry) && !isNamed(entry, place)).length,
    named: batch.filter(isNamed).length,
    errors: placed === undefined ? unnamedErrors(errors, entries, refused) : {},
  };
  // More rows than records that have one may be about those that seem to have none.
  const isAmbiguous = rows.length > matched.size;
  return batch.map((entry, place) => {
    const row = matched.get(entry);
    const own = placed?.get(place);
    const refusal = refused.get(entry);
    if (own !== undefined) return { entry, row, error: ownError(about, own) };
    if (refusal !== undefined) return { entry, row, error: statusError(about, refusal, codeOf(refusal)) };
    if (row !== undefined) return stored(request, entry, row);
    return isAmbiguous ? uncertain(request, entry) : missing(request, about, entry, missed);
  });
}

/** Records that a partial success has no row of, and names in no error. */
interface Missed {
  readonly count: number;
  /** How many other records are named by errors. */
  readonly named: number;
  /** Errors that name no record. */
  readonly errors: FieldErrors;
}

function unnamedErrors(errors: FieldErrors, entries: readonly Row[], refused: ReadonlyMap<PlannedItem, Row>): FieldErrors {
  if (refused.size === 0) return errors;
  const known = new Set(refused.values());
  return fieldErrors({ errors: entries.filter((entry) => !known.has(entry)) });
}

/**
 * The outcome of a record that a partial success has no row of, where its errors name no record. Alone, it is what they are about.
 * Of several, which error is whose is not known, and that all have failed only where the response counts them.
 */
function missing(request: Request, about: About, entry: PlannedItem, { count, named, errors }: Missed): Outcome<PlannedItem> {
  const hasErrors = Object.keys(errors).length > 0;
  if (count === 1 && hasErrors) return { entry, error: ownError(about, errors) };
  const why = `of ${count} records without saying which is about which: ${messagesOf(errors)}`;
  if (Number(metaOf(about.body)['failed']) === count + named)
    return { entry, error: ownError(about, hasErrors ? { base: [`the store refused it, and reports errors ${why}`] } : {}) };
  return uncertain(request, entry, hasErrors ? `its response reports errors ${why}` : undefined);
}

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

/** How the rows of a response are matched with the records of a list. */
function matching(batch: readonly PlannedItem[], byPosition: boolean): MatchOptions<PlannedItem> {
  const metadata = batch[0]?.item.context.metadata;
  const resource = metadata?.resource;
  const key = resource?.key ?? 'id';
  const others = (resource?.identity ?? []).filter((name) => name !== key);
  return {
    identity: [key, ...others],
    unique: metadata?.uniqueNames ?? [],
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

/** The entries of a list of errors: each may say which record it is about. */
function errorEntriesIn(body: unknown): Row[] {
  const errors = isRow(body) ? body['errors'] : undefined;
  return Array.isArray(errors) ? errors.filter(isRow) : [];
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

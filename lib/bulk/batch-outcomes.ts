import { type FieldErrors, fieldErrors } from '../errors/field-errors.js';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.js';
import { isJsonObject, jsonObjectsIn } from '../json-object.js';
import { omittedDuplicate } from '../persistence/omitted-duplicate.js';
import { messagesOf, ownError, placeErrors } from '../persistence/refused-entry.js';
import { unexpected } from '../query/parse-rows.js';
import type { Row } from '../query/scope.js';
import { storedRow } from '../record/attribute-values.js';
import { type MatchOptions, matchByKey, matchResults } from '../record/match-results.js';
import { addressKey, identityOf, keyOf } from '../record/record-address.js';
import { dialectOf } from '../schema/dialects.js';
import { type ApiResponse, addressOf, type RequestDescription } from '../transport/request.js';
import type { PlannedItem } from './bulk-item.js';
import { type About, codeOf, type EntryStatus, hasStatus, matchStatuses, statusError } from './entry-status.js';
import { MULTI_STATUS, metaOf, type Outcome } from './isolate-failures.js';

export type Request = Pick<RequestDescription, 'method' | 'version' | 'path'>;

export const aboutOf = ({ method, version, path }: Request, { status, headers, body }: ApiResponse): About => ({
  status,
  method,
  path: addressOf({ version, path }),
  body,
  headers,
});

/**
 * Returns the outcome that the response to a batch reports for each of its records; {@link matchResults} matches rows to records. A
 * response without a list of rows, or from a resource that never returns any, means that every record was stored as sent. If the
 * response does not mention a record, the outcome is an UncertainOutcomeError.
 */
export function outcomesOf(batch: readonly PlannedItem[], request: Request, response: ApiResponse): Outcome<PlannedItem>[] {
  const value = valueIn(batch, request, response);
  const list = rowsOfList(value);
  const isCreating = request.method === 'POST' && batch.some(({ plan }) => plan.isCreating);
  if (value !== undefined && !isJsonObject(value) && list === undefined) return unreadable(batch, request, response, value, isCreating);
  const rows = list ?? ownRow(batch, value);
  const about = aboutOf(request, response);
  const isPartial = response.status === MULTI_STATUS;
  if (hasStatuses(rows, isPartial)) return outcomesOfStatuses(batch, rows.map(withStatus), request, about);
  if (rows.length === 0 && !isPartial && (omitsRows(batch) || (list === undefined && !isCreating)))
    return batch.map((entry) => ({ entry }));
  const isWhole = !Array.isArray(value) || rows.length === value.length;
  const matched = matchSaved(batch, rows) ?? matchResults(batch, rows, matchOptionsFor(batch, isWhole));
  if (isPartial) return outcomesOfPart(batch, rows, matched, request, about);
  return outcomesOfRows(batch, matched, request, { response, count: rows.length });
}

/** Returns the row of a batch of one: the response may be an object instead of an array. */
const ownRow = (batch: readonly PlannedItem[], value: unknown): Row[] => (isJsonObject(value) && batch.length === 1 ? [value] : []);

/** Whether the resource never returns the rows it stored. Any other resource has to return the keys of new records. */
const omitsRows = (batch: readonly PlannedItem[]): boolean =>
  batch[0]?.item.context.metadata.resource.omitsListRows === true || hasNoRows(batch);

/** Returns what a response says of the records of a batch; `undefined` if it is declared to say nothing. */
const valueIn = (batch: readonly PlannedItem[], request: Request, response: ApiResponse): unknown =>
  hasNoRows(batch) ? undefined : dialectOf(request.version).unwrap(response.body);

/** Whether the response is declared to have no rows: it is empty, or names a transaction. */
function hasNoRows(batch: readonly PlannedItem[]): boolean {
  const [first] = batch;
  if (first === undefined) return false;
  const { responses } = first.item.context.metadata.resource;
  const form = first.plan.isCreating ? (responses.createMany ?? responses.create) : (responses.updateMany ?? responses.update);
  return form === 'none' || form === 'transaction';
}

/** @param from the response, and how many rows it has */
function outcomesOfRows(
  batch: readonly PlannedItem[],
  matched: ReadonlyMap<PlannedItem, Row>,
  request: Request,
  from: { readonly response: ApiResponse; readonly count: number },
): Outcome<PlannedItem>[] {
  const outcomes: Outcome<PlannedItem>[] = [];
  for (const entry of batch) {
    const row = matched.get(entry);
    const { resource } = entry.item.context.metadata;
    if (row === undefined && resource.omitsDuplicates && matched.size === from.count)
      outcomes.push({ entry, error: omittedDuplicate(resource, request, from.response) });
    else if (row === undefined) outcomes.push(uncertain(request, entry));
    else outcomes.push(entry.plan.isCreating ? stored(request, entry, row) : { entry, row });
  }
  return outcomes;
}

/** Matches rows to saved records by the key alone, if the resource identifies its records by nothing else. */
function matchSaved(batch: readonly PlannedItem[], rows: readonly Row[]): Map<PlannedItem, Row> | undefined {
  const resource = batch[0]?.item.context.metadata.resource;
  if (resource === undefined || resource.identity.length > 0) return undefined;
  const keys: unknown[] = [];
  for (const { key } of batch) keys.push(key);
  return matchByKey(batch, keys, rows, resource.key);
}

/** Whether the rows are statuses of records: all of them, or some in a partial success. */
function hasStatuses(rows: readonly Row[], isPartial: boolean): boolean {
  let count = 0;
  for (const row of rows) if (row['status'] !== undefined && hasStatus(row)) count++;
  return count > 0 && (isPartial || count === rows.length);
}

/** Returns the rows of a list, without the `null` that stands for a record the store does not report; `undefined` for other values. */
function rowsOfList(value: unknown): Row[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const rows: Row[] = [];
  for (const row of value) {
    if (isJsonObject(row)) rows.push(row);
    else if (row !== null) return undefined;
  }
  return rows;
}

/** Returns the row as a status. A row without one, among others that have one, is a record that was stored. */
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

/** Returns the outcomes of a partial success: rows of the records that were stored, and errors of those that were refused. */
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
  const refused = matchStatuses(batch, entries, keys, matchOptionsFor(batch, false));
  const isNamed = (entry: PlannedItem, place: number): boolean => placed?.has(place) === true || refused.has(entry);
  const missed: Missed = {
    count: batch.filter((entry, place) => isOpen(entry) && !isNamed(entry, place)).length,
    named: batch.filter(isNamed).length,
    errors: placed === undefined ? unnamedErrors(errors, entries, refused) : {},
  };
  // Rows that match no record may belong to those without a row.
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

/** Describes the records of a partial success that have no row and are named by no error. */
interface Missed {
  readonly count: number;
  /** How many other records are named by errors. */
  readonly named: number;
  /** The errors that name no record. */
  readonly errors: FieldErrors;
}

function unnamedErrors(errors: FieldErrors, entries: readonly Row[], refused: ReadonlyMap<PlannedItem, Row>): FieldErrors {
  if (refused.size === 0) return errors;
  const known = new Set(refused.values());
  return fieldErrors({ errors: entries.filter((entry) => !known.has(entry)) });
}

/**
 * Returns the outcome of a record that has no row in a partial success and is named by no error. If it is the only one, the errors
 * are about it. If there are several, the errors cannot be assigned, and all have failed only if the response counts that many failures.
 */
function missing(request: Request, about: About, entry: PlannedItem, { count, named, errors }: Missed): Outcome<PlannedItem> {
  const hasErrors = Object.keys(errors).length > 0;
  const failures = Number(metaOf(about.body)['failed']);
  if (hasNoRows([entry]) && (failures === named || (Number.isNaN(failures) && named > 0))) return { entry };
  if (count === 1 && hasErrors) return { entry, error: ownError(about, errors) };
  const why = `for ${count} records without naming them: ${messagesOf(errors)}`;
  if (failures === count + named)
    return { entry, error: ownError(about, hasErrors ? { base: [`the store refused it, and reports errors ${why}`] } : {}) };
  return uncertain(request, entry, hasErrors ? `its response reports errors ${why}` : undefined);
}

/** Returns the outcomes of entries with a status each, which are matched to records by their index, their data or their errors. */
function outcomesOfStatuses(
  batch: readonly PlannedItem[],
  entries: readonly Row[],
  request: Request,
  about: About,
): Outcome<PlannedItem>[] {
  const statusOf = matchStatuses(batch, entries, batch.map(keyIfSaved), matchOptionsFor(batch, false));
  return batch.map((entry) => {
    const status = statusOf.get(entry);
    if (status === undefined) return uncertain(request, entry);
    const code = Number(status['status']);
    if (code < 200 || code >= 300) return { entry, error: statusError(about, status, code) };
    return stored(request, entry, isJsonObject(status['data']) ? status['data'] : undefined);
  });
}

/** Returns how the rows of a response are matched to the records of a batch. */
function matchOptionsFor(batch: readonly PlannedItem[], byPosition: boolean): MatchOptions<PlannedItem> {
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
      identity[key] = context.isNew ? plan.body[key] : addressKey(context);
      return { identity, values: () => ({ ...(context.isNew ? {} : storedRow(context)), ...plan.body }) };
    },
  };
}

const keyIfSaved = ({ item: { context } }: PlannedItem) => (context.isNew ? undefined : addressKey(context));

export function errorsIn(body: unknown): FieldErrors {
  const errors = isJsonObject(body) ? body['errors'] : undefined;
  return fieldErrors(isJsonObject(errors) && isJsonObject(errors['errors']) ? errors : { errors });
}

/** Returns the entries of a list of errors. Each may name its record. */
export function errorEntriesIn(body: unknown): Row[] {
  const errors = isJsonObject(body) ? body['errors'] : undefined;
  return jsonObjectsIn(errors);
}

/** Returns the outcome of a stored record. A record that was created without a key in the response cannot be addressed: it is uncertain. */
function stored(request: Request, entry: PlannedItem, row: Row | undefined): Outcome<PlannedItem> {
  const { context } = entry.item;
  const { key, omitsListRows } = context.metadata.resource;
  const isCreated = entry.plan.isCreating && request.method === 'POST';
  if (!isCreated || omitsListRows || hasNoRows([entry]) || hasValue(row?.[key]) || hasValue(keyOf(context))) return { entry, row };
  return uncertain(request, entry, `its response has no \`${key}\` for the record`);
}

const hasValue = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** Returns the outcome of a record that a successful response does not report. */
function uncertain(request: Request, entry: PlannedItem, why?: string): Outcome<PlannedItem> {
  return { entry, error: uncertainOutcome(request, entry.plan.isCreating ? 'created' : 'changed', why) };
}

export function uncertainOutcome(
  request: Request,
  done: 'created' | 'changed' | 'deleted',
  why = 'its response has no row that certainly belongs to this record',
): UncertainOutcomeError {
  return new UncertainOutcomeError(
    `${request.method} ${addressOf(request)} succeeded, but ${why}: it may have been ${done}; look before you repeat it.`,
    { method: request.method, path: addressOf(request), sent: 'yes', phase: 'body' },
  );
}

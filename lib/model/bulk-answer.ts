import { type FieldErrors, fieldErrors } from '../errors/field-errors.js';
import { errorFromStatus } from '../errors/from-status.js';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.js';
import { unexpected } from '../query/rows.js';
import type { Row } from '../query/scope.js';
import { dialectOf } from '../schema/dialects.js';
import { type Answer, addressOf, type RequestDescription } from '../transport/request.js';
import type { Item, Ready } from './bulk-item.js';
import { messagesOf, metaOf, type Outcome, ownError, placed } from './bulk-narrowing.js';
import { storedRow } from './changes.js';
import { type MatchOptions, matchResults, namesAnother, uniqueNames } from './match-results.js';
import { keyOf } from './related.js';
import { identityOf, savedKey } from './saving.js';

const MULTI_STATUS = 207;

type Request = Pick<RequestDescription, 'method' | 'version' | 'path'>;
type About = Parameters<typeof ownError>[0];

/**
 * What an answer to a list says of each of its records; see {@link matchResults} for how its rows are told apart. An answer
 * that has no place for rows, or that of a resource which never names them, means that all is stored as it was sent. What the
 * answer does not tell is an UncertainOutcomeError, never luck.
 */
export function outcomesOf(batch: readonly Ready[], request: Request, answer: Answer): Outcome<Ready>[] {
  const value = dialectOf(request.version).unwrap(answer.body);
  const list = listIn(value);
  if (value !== undefined && !isRow(value) && list === undefined) {
    const error = unexpected(request, answer, 'a list of objects', value);
    return batch.map((entry) => ({ entry, error: isCreation(batch, request) ? uncertain(request, doneTo(entry), error.message) : error }));
  }
  const about = { status: answer.status, method: request.method, path: addressOf(request), body: answer.body, headers: answer.headers };
  const rows: readonly Row[] = list ?? (isRow(value) && batch.length === 1 ? [value] : []);
  if (rows.some(hasStatus) && (answer.status === MULTI_STATUS || rows.every(hasStatus))) {
    const statuses = rows.map((row) => (hasStatus(row) ? row : { status: 200, data: row }));
    return outcomesOfStatuses(batch, statuses, request, about);
  }
  const matched = matchResults(batch, rows, matching(batch, !Array.isArray(value) || rows.length === value.length));
  if (answer.status === MULTI_STATUS) return outcomesOfPartial(batch, rows, matched, request, about);
  // New records need the keys that the store gives them, so that silence about them is no answer.
  const isSilent = (list === undefined && !isCreation(batch, request)) || batch[0]?.item.the.plan.resource.silentLists === true;
  return batch.map((entry): Outcome<Ready> => {
    const row = matched.get(entry);
    if (row !== undefined) return stored(request, entry, row);
    return rows.length === 0 && isSilent ? { entry } : { entry, error: uncertain(request, doneTo(entry)) };
  });
}

/** The rows of a list, in which `null` stands in the place of a record that the store says nothing of. */
const listIn = (value: unknown): Row[] | undefined =>
  Array.isArray(value) && value.every((row) => row === null || isRow(row)) ? value.filter(isRow) : undefined;

const isCreation = (batch: readonly Ready[], { method }: Request): boolean =>
  method === 'POST' && batch.some(({ saving }) => saving.isCreating);

/** Rows of what is stored, beside errors of what is not. */
function outcomesOfPartial(
  batch: readonly Ready[],
  rows: readonly Row[],
  matched: ReadonlyMap<Ready, Row>,
  request: Request,
  about: About,
): Outcome<Ready>[] {
  const errors = errorsOf(about.body);
  const entries = errorEntriesOf(about.body);
  const keys = keysOf(batch);
  const isOpen = (entry: Ready | undefined): boolean => entry !== undefined && !matched.has(entry);
  const named = placed(errors, batch.length, keys, (place) => isOpen(batch[place]));
  const refused = matchStatuses(batch, entries, keys, matching(batch, false));
  const isNamed = (entry: Ready, place: number): boolean => named?.has(place) === true || refused.has(entry);
  const missed: Missed = {
    count: batch.filter((entry, place) => isOpen(entry) && !isNamed(entry, place)).length,
    named: batch.filter(isNamed).length,
    errors: named === undefined ? unnamedErrors(errors, entries, refused) : {},
  };
  // More rows than records that have one may be about those that seem to have none.
  const isFull = rows.length > matched.size;
  return batch.map((entry, place): Outcome<Ready> => {
    const row = matched.get(entry);
    const own = named?.get(place);
    if (own !== undefined) return { entry, row, error: ownError(about, own) };
    const refusal = refused.get(entry);
    if (refusal !== undefined) return { entry, row, error: statusError(about, refusal, codeOf(refusal)) };
    if (row !== undefined) return stored(request, entry, row);
    return { entry, error: isFull ? uncertain(request, doneTo(entry)) : missing(request, about, entry, missed) };
  });
}

/** Records that a partial success has no row of, and names in no error. */
interface Missed {
  readonly count: number;
  /** So many others are named by errors. */
  readonly named: number;
  /** Errors that name no record. */
  readonly errors: FieldErrors;
}

function unnamedErrors(errors: FieldErrors, entries: readonly Row[], refused: ReadonlyMap<Ready, Row>): FieldErrors {
  if (refused.size === 0) return errors;
  const known = new Set(refused.values());
  return fieldErrors({ errors: entries.filter((entry) => !known.has(entry)) });
}

/**
 * What a partial success with errors that name no record says of one of those that it has no row of. Alone, it is what they are
 * about. Of several, which error is whose is not known, and that all have failed only where the answer counts them.
 */
function missing(request: Request, about: About, entry: Ready, { count, named, errors }: Missed): Error {
  const hasErrors = Object.keys(errors).length > 0;
  if (count === 1 && hasErrors) return ownError(about, errors);
  const why = `of ${count} records without saying which is about which: ${messagesOf(errors)}`;
  if (Number(metaOf(about.body)['failed']) === count + named)
    return ownError(about, hasErrors ? { base: [`the store refused it, and tells errors ${why}`] } : {});
  return uncertain(request, doneTo(entry), hasErrors ? `its answer tells errors ${why}` : undefined);
}

/** Entries that each tell a status of their own, matched by what they say of themselves: an index, their data, their errors. */
function outcomesOfStatuses(batch: readonly Ready[], entries: readonly Row[], request: Request, about: About): Outcome<Ready>[] {
  const statusOf = matchStatuses(batch, entries, keysOf(batch), matching(batch, false));
  return batch.map((entry): Outcome<Ready> => {
    const status = statusOf.get(entry);
    if (status === undefined) return { entry, error: uncertain(request, doneTo(entry)) };
    const code = Number(status['status']);
    if (code < 200 || code >= 300) return { entry, error: statusError(about, status, code) };
    return stored(request, entry, isRow(status['data']) ? status['data'] : undefined);
  });
}

/**
 * Which of the statuses is about which entry. Those that name none are taken by their place, where as many came as were sent
 * and those that do name one all stand in their place; the last one that is left is that of the last entry.
 */
function matchStatuses<E>(
  batch: readonly E[],
  statuses: readonly Row[],
  keys: readonly (string | number | undefined)[],
  options: MatchOptions<E>,
): Map<E, Row> {
  const found = new Map<E, Row>();
  const isFromOne = statuses.some(({ index }) => index === batch.length) && !statuses.some(({ index }) => index === 0);
  const isTaken = new Set<Row>();
  const give = (entry: E | undefined, status: Row): void => {
    if (entry === undefined || found.has(entry) || isTaken.has(status)) return;
    found.set(entry, status);
    isTaken.add(status);
  };
  for (const status of statuses) {
    const { index } = status;
    if (typeof index === 'number') give(batch[isFromOne ? index - 1 : index], status);
  }
  const open = statuses.filter((status) => !isTaken.has(status) && typeof status['index'] !== 'number');
  const self = new Map(open.map((status) => [selfOf(status), status]));
  const rest = batch.filter((entry) => !found.has(entry));
  for (const [entry, row] of matchResults(rest, [...self.keys()], options)) give(entry, self.get(row) as Row);
  for (const status of open) {
    const places = placed(fieldErrors(status), batch.length, keys, (place) => !found.has(batch[place] as E));
    const [place, other] = places?.keys() ?? [];
    if (place !== undefined && other === undefined) give(batch[place], status);
  }
  takeByPlace(batch, statuses, found, isTaken, options);
  return found;
}

/** Takes by place what is left, where all that is known stands in its place; one that is left alone, wherever it stands. */
function takeByPlace<E>(
  batch: readonly E[],
  statuses: readonly Row[],
  found: Map<E, Row>,
  isTaken: ReadonlySet<Row>,
  { sentOf, identity }: MatchOptions<E>,
): void {
  const entriesLeft = batch.filter((entry) => !found.has(entry));
  const statusesLeft = statuses.filter((status) => !isTaken.has(status) && typeof status['index'] !== 'number');
  if (statuses.length !== batch.length || entriesLeft.length !== statusesLeft.length) return;
  const isInOrder = batch.every((entry, place) => !found.has(entry) || found.get(entry) === statuses[place]);
  if (entriesLeft.length > 1 && !isInOrder) return;
  for (const [place, status] of statusesLeft.entries()) {
    const entry = entriesLeft[place];
    if (entry !== undefined && !namesAnother(sentOf(entry), selfOf(status), identity)) found.set(entry, status);
  }
}

/** What a status says of the record that it is about. */
function selfOf(status: Row): Row {
  const { status: _, data, errors: _errors, error: _error, title: _title, detail: _detail, type: _type, ...rest } = status;
  return isRow(data) ? { ...rest, ...data } : rest;
}

/** The entries of a list of errors: each may say which record it is about. */
function errorEntriesOf(body: unknown): Row[] {
  const errors = isRow(body) ? body['errors'] : undefined;
  return Array.isArray(errors) ? errors.filter(isRow) : [];
}

/** The status that an error tells; one that tells none is a refusal. */
const codeOf = (error: Row): number => (isStatus(error) ? Number(error['status']) : 422);

function statusError(about: About, status: Row, code: number): Error {
  if (code === 400 || code === 422) return ownError({ ...about, status: code, body: status }, fieldErrors(status));
  return errorFromStatus({ ...about, status: code, body: status });
}

/**
 * What an answer to the deletion of several records says of each: with success, that all are gone; where it has a status for each,
 * errors, or a count of failures, what it says of that record.
 */
export function deletionsIn(batch: readonly Item[], request: Request, answer: Answer): Outcome<Item>[] {
  const value = dialectOf(request.version).unwrap(answer.body);
  const isPartial = answer.status === MULTI_STATUS;
  const rows = Array.isArray(value) ? value.filter(isRow) : [];
  const statuses = rows.every(isStatus) ? rows : [];
  const errors = isPartial ? errorsOf(answer.body) : {};
  const entries = isPartial ? errorEntriesOf(answer.body) : [];
  const about = { status: answer.status, method: request.method, path: addressOf(request), body: answer.body, headers: answer.headers };
  const keys = batch.map(({ the }) => savedKey(the));
  const key = batch[0]?.the.plan.resource.key ?? 'id';
  const options: MatchOptions<Item> = {
    identity: [key],
    byPosition: false,
    unique: [],
    sentOf: ({ the }) => ({ identity: { [key]: savedKey(the) }, values: () => ({}) }),
  };
  const statusOf = matchStatuses(batch, statuses, keys, options);
  const refused = matchStatuses(batch, entries, keys, options);
  const gone = isPartial && statuses.length === 0 ? matchResults(batch, rows, options) : new Map<Item, Row>();
  const named = placed(errors, batch.length, keys);
  const isErrorUnnamed = Object.keys(errors).length > 0 && named === undefined && (refused.size === 0 || refused.size < entries.length);
  const isSilent = statuses.length === 0 && gone.size === 0 && !isErrorUnnamed && !(Number(metaOf(answer.body)['failed']) > refused.size);
  return batch.map((entry, place): Outcome<Item> => {
    const own = named?.get(place);
    if (own !== undefined) return { entry, error: ownError(about, own) };
    const status = statusOf.get(entry) ?? refused.get(entry);
    const code = status === undefined ? 0 : codeOf(status);
    if (status !== undefined) return code >= 200 && code < 300 ? { entry } : { entry, error: statusError(about, status, code) };
    return isSilent || gone.has(entry) ? { entry } : { entry, error: uncertain(request, 'deleted') };
  });
}

function matching(batch: readonly Ready[], byPosition: boolean): MatchOptions<Ready> {
  const resource = batch[0]?.item.the.plan.resource;
  const key = resource?.key ?? 'id';
  const others = (resource?.identity ?? []).filter((name) => name !== key);
  return {
    identity: [key, ...others],
    unique: resource === undefined ? [] : uniqueNames(resource),
    byPosition,
    sentOf: ({ item: { the }, saving }) => {
      const identity: Row = others.length === 0 ? {} : { ...identityOf(the) };
      for (const name of others) identity[name] = saving.body[name] ?? identity[name];
      identity[key] = the.state.isNew ? saving.body[key] : savedKey(the);
      return { identity, values: () => ({ ...(the.state.isNew ? {} : storedRow(the)), ...saving.body }) };
    },
  };
}

const keysOf = (batch: readonly Ready[]) => batch.map(({ item }) => (item.the.state.isNew ? undefined : savedKey(item.the)));

function errorsOf(body: unknown): FieldErrors {
  const errors = (body as { errors?: unknown } | null)?.errors;
  const inner = isRow(errors) && isRow(errors['errors']) ? errors : { errors };
  return fieldErrors(inner);
}

/** A record that is stored. One that the store has made and not named stays new, since it cannot be addressed. */
function stored(request: Request, entry: Ready, row: Row | undefined): Outcome<Ready> {
  const { the } = entry.item;
  const { key, silentLists } = the.plan.resource;
  const isNamed =
    !entry.saving.isCreating ||
    request.method !== 'POST' ||
    silentLists ||
    [row?.[key], keyOf(the.record)].some((value) => value !== undefined && value !== null && value !== '');
  return isNamed ? { entry, row } : { entry, error: uncertain(request, doneTo(entry), `its answer gives the record no \`${key}\``) };
}

/** The store has answered with success, and what became of one record is not known. */
function uncertain(
  request: Request,
  done: 'created' | 'changed' | 'deleted',
  why = 'its answer has no row that is certainly of this record',
): UncertainOutcomeError {
  return new UncertainOutcomeError(
    `${request.method} ${addressOf(request)} succeeded, and ${why}: it may have been ${done}; look before you repeat it.`,
    { method: request.method, path: addressOf(request), sent: 'yes', phase: 'body' },
  );
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

const doneTo = ({ saving }: Ready): 'created' | 'changed' => (saving.isCreating ? 'created' : 'changed');

/** A status of HTTP, as a number or as its text. */
const isStatus = ({ status }: Row): boolean => /^[2-5]\d\d$/.test(String(status));

const hasStatus = (row: Row): boolean => isStatus(row) && ('data' in row || 'errors' in row || 'error' in row || 'title' in row);

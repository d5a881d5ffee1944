import { fieldErrors } from '../errors/field-errors.js';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.js';
import { unexpected } from '../query/rows.js';
import type { Row } from '../query/scope.js';
import { dialectOf } from '../schema/dialects.js';
import { type Answer, addressOf, type RequestDescription } from '../transport/request.js';
import type { Ready } from './bulk-item.js';
import { type Outcome, ownError, placed } from './bulk-narrowing.js';
import { storedValue } from './changes.js';
import { savedKey } from './saving.js';

const MULTI_STATUS = 207;

/**
 * What an answer to a list says of each of its records. Rows are matched by key; those of new records by place, as far as
 * they agree with what was sent, never by luck. An answer that has no place for rows, or that of a resource which never names
 * them, means that all is stored as it was sent.
 */
export function outcomesOf(batch: readonly Ready[], request: Omit<RequestDescription, 'signal'>, answer: Answer): Outcome<Ready>[] {
  const value = dialectOf(request.version).unwrap(answer.body);
  const about = { status: answer.status, method: request.method, path: addressOf(request), body: answer.body, headers: answer.headers };
  const list = Array.isArray(value) && value.every(isRow) ? value : undefined;
  if (value !== undefined && !isRow(value) && list === undefined) {
    const error = unexpected(request, answer, 'a list of objects', value);
    return batch.map((entry) => ({ entry, error }));
  }
  const isSilent = list === undefined || batch[0]?.item.the.plan.resource.silentLists === true;
  const rows: readonly Row[] = list ?? (isRow(value) && batch.length === 1 ? [value] : []);
  if (rows.length === batch.length && rows.every(hasStatus))
    return batch.map((entry, place) => entryOutcome(entry, rows[place] as Row, about));

  const isPartial = answer.status === MULTI_STATUS;
  const errors = isPartial ? errorsOf(answer.body) : {};
  const keys = batch.map(({ item }) => (item.the.state.isNew ? undefined : savedKey(item.the)));
  const matched = match(batch, rows);
  const named = placed(errors, batch.length, keys, (place) => !matched.has(batch[place] as Ready));
  return batch.map((entry, place): Outcome<Ready> => {
    const row = matched.get(entry);
    const own = named?.get(place);
    if (own !== undefined) return { entry, row, error: ownError(about, own) };
    if (row !== undefined || (rows.length === 0 && isSilent && !isPartial)) return { entry, row };
    if (isPartial) return { entry, error: ownError(about, errors) };
    return { entry, error: missing(request, entry) };
  });
}

/** One entry of a list of statuses, each with its own. */
function entryOutcome(entry: Ready, status: Row, about: Parameters<typeof ownError>[0]): Outcome<Ready> {
  const row = isRow(status['data']) ? status['data'] : undefined;
  const code = Number(status['status']);
  if (code >= 200 && code < 300) return { entry, row };
  return { entry, row, error: ownError({ ...about, status: code, body: status }, fieldErrors(status)) };
}

function match(batch: readonly Ready[], rows: readonly Row[]): Map<Ready, Row> {
  const found = new Map<Ready, Row>();
  const left = new Set(rows);
  const give = (entry: Ready, row: Row | undefined): void => {
    if (row === undefined || !left.delete(row)) return;
    found.set(entry, row);
  };
  const byKey = new Map<string, Row>();
  for (const row of rows) {
    const name = identityOf(batch[0] as Ready, row);
    if (name !== undefined && !byKey.has(name)) byKey.set(name, row);
  }
  for (const entry of batch) if (!entry.saving.isCreating) give(entry, byKey.get(ownIdentity(entry)));
  const created = batch.filter(({ saving }) => saving.isCreating);
  if (rows.length === batch.length)
    for (const entry of created) if (agrees(entry, rows[batch.indexOf(entry)])) give(entry, rows[batch.indexOf(entry)]);
  for (const entry of created) {
    if (found.has(entry)) continue;
    const candidates = [...left].filter((row) => agrees(entry, row));
    if (candidates.length === 1) give(entry, candidates[0]);
  }
  return found;
}

/** A row's key, with whatever else tells it from others. */
function identityOf({ item }: Ready, row: Row): string | undefined {
  const { key, identity } = item.the.plan.resource;
  return row[key] === undefined ? undefined : JSON.stringify([key, ...identity].map((name) => String(row[name] ?? '')));
}

function ownIdentity({ item, saving }: Ready): string {
  const { key, identity } = item.the.plan.resource;
  return JSON.stringify([
    String(savedKey(item.the)),
    ...identity.filter((name) => name !== key).map((name) => String(storedValue(item.the, name) ?? saving.body[name] ?? '')),
  ]);
}

/** Whether a row can be what became of a new record: what may stand only once in the store is what was sent; without such, every plain value. */
function agrees({ item, saving }: Ready, row: Row | undefined): boolean {
  if (row === undefined) return false;
  const { attributes } = item.the.plan.resource;
  const sent = Object.keys(saving.body).filter((name) => isPlain(saving.body[name]) && isPlain(row[name]) && row[name] !== undefined);
  const telling = sent.filter((name) => attributes[name]?.unique);
  return (telling.length > 0 ? telling : sent).every((name) => same(saving.body[name], row[name]));
}

const isPlain = (value: unknown): boolean => typeof value !== 'object' && value !== '';

/** The store may spell a value in its own way: `"5"`, `5`, `5.0000`; emails in lower case. */
function same(a: unknown, b: unknown): boolean {
  if (String(a).toLowerCase() === String(b).toLowerCase()) return true;
  return a !== '' && b !== '' && !Number.isNaN(Number(a)) && Number(a) === Number(b);
}

function errorsOf(body: unknown): ReturnType<typeof fieldErrors> {
  const errors = (body as { errors?: unknown } | null)?.errors;
  const inner = isRow(errors) && isRow(errors['errors']) ? errors : { errors };
  return fieldErrors(inner);
}

function missing(request: Pick<RequestDescription, 'method' | 'version' | 'path'>, { saving }: Ready): UncertainOutcomeError {
  return new UncertainOutcomeError(
    `${request.method} ${addressOf(request)} succeeded, and its answer has no row for this record: it may have been ${saving.isCreating ? 'created' : 'changed'}; look before you repeat it.`,
    { method: request.method, path: addressOf(request), sent: 'yes', phase: 'body' },
  );
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

const hasStatus = (row: Row): boolean =>
  typeof row['status'] === 'number' && ('data' in row || 'errors' in row || 'error' in row || 'title' in row);

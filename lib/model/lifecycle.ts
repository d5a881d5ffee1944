import { fromHere } from '../errors/call-site.js';
import { StaleRecordError } from '../errors/stale-record-error.js';
import { ValidationError } from '../errors/validation-error.js';
import { deletion } from '../query/deletion.js';
import { findOne, findSingle } from '../query/find.js';
import { hasKey, hasValidKey, isSameKey, keyDue, rowOf, unexpected } from '../query/rows.js';
import type { Row, Saveable } from '../query/scope.js';
import type { HasManyRelation } from '../relations/has-many.js';
import { copyJson } from '../schema/wire.js';
import { type Answer, type CallOptions, callOf, freshCallOf, type RequestDescription, type SaveOptions } from '../transport/request.js';
import { ownError, placed } from './bulk-narrowing.js';
import { replace, storedOtherwise, storedValue, type Tracked } from './changes.js';
import { findKey } from './inline-children.js';
import { tracked } from './internals.js';
import { createReconciled, isUncertain } from './reconcile.js';
import { isEmptyKey, placeBelow } from './related.js';
import {
  announce,
  assertAlive,
  complete,
  completeDestroy,
  identityOf,
  prepare,
  prepareDestroy,
  recordScope,
  refuse,
  type Saving,
  savedKey,
  saveRequest,
  sessionOfRecord,
} from './saving.js';
import { afterLoad } from './scope.js';
import { asPartOfTurn, inTurn } from './turns.js';

/** Saves a record; saves, reloads and destroys of one record run one after the other. */
export const save = (record: object, options: SaveOptions): Promise<void> => inItsTurn(record, () => saveNow(tracked(record), options));

/** Deletes a record on the store. */
export const destroy = (record: object, options: CallOptions): Promise<void> =>
  inItsTurn(record, () => destroyNow(tracked(record), options));

/** Reads a record again; unsaved changes and loaded relations are dropped. */
export const reload = (record: object, options: CallOptions): Promise<void> => inItsTurn(record, () => reloadNow(tracked(record), options));

/** The turn is a queue: the line of the program that called is kept for the error of a call that has waited in it. */
const inItsTurn = (record: object, work: () => Promise<void>): Promise<void> => fromHere(() => inTurn([record], work));

async function saveNow(the: Tracked, options: SaveOptions): Promise<void> {
  const saving = await prepare(the);
  if (options.ifUnchanged && !saving.isCreating && !saving.isEmpty && !takeLock(the, saving)) await assertUnchanged(the, saving, options);
  const row = saving.isEmpty ? undefined : await sendOrFind(the, saving, options);
  complete(the, saving, row);
  const refused = await createRelated(the, saving, options);
  // The record itself is saved, whatever became of its children.
  await announce(the, saving);
  if (refused !== undefined) throw refused.error;
}

/** Creates the pending children of a saved record, up to the first that fails; that one and the rest stay pending. */
async function createRelated(the: Tracked, saving: Saving, options: CallOptions): Promise<{ error: unknown } | undefined> {
  for (const { relation, by, records } of saving.after) {
    try {
      for (const child of records) {
        placeBelow(the.record, child, by);
        await asPartOfTurn(the.record, () => saveChild(relation, child, options));
      }
    } catch (error) {
      return { error };
    } finally {
      relation.settle(saving.isCreating);
    }
  }
  return undefined;
}

async function saveChild(relation: HasManyRelation<object>, child: object & Saveable, options: CallOptions): Promise<void> {
  try {
    await child.save(callOf(options));
  } catch (error) {
    if (isUncertain(error)) relation.setUncertain(child);
    throw error;
  }
}

async function destroyNow(the: Tracked, options: CallOptions): Promise<void> {
  await prepareDestroy(the);
  const { state } = the;
  if (!state.isNew)
    await sessionOfRecord(the).send({
      ...deletion(recordScope(the), the.plan.resource.addressing === 'single' ? '' : savedKey(the), identityOf(the)),
      ...callOf(options),
    });
  await completeDestroy(the);
}

async function reloadNow(the: Tracked, options: CallOptions): Promise<void> {
  assertAlive(the, 'reloaded');
  if (the.state.isNew)
    throw new StaleRecordError(`This ${the.plan.resource.name} was never saved: there is nothing to reload. Nothing was sent.`);
  await findKey(the);
  const row = await readAgain(the, options);
  replace(the, row);
  afterLoad(the.record, the.plan);
  await the.state.loading;
}

/** The record as the store has it now. */
async function readAgain(the: Tracked, options: CallOptions): Promise<Row> {
  const context = { scope: recordScope(the), filters: {}, params: {}, ...freshCallOf(options) };
  return the.plan.resource.addressing === 'single' ? findSingle(context) : findOne(context, savedKey(the));
}

/** Sends along the state that the change is meant for, where the API checks that itself: it answers 409 when it has another. */
export function takeLock(the: Tracked, saving: Saving): boolean {
  const { lock } = the.plan.resource;
  const version = lock === undefined ? undefined : storedValue(the, lock);
  if (lock === undefined || version === undefined || version === null) return false;
  saving.body[lock] = version;
  return true;
}

/** @throws StaleRecordError when a field that is to be sent is not on the store any more what it was when it was read */
async function assertUnchanged(the: Tracked, saving: Saving, options: CallOptions): Promise<void> {
  assertSame(the, saving, await readAgain(the, options));
}

/** @throws StaleRecordError when a field that is to be sent is not the same in `now`, the record as the store has it */
export function assertSame(the: Tracked, saving: Saving, now: Row): void {
  const conflicts = storedOtherwise(the, Object.keys(saving.body), now).map(
    (name) => [name, [storedValue(the, name), copyJson(now[name])] as const] as const,
  );
  if (conflicts.length === 0) return;
  throw new StaleRecordError(
    `This ${the.plan.resource.name} was changed by somebody else since it was read: ${conflicts.map(([name]) => name).join(', ')}. reload() it, then decide. Nothing was sent.`,
    Object.fromEntries(conflicts),
  );
}

const sendOrFind = (the: Tracked, saving: Saving, options: SaveOptions): Promise<Row | undefined> =>
  options.reconcile && saving.isCreating
    ? createReconciled(the, saving, options, () => send(the, saving, options))
    : send(the, saving, options);

/**
 * Checks that the answer to a save is about this record: a new one has its key now, another one still has it. Where the API is
 * documented to answer without the record, it need not be there.
 *
 * @throws ParseError, UncertainOutcomeError
 */
function assertAnswered(the: Tracked, saving: Saving, request: RequestDescription, answer: Answer, row: Row | undefined): void {
  const { resource } = the.plan;
  const key = keyDue(resource);
  if (key === undefined) return;
  if (!saving.isCreating) {
    const isMeant = !hasKey(row, key) || isSameKey(row?.[key], savedKey(the)) || isSameKey(row?.[key], saving.body[key]);
    if (!isMeant) throw unexpected(request, answer, `the ${resource.name} with ${key} ${savedKey(the)}`, row, 'another one');
    return;
  }
  if (
    (hasValidKey(row, key) && !isEmptyKey(row?.[key])) ||
    hasKey(saving.body, key) ||
    resource.omitsListRows ||
    resource.statuses.create === 204
  )
    return;
  throw unexpected(request, answer, `the new ${resource.name} with its ${key}`, row, row === undefined ? 'an empty body' : 'one without');
}

/** Sends a body; where the API takes lists only, a list of one. */
async function send(the: Tracked, saving: Saving, options: CallOptions): Promise<Row | undefined> {
  const request: RequestDescription = { ...saveRequest(the, saving), ...callOf(options) };
  try {
    const answer = await sessionOfRecord(the).send(request);
    const row = rowOf(request, answer);
    assertAnswered(the, saving, request, answer, row);
    return row;
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    const refusal = Array.isArray(request.body) ? refusalOfOne(error) : error;
    refuse(the, saving, refusal.errors);
    throw refusal;
  }
}

/** The refusal of a list of one, as it concerns the record: `0.email` is its email. */
function refusalOfOne(error: ValidationError): ValidationError {
  const own = placed(error.errors, 1, [])?.get(0);
  return own === undefined ? error : ownError(error, own);
}

import { ServerError } from '../errors/server-error.js';
import { StaleRecordError } from '../errors/stale-record-error.js';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.js';
import { ValidationError } from '../errors/validation-error.js';
import { deletion } from '../query/deletion.js';
import { findOne, findSingle } from '../query/find.js';
import { Query } from '../query/query.js';
import { hasKey, isSameKey, keyDue, rowOf, unexpected } from '../query/rows.js';
import type { Row, Saveable } from '../query/scope.js';
import type { HasManyRelation } from '../relations/has-many.js';
import { copyJson, sameJson } from '../schema/wire.js';
import { type Answer, type CallOptions, callOf, freshCallOf, type RequestDescription, type SaveOptions } from '../transport/request.js';
import { replace, type Tracked } from './changes.js';
import { tracked } from './internals.js';
import { placeBelow } from './related.js';
import {
  announce,
  assertAlive,
  complete,
  completeDestroy,
  identityOf,
  prepare,
  prepareDestroy,
  recordScope,
  type Saving,
  savedKey,
  saveRequest,
  sessionOfRecord,
} from './saving.js';
import { afterLoad } from './scope.js';

/** Saves a record; saves, reloads and destroys of one record run one after the other. */
export const save = (record: object, options: SaveOptions): Promise<void> => inTurn(record, () => saveNow(tracked(record), options));

/** Deletes a record on the store. */
export const destroy = (record: object, options: CallOptions): Promise<void> => inTurn(record, () => destroyNow(tracked(record), options));

/** Reads a record again; unsaved changes and loaded relations are dropped. */
export const reload = (record: object, options: CallOptions): Promise<void> => inTurn(record, () => reloadNow(tracked(record), options));

/** Waits until nothing else is under way for a record, and keeps others waiting until the returned function is called. */
export async function takeTurn({ state }: Tracked): Promise<() => void> {
  const before = state.queue;
  let release = (): void => {};
  const mine = new Promise<void>((resolve) => (release = resolve));
  const queue = before === undefined ? mine : before.then(() => mine);
  state.queue = queue;
  await before;
  return () => {
    release();
    if (state.queue === queue) state.queue = undefined;
  };
}

async function inTurn(record: object, work: () => Promise<void>): Promise<void> {
  const the = tracked(record);
  const done = await takeTurn(the);
  try {
    await work();
  } finally {
    done();
  }
}

async function saveNow(the: Tracked, options: SaveOptions): Promise<void> {
  const saving = await prepare(the);
  if (options.ifUnchanged && !saving.isCreating && !saving.isEmpty && !takeLock(the, saving)) await assertUnchanged(the, saving, options);
  const row = saving.isEmpty ? undefined : await sendOrFind(the, saving, options);
  complete(the, saving, row);
  for (const { relation, by } of saving.after) await createRelated(the.record, relation, by, options);
  await announce(the, saving);
}

async function createRelated(
  parent: object,
  relation: HasManyRelation<object>,
  by: string | undefined,
  options: CallOptions,
): Promise<void> {
  const children = relation.take();
  const created: (object & Saveable)[] = [];
  try {
    for (const child of children) {
      placeBelow(parent, child, by);
      await child.save(options);
      created.push(child);
    }
  } finally {
    relation.settle(created, children.slice(created.length));
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
  const row = await readAgain(the, options);
  replace(the, row);
  afterLoad(the.record);
  await the.state.loading;
}

/** The record as the store has it now. */
async function readAgain(the: Tracked, options: CallOptions): Promise<Row> {
  const context = { scope: recordScope(the), filters: {}, params: {}, ...freshCallOf(options) };
  return the.plan.resource.addressing === 'single' ? findSingle(context) : findOne(context, savedKey(the));
}

/** Sends along the state that the change is meant for, where the API checks that itself: it answers 409 when it has another. */
function takeLock({ state, plan }: Tracked, saving: Saving): boolean {
  const { lock } = plan.resource;
  const version = lock === undefined ? undefined : state.baseline?.[lock];
  if (lock === undefined || version === undefined || version === null) return false;
  saving.body[lock] = version;
  return true;
}

/** @throws StaleRecordError when a field that is to be sent is not on the store any more what it was when it was read */
async function assertUnchanged(the: Tracked, saving: Saving, options: CallOptions): Promise<void> {
  const now = await readAgain(the, options);
  const read = the.state.baseline ?? {};
  const conflicts = Object.keys(saving.body)
    .filter((name) => Object.hasOwn(read, name) && !sameJson(read[name], now[name]))
    .map((name) => [name, [copyJson(read[name]), copyJson(now[name])] as const] as const);
  if (conflicts.length === 0) return;
  throw new StaleRecordError(
    `This ${the.plan.resource.name} was changed by somebody else since it was read: ${conflicts.map(([name]) => name).join(', ')}. reload() it, then decide. Nothing was sent.`,
    Object.fromEntries(conflicts),
  );
}

/** Creates once more, at the most, where the answer to the first was lost and no such record is to be found. */
async function sendOrFind(the: Tracked, saving: Saving, options: SaveOptions): Promise<Row | undefined> {
  try {
    return await send(the, saving, options);
  } catch (error) {
    if (!options.reconcile || !saving.isCreating || !isUncertain(error)) throw error;
    const found = await findCreated(the, saving, options, error);
    return found ?? send(the, saving, options);
  }
}

const isUncertain = (error: unknown): boolean =>
  error instanceof UncertainOutcomeError || (error instanceof ServerError && error.isUncertain);

/** The record that has what only one can have of what was sent. @throws the error itself where nothing tells it from others */
async function findCreated(the: Tracked, saving: Saving, options: CallOptions, error: unknown): Promise<Row | undefined> {
  const { resource } = the.plan;
  const telling = Object.values(resource.attributes).filter(
    ({ name, unique }) => unique && typeof saving.body[name] === 'string' && saving.body[name] !== '',
  );
  const scope = recordScope(the);
  for (const { name } of telling) {
    const where = { [name]: saving.body[name] };
    let query: Query<object>;
    try {
      query = new Query<object>(scope).where(where as never);
    } catch {
      continue;
    }
    const found = await query.first(freshCallOf(options));
    return found === null ? undefined : (tracked(found).state.baseline as Row);
  }
  throw error;
}

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
  if (hasKey(row, key) || hasKey(saving.body, key) || resource.silentLists || resource.statuses.create === 204) return;
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
    if (error instanceof ValidationError) the.state.fieldErrors = error.errors;
    throw error;
  }
}

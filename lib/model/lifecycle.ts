import { StaleRecordError } from '../errors/stale-record-error.js';
import { ValidationError } from '../errors/validation-error.js';
import { deletion } from '../query/collection.js';
import { findOne } from '../query/find.js';
import { rowOf } from '../query/rows.js';
import { assertOperation, collectionPath, memberPath, type Row, type Saveable, type Scope } from '../query/scope.js';
import { HasManyRelation } from '../relations/has-many.js';
import type { HookName } from '../schema/declaration.js';
import { currentSession } from '../session/current.js';
import type { Session } from '../session/session.js';
import { checkKey, type Key } from '../transport/path.js';
import type { CallOptions, RequestDescription } from '../transport/request.js';
import { accept, bodyOf, changedSlots, changesOf, replace, slotsOf, type Tracked } from './changes.js';
import { tracked } from './internals.js';
import { keyOf, paramsOf, placeBelow } from './related.js';
import { afterLoad, scopeOf } from './scope.js';
import { validate } from './validation.js';

/** Saves a record; saves, reloads and destroys of one record run one after the other. */
export const save = (record: object, options: CallOptions): Promise<void> => inTurn(record, () => saveNow(tracked(record), options));

/** Deletes a record on the store. */
export const destroy = (record: object, options: CallOptions): Promise<void> => inTurn(record, () => destroyNow(tracked(record), options));

/** Reads a record again; unsaved changes and loaded relations are dropped. */
export const reload = (record: object, options: CallOptions): Promise<void> => inTurn(record, () => reloadNow(tracked(record), options));

/** The session of a record: its own, or, for a new record, the current one, which it then keeps. */
export function sessionOfRecord({ state }: Tracked): Session {
  return (state.session ??= currentSession());
}

function inTurn(record: object, work: () => Promise<void>): Promise<void> {
  const { state } = tracked(record);
  const before = state.queue;
  const run = before === undefined ? work() : before.then(work);
  const settled = run
    .catch(() => {})
    .finally(() => {
      if (state.queue === settled) state.queue = undefined;
    });
  state.queue = settled;
  return run;
}

async function saveNow(the: Tracked, options: CallOptions): Promise<void> {
  assertAlive(the, 'saved');
  const { state, plan } = the;
  await state.loading;
  const creating = state.isNew;
  assertOperation(plan.resource, creating ? 'create' : 'update');
  await runHooks(the, 'beforeSave', creating ? 'beforeCreate' : 'beforeUpdate');
  await validate(the);
  const changes = changesOf(the);
  if (creating) await create(the, options);
  else await update(the, options);
  state.previousChanges = changes;
  state.fieldErrors = {};
  await runHooks(the, creating ? 'afterCreate' : 'afterUpdate', 'afterSave');
}

async function create(the: Tracked, options: CallOptions): Promise<void> {
  const { state } = the;
  const related = relatedOf(the);
  const body = bodyOf(the, slotsOf(the));
  for (const { property, records } of related.inline)
    body[property] = records.map((child) => bodyOf(tracked(child), slotsOf(tracked(child))));
  const row = await send(the, 'POST', collectionPath(recordScope(the)), body, options);
  accept(the, withoutRelations(the, body), row);
  state.given = {};
  for (const { relation, property } of related.inline) {
    relation.take();
    if (!state.embedded?.has(property)) state.relations?.delete(property);
  }
  for (const { relation, by } of related.after) await createRelated(the.record, relation, by, options);
}

/** What belongs to a new record: sent inside its body, or created after it. */
function relatedOf({ state, plan }: Tracked) {
  const inline: { property: string; relation: HasManyRelation<object>; records: readonly object[] }[] = [];
  const after: { relation: HasManyRelation<object>; by: string | undefined }[] = [];
  for (const [property, relation] of state.relations ?? []) {
    if (!(relation instanceof HasManyRelation) || relation.loaded === undefined) continue;
    if (plan.relations.get(property)?.inline) inline.push({ property, relation, records: relation.loaded });
    else after.push({ relation, by: plan.relations.get(property)?.by });
  }
  return { inline, after };
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
    if (created.length === children.length) relation.keep(created);
    else relation.putBack(children.slice(created.length));
  }
}

async function update(the: Tracked, options: CallOptions): Promise<void> {
  const { plan } = the;
  const changed = changedSlots(the);
  const body = bodyOf(the, changed);
  if (Object.keys(body).length === 0) return;
  const whole = plan.resource.replaces ? bodyOf(the, slotsOf(the)) : body;
  const key = savedKey(the);
  const scope = recordScope(the);
  const byList = plan.resource.addressing === 'filter';
  const row = await send(
    the,
    'PUT',
    byList ? collectionPath(scope) : memberPath(scope, key),
    byList ? { [plan.resource.key]: key, ...whole } : whole,
    options,
  );
  accept(the, whole, row);
}

async function destroyNow(the: Tracked, options: CallOptions): Promise<void> {
  assertAlive(the, 'destroyed');
  const { state, plan } = the;
  if (!state.isNew) assertOperation(plan.resource, 'delete');
  await runHooks(the, 'beforeDestroy');
  if (!state.isNew) await sessionOfRecord(the).send({ ...deletion(recordScope(the), savedKey(the)), signal: options.signal });
  state.isDestroyed = true;
  await runHooks(the, 'afterDestroy');
}

async function reloadNow(the: Tracked, options: CallOptions): Promise<void> {
  assertAlive(the, 'reloaded');
  if (the.state.isNew)
    throw new StaleRecordError(`This ${the.plan.resource.name} was never saved: there is nothing to reload. Nothing was sent.`);
  const row = await findOne({ scope: recordScope(the), filters: {}, params: {}, ...options }, savedKey(the));
  replace(the, row);
  afterLoad(the.record);
  await the.state.loading;
}

/** Sends a body; where the API takes lists only, a list of one. */
async function send(the: Tracked, method: 'POST' | 'PUT', path: string, body: Row, { signal }: CallOptions): Promise<Row | undefined> {
  const { state, plan } = the;
  const listed = plan.resource.addressing === 'filter';
  const request: RequestDescription = { method, version: plan.resource.version, path, query: {}, body: listed ? [body] : body, signal };
  try {
    return rowOf(request, await sessionOfRecord(the).send(request));
  } catch (error) {
    if (error instanceof ValidationError) state.fieldErrors = error.errors;
    throw error;
  }
}

/** The scope that a record's own requests live in. */
export function recordScope(the: Tracked): Scope<object> {
  return { ...scopeOf(the.record.constructor as never), params: paramsOf(the.record), session: sessionOfRecord(the) };
}

/** The key under which the store knows the record, whatever the program has put into the attribute since. */
function savedKey({ record, state, plan }: Tracked): Key {
  return checkKey(state.baseline?.[plan.resource.key] ?? keyOf(record), `The ${plan.resource.key} of this ${plan.resource.name}`);
}

function assertAlive({ state, plan }: Tracked, what: string): void {
  if (state.isDestroyed)
    throw new StaleRecordError(
      `This ${plan.resource.name} was destroyed; it cannot be ${what} any more. clone() makes a new one of it. Nothing was sent.`,
    );
}

async function runHooks({ record, plan }: Tracked, ...moments: HookName[]): Promise<void> {
  for (const moment of moments) for (const hook of plan.hooks(moment)) await hook.call(record);
}

function withoutRelations({ plan }: Tracked, body: Row): Row {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !plan.relations.has(name)));
}

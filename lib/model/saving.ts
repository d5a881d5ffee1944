import { AfterHookError } from '../errors/after-hook-error.js';
import type { FieldErrors } from '../errors/field-errors.js';
import { StaleRecordError } from '../errors/stale-record-error.js';
import type { Identity } from '../query/deletion.js';
import { assertOperation, collectionPath, memberPath, type Row, type Scope } from '../query/scope.js';
import type { HookName } from '../schema/declaration.js';
import { propertyName } from '../schema/names.js';
import { currentSession } from '../session/current.js';
import { reasonOf } from '../session/harmlessly.js';
import type { Session } from '../session/session.js';
import { checkKey, type Key } from '../transport/path.js';
import type { RequestDescription } from '../transport/request.js';
import { accept, bodyOf, changedSlots, changesOf, slotsOf, storedValue, type Tracked } from './changes.js';
import { findKey, type InlineChildren, inlineChildren, refuseInline, relationsInUse, settleInline } from './inline-children.js';
import { type PendingChildren, pendingChildren } from './pending.js';
import { assertWritable } from './readonly.js';
import { keyOf, paramsOf } from './related.js';
import { scopeOf } from './scope.js';
import type { Slot } from './slot.js';
import type { Changes } from './state.js';
import { asPartOfTurn } from './turns.js';
import { validate } from './validation.js';

/** A save that is prepared: hooks and checks have passed, the body is written. */
export interface Saving {
  readonly isCreating: boolean;
  readonly changes: Changes;
  /** What is sent of the record itself. */
  readonly body: Row;
  /** Nothing is to be sent. */
  readonly isEmpty: boolean;
  /** Related records that go into the body. */
  readonly inline: readonly InlineChildren[];
  /** Related records that are created after it. */
  readonly after: readonly PendingChildren[];
}

/** The session of a record: its own, or, for a new record, the current one, which it then keeps. */
export function sessionOfRecord({ state }: Tracked): Session {
  return (state.session ??= currentSession());
}

/** Runs the before-hooks and checks, and writes the body. @throws StaleRecordError, ValidationError, UnsupportedOperationError */
export async function prepare(the: Tracked, withHooks = true): Promise<Saving> {
  assertAlive(the, 'saved');
  const { state, plan } = the;
  await state.loading;
  const isCreating = state.isNew;
  if (!isCreating) await findKey(the);
  const pending = isCreating ? [] : pendingChildren(the);
  if (pending.length === 0 || changedSlots(the).length > 0) assertOperation(plan.resource, isCreating ? 'create' : 'update');
  assertWritable(the);
  if (withHooks) {
    await runHooks(the, 'beforeSave', isCreating ? 'beforeCreate' : 'beforeUpdate');
    await asPartOfTurn(the.record, () => validate(the));
    assertWritable(the);
  }
  const slots = changedSlots(the);
  const changed = bodyOf(the, slots);
  const isEmpty = !isCreating && Object.keys(changed).length === 0;
  const body = isCreating || isEmpty ? changed : { ...bodyOf(the, demandedSlots(the)), ...changed };
  return {
    isCreating,
    changes: changesOf(the, slots),
    body: plan.resource.replaces && !isCreating && !isEmpty ? bodyOf(the, slotsOf(the)) : body,
    isEmpty,
    ...(isCreating ? relatedOf(the) : { inline: [], after: pending }),
  };
}

/** Attributes that go along with every update. */
const demandedSlots = ({ plan }: Tracked): Slot[] =>
  plan.resource.alwaysSend.map((name) => plan.slot(name)).filter((slot) => slot !== null);

/** What belongs to a new record: sent inside its body, or created after it. */
function relatedOf(the: Tracked): Pick<Saving, 'inline' | 'after'> {
  const inline: InlineChildren[] = [];
  const after: PendingChildren[] = [];
  for (const children of pendingChildren(the)) {
    if (the.plan.relations.get(children.property)?.inline) inline.push(inlineChildren(children));
    else after.push(children);
  }
  return { inline, after };
}

/** The body of a save, with the related records that go into it. */
function wholeBody({ body, inline }: Saving): Row {
  const whole = { ...body };
  for (const { property, bodies } of inline) whole[property] = bodies;
  return whole;
}

/** The body of one entry of a list: it carries what names its record. */
export function listedBody(the: Tracked, saving: Saving): Row {
  const { plan } = the;
  if (saving.isCreating) return wholeBody(saving);
  return { [plan.resource.key]: savedKey(the), ...identityOf(the), ...saving.body };
}

/** The request that saves one record; where the API takes lists only, a list of one. */
export function saveRequest(the: Tracked, saving: Saving): Omit<RequestDescription, 'signal'> {
  const { resource } = the.plan;
  const scope = recordScope(the);
  const listed = resource.batchOnly.includes(saving.isCreating ? 'create' : 'update');
  const path = saving.isCreating || listed || resource.addressing !== 'path' ? collectionPath(scope) : memberPath(scope, savedKey(the));
  const body = listed ? [listedBody(the, saving)] : wholeBody(saving);
  return { method: saving.isCreating ? 'POST' : 'PUT', version: resource.version, path, query: {}, body };
}

/** Takes the answer to a save. @throws BigRecordError where a cast of the program cannot read it: the record is saved */
export function complete(the: Tracked, { body, inline, changes }: Saving, row: Row | undefined): void {
  const { state } = the;
  const keepRelations = relationsInUse(the);
  try {
    if (state.isNew || Object.keys(body).length > 0) accept(the, body, row);
  } finally {
    state.given = {};
    for (const children of inline) settleInline(the, children);
    keepRelations();
    state.previousChanges = changes;
    state.fieldErrors = {};
  }
}

/** Notes why the store refused a save: on the record, and on the related records that were sent inside it. */
export function refuse({ state }: Tracked, { inline }: Saving, errors: FieldErrors): void {
  state.fieldErrors = errors;
  for (const children of inline) refuseInline(children, errors);
}

/** Runs the after-hooks. @throws AfterHookError: the record is saved */
export async function announce(the: Tracked, { isCreating }: Saving): Promise<void> {
  await runHooks(the, isCreating ? 'afterCreate' : 'afterUpdate', 'afterSave');
}

/** Runs the before-hooks of a deletion. @throws StaleRecordError, UnsupportedOperationError */
export async function prepareDestroy(the: Tracked): Promise<void> {
  assertAlive(the, 'destroyed');
  if (!the.state.isNew) await findKey(the);
  if (!the.state.isNew) assertOperation(the.plan.resource, 'delete');
  await runHooks(the, 'beforeDestroy');
}

export async function completeDestroy(the: Tracked): Promise<void> {
  the.state.isDestroyed = true;
  await runHooks(the, 'afterDestroy');
}

/** The scope that a record's own requests live in. */
export function recordScope(the: Tracked): Scope<object> {
  return scopeOf(the.record.constructor as never, paramsOf(the.record), sessionOfRecord(the));
}

/** The key under which the store knows the record, whatever the program has put into the attribute since. */
export function savedKey(the: Tracked): Key {
  const { key, name } = the.plan.resource;
  return checkKey(storedValue(the, key) ?? keyOf(the.record), `The ${key} of this ${name}`);
}

/** What, besides the key, tells the record from others. */
export function identityOf(the: Tracked): Identity {
  const { resource } = the.plan;
  const known = resource.identity.map(
    (name) => [name, storedValue(the, name) ?? (the.record as Row)[propertyName(resource, name)]] as const,
  );
  return Object.fromEntries(known.filter(([, value]) => value !== undefined && value !== null)) as Identity;
}

export function assertAlive({ state, plan }: Tracked, what: string): void {
  if (state.isDestroyed)
    throw new StaleRecordError(
      `This ${plan.resource.name} was destroyed; it cannot be ${what} any more. clone() makes a new one of it. Nothing was sent.`,
    );
}

async function runHooks(the: Tracked, ...moments: HookName[]): Promise<void> {
  const { record, plan } = the;
  for (const moment of moments)
    for (const hook of plan.hooks(moment)) {
      try {
        await asPartOfTurn(record, () => hook.call(record));
      } catch (error) {
        throw moment.startsWith('after') ? afterHookError(the, moment, error) : error;
      }
    }
}

function afterHookError({ record, plan }: Tracked, moment: HookName, error: unknown): AfterHookError {
  const done = { afterCreate: 'created', afterDestroy: 'destroyed' }[moment as string] ?? 'saved';
  const key = keyOf(record);
  const name = `${plan.resource.name}${key === undefined || key === null ? '' : ` ${String(key)}`}`;
  return new AfterHookError(`${name} was ${done}; then one of its ${moment} hooks threw: ${reasonOf(error)}`, record, moment, error);
}

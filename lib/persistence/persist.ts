import { addCallSite, CallSite, fromHere } from '../errors/call-site.js';
import { StaleRecordError } from '../errors/stale-record-error.js';
import { ValidationError } from '../errors/validation-error.js';
import { deleteRequest } from '../query/deletions.js';
import { findOne, findSingle } from '../query/find.js';
import { hasKey, hasValidKey, isSameKey, requiredKey, rowIfAny, rowOf, unexpected } from '../query/parse-rows.js';
import { assertOperation, type Row } from '../query/scope.js';
import { replaceRow } from '../record/accept-response.js';
import { storedOtherwise, storedValue } from '../record/attribute-values.js';
import { runAfterLoad } from '../record/instantiate.js';
import { inTurn, runInTurn } from '../record/operation-queue.js';
import { addressKey, identityOf, isEmptyKey, savedKey, scopeOfRecord, sessionOfRecord } from '../record/record-address.js';
import { ownRareState, type RecordContext } from '../record/record-context.js';
import { placeBelow } from '../record/related-scope.js';
import { copyJson } from '../schema/wire.js';
import { knownSession } from '../session/current.js';
import {
  type ApiResponse,
  type CallOptions,
  callOf,
  freshCallOf,
  type GivenParams,
  NO_QUERY,
  type QueryParams,
  type RequestDescription,
  type SaveOptions,
} from '../transport/request.js';
import { queryOfCall } from './call-params.js';
import { findKey } from './find-key.js';
import { runAfterHooks, runBeforeHooks } from './hooks.js';
import { omittedDuplicate } from './omitted-duplicate.js';
import { type ParentRoute, removalOf, routeOf, routeOfSave, sendingAlone } from './parent-route.js';
import { createReconciled, isUncertain } from './reconcile.js';
import { ownError, placeErrors } from './refused-entry.js';
import { assertAlive, completeSave, planSave, refuseSave, type SavePlan, saveRequest } from './save-plan.js';
import { findCreatedKeys } from './unknown-key.js';
import { hasValidations } from './validate.js';

/** Saves a record; saves, reloads and deletions of one record run one after the other. */
export async function saveRecord(context: RecordContext, options: SaveOptions & GivenParams = {}): Promise<void> {
  const place = new CallSite();
  try {
    await inTurn([context.record], () => saveInTurn(context, options));
  } catch (error) {
    throw addCallSite(error, place);
  }
}

/** Deletes a record from the store. */
export const destroyRecord = (context: RecordContext, options: CallOptions & GivenParams): Promise<void> =>
  inItsTurn(context, () => destroyNow(context, options));

/** Reads a record again. Drops unsaved changes and loaded relations. */
export const reloadRecord = (context: RecordContext, options: CallOptions & GivenParams): Promise<void> =>
  inItsTurn(context, () => reloadNow(context, options));

/** Runs work when the earlier operations on the record are done. Its errors include the caller's line, even after a wait. */
const inItsTurn = ({ record }: RecordContext, work: () => Promise<void>): Promise<void> => fromHere(() => inTurn([record], work));

/**
 * Saves a record that needs nothing but its own request once few enough saves of the session are prepared. Others go at once: their hooks
 * and children may wait for saves themselves.
 */
async function saveInTurn(context: RecordContext, options: SaveOptions & GivenParams): Promise<void> {
  const { metadata, rare } = context;
  const isPlain = metadata.hookNames.size === 0 && metadata.resource.through === undefined && rare.relations === undefined;
  const gate = isPlain && !hasValidations(context) ? (context.session ??= knownSession())?.lifetime.saves : undefined;
  if (gate === undefined) return saveNow(context, options);
  const turn = gate.enter('interactive', options.signal);
  if (turn !== undefined) await turn;
  try {
    await saveNow(context, options);
  } finally {
    gate.leave();
  }
}

async function saveNow(context: RecordContext, options: SaveOptions & GivenParams): Promise<void> {
  const params = options.params === undefined ? undefined : queryOfCall(context, context.isNew ? 'create' : 'update', options);
  const plan = await planSave(context);
  if (options.ifUnchanged && !plan.isCreating && !plan.isEmpty && !takeLock(context, plan))
    assertUnchanged(context, plan, await readAgain(context, options));
  let row: Row | undefined;
  if (options.reconcile && plan.isCreating)
    row = await createReconciled(context, plan, options, () => sendSave(context, plan, options, params));
  else if (!plan.isEmpty) row = await sendSave(context, plan, options, params);
  completeSave(context, plan, row);
  if (plan.isCreating) await findCreatedKeys([context], options);
  const refused = plan.after.length === 0 ? undefined : await createChildren(context, plan, options);
  // The record itself is saved, even if its children failed.
  if (context.metadata.hookNames.size > 0) await runSaveHooks(context, plan);
  if (refused !== undefined) throw refused.error;
}

/** Runs the after-hooks of a save. @throws AfterHookError if one throws; the record is saved */
export const runSaveHooks = (context: RecordContext, { isCreating }: SavePlan): Promise<void> =>
  runAfterHooks(context, isCreating ? 'afterCreate' : 'afterUpdate', 'afterSave');

/** Creates the pending children of a saved record. Stops at the first failure and returns it; that child and the rest stay pending. */
async function createChildren(parent: RecordContext, plan: SavePlan, options: CallOptions): Promise<{ error: unknown } | undefined> {
  for (const { cache, children } of plan.after) {
    for (const child of children) {
      try {
        placeBelow(parent, child, cache.relation.by);
        await runInTurn(parent.record, () => saveRecord(child, callOf(options)));
      } catch (error) {
        if (isUncertain(error)) cache.setUncertain(child);
        cache.acceptPending(plan.isCreating);
        return { error };
      }
    }
    cache.acceptPending(plan.isCreating);
  }
  return undefined;
}

async function destroyNow(context: RecordContext, options: CallOptions & GivenParams): Promise<void> {
  const params = queryOfCall(context, 'delete', options);
  await prepareDestroy(context);
  const route = context.isNew ? undefined : routeOf(context.metadata.resource, 'delete');
  if (route !== undefined) await route.delete(removalOf([context]), sendingAlone(sessionOfRecord(context), options));
  else if (!context.isNew) {
    const request = deleteRequest(scopeOfRecord(context), addressKey(context), identityOf(context));
    await sessionOfRecord(context).send({ ...request, query: { ...request.query, ...params }, ...callOf(options) });
  }
  await completeDestroy(context);
}

/** Checks that a record can be deleted, and runs its before-hooks. @throws StaleRecordError, UnsupportedOperationError */
export async function prepareDestroy(context: RecordContext): Promise<void> {
  assertAlive(context, 'destroyed');
  if (context.rare.createdInside !== undefined || context.rare.isKeyUnknown) await findKey(context);
  if (!context.isNew) assertOperation(context.metadata.resource, 'delete');
  await runBeforeHooks(context, 'beforeDestroy');
}

export async function completeDestroy(context: RecordContext): Promise<void> {
  ownRareState(context).isDestroyed = true;
  await runAfterHooks(context, 'afterDestroy');
}

async function reloadNow(context: RecordContext, options: CallOptions & GivenParams): Promise<void> {
  assertAlive(context, 'reloaded');
  if (context.isNew)
    throw new StaleRecordError(`This ${context.metadata.resource.name} was never saved: there is nothing to reload. Nothing was sent.`);
  await findKey(context);
  replaceRow(context, await readAgain(context, options, queryOfCall(context, 'get', options)));
  runAfterLoad(context);
  await context.rare.loading;
}

/** Reads the current row of a record. */
async function readAgain(context: RecordContext, options: CallOptions, params: QueryParams = NO_QUERY): Promise<Row> {
  const search = { scope: scopeOfRecord(context), filters: {}, params, ...freshCallOf(options) };
  return context.metadata.resource.addressing === 'single' ? findSingle(search) : findOne(search, savedKey(context));
}

/** Adds the version that the change is based on to the body, if the API checks it: it responds with 409 if the version has changed. */
export function takeLock(context: RecordContext, plan: SavePlan): boolean {
  const { lock } = context.metadata.resource;
  const version = lock === undefined ? undefined : storedValue(context, lock);
  if (lock === undefined || version === undefined || version === null) return false;
  plan.body[lock] = version;
  return true;
}

/** @throws StaleRecordError if a field to be sent differs in `now`, the row that the store has */
export function assertUnchanged(context: RecordContext, plan: SavePlan, now: Row): void {
  const conflicts = storedOtherwise(context, Object.keys(plan.body), now).map(
    (name) => [name, [storedValue(context, name), copyJson(now[name])] as const] as const,
  );
  if (conflicts.length === 0) return;
  throw new StaleRecordError(
    `This ${context.metadata.resource.name} was changed by somebody else since it was read: ${conflicts.map(([name]) => name).join(', ')}. Call reload() and apply your changes again. Nothing was sent.`,
    Object.fromEntries(conflicts),
  );
}

/** Sends the request of a save and parses the response. */
async function sendSave(
  context: RecordContext,
  plan: SavePlan,
  options: CallOptions,
  params: QueryParams | undefined,
): Promise<Row | undefined> {
  const { resource } = context.metadata;
  if (plan.edited.length > 0 || resource.through !== undefined) {
    const route = routeOfSave(context, plan);
    if (route !== undefined) return sendThroughParent(route, context, plan, options);
  }
  const { signal, retry, timeout, cache } = options;
  const request: RequestDescription = { ...saveRequest(context, plan, params), signal, retry, timeout, cache };
  try {
    const session = context.session ?? sessionOfRecord(context);
    const response = await session.send(request);
    const form = resource.responses[plan.isCreating ? 'create' : 'update'];
    if (form === 'none' || form === 'transaction') return undefined;
    if (resource.omitsDuplicates && rowIfAny(request, response) === undefined) throw omittedDuplicate(resource, request, response);
    const row = rowOf(request, response);
    if (plan.isCreating) assertCreated(context, plan, request, response, row);
    else if (resource.addressing !== 'path' || row?.[resource.key] !== savedKey(context))
      assertUpdated(context, plan, request, response, row);
    return row;
  } catch (error) {
    throw refusedSave(context, plan, request, error);
  }
}

/** Returns the error of a save for its caller. What the store refuses is noted at the attributes of the record. */
function refusedSave(context: RecordContext, plan: SavePlan, request: RequestDescription, error: unknown): unknown {
  if (!(error instanceof ValidationError)) return error;
  const refusal = Array.isArray(request.body) ? refusalOfOne(error) : error;
  refuseSave(context, plan, refusal.errors);
  return refusal;
}

/** Saves a child inside its parent, or a parent with its children. */
async function sendThroughParent(
  route: ParentRoute,
  context: RecordContext,
  plan: SavePlan,
  options: CallOptions,
): Promise<Row | undefined> {
  try {
    const rows = await route.save([{ context, plan }], sendingAlone(sessionOfRecord(context), options));
    return rows.get(context);
  } catch (error) {
    if (error instanceof ValidationError) refuseSave(context, plan, error.errors);
    throw error;
  }
}

/**
 * Checks that the response to a create names the new record, unless the API is documented to respond without it.
 *
 * @throws ParseError, UncertainOutcomeError
 */
function assertCreated({ metadata }: RecordContext, plan: SavePlan, request: RequestDescription, response: ApiResponse, row?: Row): void {
  const { resource } = metadata;
  const key = requiredKey(resource);
  if (key === undefined || (hasValidKey(row, key) && !isEmptyKey(row?.[key]))) return;
  if (hasKey(plan.body, key) || resource.omitsListRows || resource.statuses.create === 204) return;
  throw unexpected(request, response, `the new ${resource.name} with its ${key}`, row, row === undefined ? 'an empty body' : 'one without');
}

/**
 * Checks that the response to an update is not about another record. It need not name any. A key that follows from an attribute that
 * was sent may be new: that of a V2 video from its `url`.
 *
 * @throws ParseError
 */
function assertUpdated(context: RecordContext, plan: SavePlan, request: RequestDescription, response: ApiResponse, row?: Row): void {
  const { resource } = context.metadata;
  const key = requiredKey(resource);
  if (key === undefined || !hasKey(row, key)) return;
  if (isSameKey(row?.[key], savedKey(context)) || isSameKey(row?.[key], plan.body[key])) return;
  const source = resource.attributes[key]?.setBy;
  if (source !== undefined && Object.hasOwn(plan.body, source)) return;
  throw unexpected(request, response, `the ${resource.name} with ${key} ${savedKey(context)}`, row, 'another one');
}

/** The refusal of a list of one, as it concerns the record: `0.email` is its email. */
function refusalOfOne(error: ValidationError): ValidationError {
  const own = placeErrors(error.errors, 1, [])?.get(0);
  return own === undefined ? error : ownError(error, own);
}

import type { FieldErrors } from '../errors/field-errors.js';
import { StaleRecordError } from '../errors/stale-record-error.js';
import { assertOperation, checkRecordKey, collectionPath, type Row, scopeQuery } from '../query/scope.js';
import { createsByUpsert } from '../query/settable.js';
import { acceptResponse } from '../record/accept-response.js';
import { allAttributes } from '../record/attribute-values.js';
import { bodyOf, changedAttributes, changesOf, isChanged, sendable } from '../record/change-set.js';
import { HasManyCache } from '../record/has-many-cache.js';
import type { ModelAttribute } from '../record/model-attribute.js';
import { checkWritable } from '../record/read-only.js';
import { identityOf, paramsOf, savedKey } from '../record/record-address.js';
import {
  type Changes,
  NO_ERRORS,
  NO_INITIAL_ATTRIBUTES,
  NO_RARE_STATE,
  ownRareState,
  type RecordContext,
  setFieldErrors,
} from '../record/record-context.js';
import { placeOnStore } from '../record/related-scope.js';
import type { RelationDeclaration } from '../schema/declaration.js';
import { currentSession } from '../session/current.js';
import type { QueryParams, RequestDescription } from '../transport/request.js';
import { findKey } from './find-key.js';
import { runBeforeHooks } from './hooks.js';
import { completeInline, type InlineChildren, keepRelationsInUse, planInline, refuseInline } from './inline-children.js';
import { type EditedChildren, editedChildren, type LaterChildren, pendingChildren } from './pending-children.js';
import { hasValidations, validate } from './validate.js';

/** What a save will send, computed after its hooks and validations have passed. */
export interface SavePlan {
  readonly isCreating: boolean;
  readonly changes: Changes;
  /** The body, without children. */
  readonly body: Row;
  /** Whether there is nothing to send. */
  readonly isEmpty: boolean;
  /** Children that are sent inside the body. */
  readonly inline: readonly InlineChildren[];
  /** Children that the update of the record writes: see `ParentRoute`. */
  readonly edited: readonly EditedChildren[];
  /** Children that are created after the record. */
  readonly after: readonly LaterChildren[];
}

/**
 * Runs the before-hooks and validations, and plans what to send.
 *
 * @throws StaleRecordError, ValidationError, ReadonlyAttributeError, UnsupportedOperationError, ArgumentError
 */
export async function planSave(context: RecordContext, withHooks = true): Promise<SavePlan> {
  const unready = context.rare === NO_RARE_STATE ? undefined : prepare(context);
  if (unready !== undefined) await unready;
  const isCreating = context.isNew;
  const { metadata } = context;
  const { resource } = metadata;
  const changed = changedAttributes(context);
  if (!resource.operations.includes(isCreating ? 'create' : 'update')) assertSupported(context, changed);
  let sent = checkWritable(context, changed);
  // Without hooks and checks nothing is awaited here: what is sent is what the record holds when it is saved.
  if (withHooks && (metadata.hookNames.size > 0 || hasValidations(context))) {
    await runChecks(context);
    sent = checkWritable(context, changedAttributes(context));
  } else if (withHooks && context.rare.fieldErrors !== NO_ERRORS) setFieldErrors(context);
  const body = resource.replaces || resource.alwaysSend.length > 0 ? writeBody(context, sent) : bodyOf(context, sent);
  const plan = { isCreating, changes: changesOf(context, sent), body, isEmpty: !isCreating && Object.keys(body).length === 0 };
  return context.rare.relations === undefined ? { ...plan, ...NO_CHILDREN } : withChildren(context, plan);
}

/** Checks what few records have to be checked for. Returns what has to be awaited before the record is saved, if anything. */
function prepare(context: RecordContext): Promise<unknown> | undefined {
  const { isDestroyed, loading, createdInside, isKeyUnknown } = context.rare;
  if (isDestroyed) assertAlive(context, 'saved');
  if (createdInside === undefined && !(isKeyUnknown && isChanged(context))) return loading;
  return loading === undefined ? findKey(context) : loading.then(() => findKey(context));
}

/** @throws UnsupportedOperationError unless the save only creates children of a saved record */
function assertSupported(context: RecordContext, changed: readonly ModelAttribute[]): void {
  const { isNew, metadata, rare } = context;
  const hasPending = rare.relations !== undefined && pendingChildren(context).length > 0;
  if (isNew || !hasPending || sendable(changed).length > 0) assertOperation(metadata.resource, isNew ? 'create' : 'update');
}

async function runChecks(context: RecordContext): Promise<void> {
  await runBeforeHooks(context, 'beforeSave', context.isNew ? 'beforeCreate' : 'beforeUpdate');
  await validate(context);
}

/** Returns the changes, plus what the API requires in every update; every attribute if an update replaces the record. */
function writeBody(context: RecordContext, sent: readonly ModelAttribute[]): Row {
  const { resource } = context.metadata;
  const changes = bodyOf(context, sent);
  if (context.isNew || Object.keys(changes).length === 0) return changes;
  if (resource.replaces) return bodyOf(context, allAttributes(context));
  const required = resource.alwaysSend.map((name) => context.metadata.attribute(name)).filter((attribute) => attribute !== null);
  return { ...bodyOf(context, required), ...changes };
}

function withChildren(context: RecordContext, plan: Omit<SavePlan, 'inline' | 'edited' | 'after'>): SavePlan {
  const children = childrenOf(context);
  return { ...plan, ...children, isEmpty: plan.isEmpty && children.edited.length === 0 };
}

/** Returns the children to write with a record: those sent inside its body, those that its update writes, and those created after it. */
function childrenOf(context: RecordContext): Pick<SavePlan, 'inline' | 'edited' | 'after'> {
  const edited = editedChildren(context);
  const isEdited = new Set(edited.flatMap(({ children }) => children));
  for (const child of isEdited) placeOnStore(context, child);
  const inline: InlineChildren[] = [];
  const after: LaterChildren[] = [];
  for (const { cache, children: all } of pendingChildren(context)) {
    const children = isEdited.size === 0 ? all : all.filter((child) => !isEdited.has(child));
    for (const child of children) placeOnStore(context, child);
    if (context.isNew && isInline(cache.relation, children)) inline.push(planInline({ cache, children }));
    else if (cache instanceof HasManyCache && children.length > 0) after.push({ cache, children });
  }
  return { inline, edited, after };
}

/** Whether the request that creates a parent takes these children. */
const isInline = ({ inline }: RelationDeclaration, [child]: readonly RecordContext[]): boolean =>
  inline || child?.metadata.resource.through?.create === true;

const NO_CHILDREN: Pick<SavePlan, 'inline' | 'edited' | 'after'> = { inline: [], edited: [], after: [] };

/** Returns the body of a save, including inline children. */
function wholeBody({ body, inline }: SavePlan): Row {
  if (inline.length === 0) return body;
  const children = inline.map(({ cache: { relation }, bodies }) => [relation.property, relation.kind === 'hasMany' ? bodies : bodies[0]]);
  return { ...body, ...Object.fromEntries(children) };
}

/** Returns the entry of a record in a batch, including what identifies the record. */
export function entryBody(context: RecordContext, plan: SavePlan): Row {
  if (plan.isCreating) return wholeBody(plan);
  const { key, identity } = context.metadata.resource;
  return { [key]: savedKey(context), ...(identity.length > 0 && identityOf(context)), ...plan.body };
}

/** Returns the request that saves one record; a batch of one if the API takes batches only. */
export function saveRequest(context: RecordContext, plan: SavePlan, params?: QueryParams): Omit<RequestDescription, 'signal'> {
  const { resource, pathNames } = context.metadata;
  const { isCreating } = plan;
  const isListed = resource.batchOnly.includes(isCreating ? 'create' : 'update');
  const isMember = !isCreating && !isListed && resource.addressing === 'path';
  context.session ??= currentSession(); // a new record stays on the session that it is first saved on
  const collection = pathNames.length === 0 ? resource.path : collectionPath({ resource, params: paramsOf(context) });
  const path = isMember ? `${collection}/${encodeURIComponent(checkRecordKey(resource, savedKey(context)))}` : collection;
  const body = isListed ? [entryBody(context, plan)] : plan.inline.length === 0 ? plan.body : wholeBody(plan);
  const query = resource.scope.length === 0 ? (params ?? {}) : { ...scopeQuery({ resource, params: paramsOf(context) }), ...params };
  return { method: isCreating && !(isListed && createsByUpsert(resource)) ? 'POST' : 'PUT', version: resource.version, path, query, body };
}

/** Applies the response to a save. @throws BigRecordError if a cast of the program cannot read it; the record is saved */
export function completeSave(context: RecordContext, { body, inline, changes }: SavePlan, row: Row | undefined): void {
  const keep = context.rare.relations === undefined ? undefined : keepRelationsInUse(context);
  try {
    if (context.isNew || row !== undefined || Object.keys(body).length > 0) acceptResponse(context, body, row);
  } finally {
    const rare = ownRareState(context);
    rare.initialAttributes = NO_INITIAL_ATTRIBUTES;
    rare.previousChanges = changes;
    rare.fieldErrors = NO_ERRORS;
    for (const children of inline) completeInline(context, children);
    keep?.();
  }
}

/** Sets the errors of a refused save on the record, and on the children that were sent inside it. */
export function refuseSave(context: RecordContext, { inline }: SavePlan, errors: FieldErrors): void {
  setFieldErrors(context, errors);
  for (const children of inline) refuseInline(children, errors);
}

/** @throws StaleRecordError if the record was destroyed */
export function assertAlive({ rare, metadata }: RecordContext, what: string): void {
  if (!rare.isDestroyed) return;
  throw new StaleRecordError(
    `This ${metadata.resource.name} was destroyed and cannot be ${what} any more. Use clone() for a new record with its attributes. Nothing was sent.`,
  );
}

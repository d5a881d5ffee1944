import { ClientError } from '../errors/client-error.js';
import { type FieldErrors, fieldErrors } from '../errors/field-errors.js';
import { ValidationError } from '../errors/validation-error.js';
import { assertNarrowed, keysOf } from '../query/deletions.js';
import { isSameKey } from '../query/parse-rows.js';
import type { BoundScope, Row } from '../query/scope.js';
import { acceptResponse } from '../record/accept-response.js';
import { HasManyCache } from '../record/has-many-cache.js';
import { inTurn, runInTurn } from '../record/operation-queue.js';
import { ownerOf } from '../record/owner.js';
import { keyOf, savedKey, scopeOfRecord, sessionOfRecord } from '../record/record-address.js';
import { ownRareState, type RecordContext, setFieldErrors } from '../record/record-context.js';
import { placeBelow } from '../record/related-scope.js';
import { targetScope } from '../record/relations.js';
import type { UpdateMode } from '../schema/through.js';
import { copyJson } from '../schema/wire.js';
import type { ApiResponse, RequestDescription } from '../transport/request.js';
import { keepRelationsInUse, refuseInline } from './inline-children.js';
import { type AllRemoved, ParentRoute, type PlannedSave, type Removal, type Sending, sendingAlone } from './parent-route.js';
import {
  type ChildChange,
  type ChildList,
  inParentTurn,
  type ParentUpdate,
  parentRequest,
  placeOf,
  updateParent,
} from './parent-update.js';
import type { EditedChildren } from './pending-children.js';
import { isUncertain } from './reconcile.js';
import { ownError, placeErrors } from './refused-entry.js';
import { completeSave, planSave, saveRequest } from './save-plan.js';

type Request = Omit<RequestDescription, 'signal'>;

/** Statuses with which the store refuses what it was sent. */
const REFUSALS: ReadonlySet<number> = new Set([400, 409, 422]);

/** Children of one relation, as an update of their parent sends them. */
interface SentChildren {
  readonly edited: EditedChildren;
  readonly planned: readonly PlannedSave[];
  readonly list: ChildList;
}

/** Writes children inside their parents. */
export class ThroughParent extends ParentRoute {
  constructor(
    readonly create: boolean,
    readonly update: UpdateMode | undefined,
    readonly remove: Row | undefined,
  ) {
    super();
  }

  async save(planned: readonly PlannedSave[], sending: Sending): Promise<ReadonlyMap<RecordContext, Row>> {
    const [first] = planned;
    if (first === undefined) return new Map();
    return first.plan.edited.length > 0 ? this.#saveParent(first, sending) : this.#saveChildren(first, planned, sending);
  }

  async saveRequest(first: PlannedSave, planned: readonly PlannedSave[], sending: Sending): Promise<Request> {
    const { context, plan } = first;
    if (plan.edited.length === 0)
      return parentRequest({ body: {}, lists: [this.#listOf(scopeOfRecord(context), planned.map(changeOf))] }, sending);
    const update = updateOf(first, await sentChildren(first));
    return update === undefined ? saveRequest(context, plan) : parentRequest(update, sending);
  }

  async delete(removal: Removal, sending: Sending): Promise<ApiResponse> {
    const { scope, owner } = removal;
    const { response, row } = await inParentTurn(scope, sending.call, () => updateParent(this.#removalOf(removal), sending));
    refreshOwners([owner], scope, row);
    return response;
  }

  deleteRequest(removal: Removal, sending: Sending): Promise<Request> {
    return parentRequest(this.#removalOf(removal), sending);
  }

  deleteAll({ scope, owner, ...query }: AllRemoved): Promise<void> {
    const sending = sendingAlone(scope.session, query.options);
    return inParentTurn(scope, query.options, async () => {
      const update = await this.#allRemoved({ scope, ...query });
      if (update !== undefined) refreshOwners([owner], scope, (await updateParent(update, sending)).row);
    });
  }

  async deleteAllRequests(all: AllRemoved): Promise<Request[]> {
    const update = await this.#allRemoved(all);
    return update === undefined ? [] : [await parentRequest(update, sendingAlone(all.scope.session, all.options))];
  }

  async #allRemoved({ scope, state, options }: AllRemoved): Promise<ParentUpdate | undefined> {
    assertNarrowed(scope.resource, state, options.all, 'delete');
    if (this.update === 'replace' && Object.keys(state.filters).length === 0) return { body: {}, lists: [this.#listOf(scope, [], true)] };
    const keys = await keysOf(scope, state, options);
    return keys.length === 0 ? undefined : this.#removalOf({ scope, keys });
  }

  #listOf(scope: BoundScope, changes: readonly ChildChange[], isWhole = false): ChildList {
    return { scope, through: this, changes, isWhole };
  }

  #removalOf({ scope, keys }: Removal): ParentUpdate {
    return {
      body: {},
      lists: [
        this.#listOf(
          scope,
          keys.map((key) => ({ key, body: {}, isRemoved: true })),
        ),
      ],
    };
  }

  /** Saves children of one parent by an update of it. */
  async #saveChildren(first: PlannedSave, planned: readonly PlannedSave[], sending: Sending): Promise<ReadonlyMap<RecordContext, Row>> {
    const scope = scopeOfRecord(first.context);
    const changes = planned.map(changeOf);
    try {
      const update: ParentUpdate = { body: {}, lists: [this.#listOf(scope, changes)] };
      const { row, rows } = await inParentTurn(scope, sending.call, () => updateParent(update, sending));
      refreshOwners(
        planned.map(({ context }) => ownerOf(context.params)),
        scope,
        row,
      );
      for (const { context, plan } of planned) noteRemoval(context, plan.body);
      return rowsByContext(planned, changes, rows);
    } catch (error) {
      for (const { context } of planned) if (context.isNew && isUncertain(error)) setUncertain(context);
      throw planned.length === 1 ? refusalOfOne(error, first) : error;
    }
  }

  /** Saves a parent and its edited children by one update. Their turns are held, so that none is sent twice. */
  #saveParent(first: PlannedSave, sending: Sending): Promise<ReadonlyMap<RecordContext, Row>> {
    const { context, plan } = first;
    const records = plan.edited.flatMap(({ children }) => children.map(({ record }) => record));
    return runInTurn(context.record, () =>
      inTurn(records, async () => {
        const all = await sentChildren(first);
        const update = updateOf(first, all);
        const row = update === undefined ? undefined : await sendParent(all, update, sending);
        return new Map(row === undefined ? [] : [[context, row]]);
      }),
    );
  }
}

async function sentChildren({ context, plan }: PlannedSave): Promise<SentChildren[]> {
  const all: SentChildren[] = [];
  for (const edited of plan.edited) all.push(await sentOf(context, edited));
  return all;
}

/** Returns the update of a parent; `undefined` if its children were saved meanwhile and it has no changes of its own. */
function updateOf({ plan }: PlannedSave, all: readonly SentChildren[]): ParentUpdate | undefined {
  const [list, ...others] = all.map((each) => each.list);
  const isEmpty = Object.keys(plan.body).length === 0 && all.every(({ list: { changes, isWhole } }) => !isWhole && changes.length === 0);
  return list === undefined || isEmpty ? undefined : { body: plan.body, lists: [list, ...others] };
}

async function sendParent(all: readonly SentChildren[], update: ParentUpdate, sending: Sending): Promise<Row | undefined> {
  const [{ scope }] = update.lists;
  try {
    const { row, rows } = await inParentTurn(scope, sending.call, () => updateParent(update, sending));
    for (const children of all) completeEdited(children, rows);
    return row;
  } catch (error) {
    for (const { edited, planned } of all) {
      const children = planned.map((each) => each.context);
      if (isUncertain(error)) for (const child of children) if (child.isNew) setUncertain(child);
      if (isRefusal(error)) refuseInline({ cache: edited.cache, children }, fieldErrors(error.body));
    }
    throw error;
  }
}

/** Plans what an update of a parent sends of its children. @throws ReadonlyAttributeError, UnsupportedOperationError */
async function sentOf(parent: RecordContext, edited: EditedChildren): Promise<SentChildren> {
  const { cache, children, isWhole } = edited;
  const planned: PlannedSave[] = [];
  for (const context of children) {
    if (context.isNew) placeBelow(parent, context, cache.relation.by);
    const plan = await planSave(context, false);
    if (isWhole || !plan.isEmpty) planned.push({ context, plan });
  }
  const { resource, params } = cache instanceof HasManyCache ? cache.scope : targetScope(cache);
  const { update, remove } = resource.through ?? NOWHERE;
  const scope = { resource, params, session: sessionOfRecord(parent) };
  return { edited, planned, list: { scope, through: { update, remove }, changes: planned.map(changeOf), isWhole } };
}

const NOWHERE = { update: undefined, remove: undefined };

/** Returns the change that a save makes. The record of a singleton resource has no key. */
function changeOf({ context, plan }: PlannedSave): ChildChange {
  const isSingle = context.metadata.resource.addressing === 'single';
  return { key: plan.isCreating || isSingle ? undefined : savedKey(context), body: plan.body };
}

/** Marks edited children as saved, and lets the relation know of new ones. */
function completeEdited({ edited: { cache }, planned, list }: SentChildren, rows: ReadonlyMap<ChildChange, Row>): void {
  for (const [place, { context, plan }] of planned.entries()) {
    const change = list.changes[place];
    completeSave(context, plan, copyOf(change && rows.get(change)));
    noteRemoval(context, plan.body);
    if (plan.isCreating && keyOf(context) === undefined)
      ownRareState(context).createdInside = { parent: cache.parent, relation: cache.relation.property };
  }
  if (cache instanceof HasManyCache) cache.acceptEdited();
}

/** A merge that sets what removes a record has removed it: an order line with the quantity 0 is gone. */
function noteRemoval(context: RecordContext, body: Row): void {
  const remove = context.metadata.resource.through?.remove;
  if (remove !== undefined && !context.isNew && Object.entries(remove).every(([name, value]) => body[name] === value))
    ownRareState(context).isDestroyed = true;
}

const copyOf = (row: Row | undefined): Row | undefined => (row === undefined ? undefined : copyJson(row));

function rowsByContext(
  planned: readonly PlannedSave[],
  changes: readonly ChildChange[],
  rows: ReadonlyMap<ChildChange, Row>,
): Map<RecordContext, Row> {
  const found = new Map<RecordContext, Row>();
  for (const [place, { context }] of planned.entries()) {
    const change = changes[place];
    const row = change && rows.get(change);
    if (row !== undefined) found.set(context, row);
  }
  return found;
}

/** Updates parents that the program has, from the response to an update: its totals, for example. Changes of the program are kept. */
function refreshOwners(owners: readonly (RecordContext | undefined)[], scope: BoundScope, row: Row | undefined): void {
  for (const owner of new Set(owners)) {
    if (owner === undefined || row === undefined || owner.isNew || !isSameKey(row[owner.metadata.resource.key], keyOf(owner))) continue;
    const { [placeOf(scope).attribute]: _children, ...own } = copyJson(row);
    const keep = keepRelationsInUse(owner);
    try {
      acceptResponse(owner, {}, own);
    } catch {
      // A cast of the program cannot read the response. The children are saved all the same.
    } finally {
      keep();
    }
  }
}

/** Notes that a new child may exist, so that a save of its parent does not create it again. */
function setUncertain(child: RecordContext): void {
  for (const cache of ownerOf(child.params)?.rare.relations?.values() ?? []) if (cache instanceof HasManyCache) cache.setUncertain(child);
}

const isRefusal = (error: unknown): error is ClientError => error instanceof ClientError && REFUSALS.has(error.status);

/** Returns the error of a refused child, and sets its messages on the child: `products.0.quantity` is its quantity. */
function refusalOfOne(error: unknown, { context, plan }: PlannedSave): unknown {
  if (!isRefusal(error)) return error;
  const errors = fieldErrors(error.body);
  const own: FieldErrors | undefined = placeErrors(errors, 1, [plan.isCreating ? undefined : savedKey(context)])?.get(0);
  setFieldErrors(context, own ?? errors);
  return own !== undefined && error instanceof ValidationError ? ownError(error, own) : error;
}

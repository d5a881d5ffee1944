import { type FieldErrors, fieldErrors } from '../errors/field-errors.js';
import { ValidationError } from '../errors/validation-error.js';
import { assertNarrowed, keysOf } from '../query/deletions.js';
import { isSameKey } from '../query/parse-rows.js';
import type { BoundScope, Row } from '../query/scope.js';
import { acceptResponse } from '../record/accept-response.js';
import { ownerOf } from '../record/owner.js';
import { keyOf, savedKey, scopeOfRecord } from '../record/record-address.js';
import { ownRareState, type RecordContext, setFieldErrors } from '../record/record-context.js';
import type { UpdateMode } from '../schema/through.js';
import { copyJson } from '../schema/wire.js';
import type { ApiResponse, RequestDescription } from '../transport/request.js';
import { replacement } from './child-replacement.js';
import { keepRelationsInUse } from './inline-children.js';
import { type AllRemoved, type ChildRoute, type PlannedSave, type Removal, type Sending, sendingAlone } from './parent-route.js';
import {
  type ChildChange,
  type ChildList,
  inParentTurn,
  mergeEntry,
  type ParentUpdate,
  parentRequest,
  placeInParent,
  readAll,
  updateParent,
} from './parent-update.js';
import { changeOf, isRefusal, setUncertain, WithParent } from './parent-writes.js';
import { isUncertain } from './reconcile.js';
import { ownError, placeErrors } from './refused-entry.js';

type Request = Omit<RequestDescription, 'signal'>;

/** Writes children that have no endpoint of their own inside their parents. */
export class ThroughParent extends WithParent implements ChildRoute {
  override readonly writes: readonly string[];

  constructor(
    create: boolean,
    update: UpdateMode | undefined,
    override readonly remove: Row | undefined,
    readonly dependent?: readonly string[],
  ) {
    super(create, update);
    this.writes = writesOf(update, remove);
  }

  override get ofChildren(): ChildRoute {
    return this;
  }

  override async save(planned: readonly PlannedSave[], sending: Sending): Promise<ReadonlyMap<RecordContext, Row>> {
    const [first] = planned;
    return first === undefined || first.plan.edited.length > 0 ? super.save(planned, sending) : this.#saveChildren(first, planned, sending);
  }

  override async saveRequest(first: PlannedSave, planned: readonly PlannedSave[], sending: Sending): Promise<Request> {
    if (first.plan.edited.length > 0) return super.saveRequest(first, planned, sending);
    return parentRequest({ body: {}, lists: [this.#listOf(scopeOfRecord(first.context), planned.map(changeOf))] }, sending);
  }

  override async entriesOf(list: ChildList, sending: Sending): Promise<unknown> {
    const { scope, changes, isWhole } = list;
    if (scope.resource.addressing === 'single') return Object.assign({}, ...changes.map(({ body }) => body));
    if (this.update !== 'replace') return changes.map((change) => mergeEntry(list, change, change.isRemoved ? this.remove : change.body));
    const isKnown = isWhole && changes.every(({ key }) => key === undefined);
    return replacement(list, isKnown ? [] : await readAll(scope, sending));
  }

  /** Notes that a merge which sets what removes a record has removed it: an order line with the quantity 0 is gone. */
  override noteWritten(child: RecordContext, body: Row): void {
    const { remove } = this;
    if (remove !== undefined && !child.isNew && Object.entries(remove).every(([name, value]) => body[name] === value))
      ownRareState(child).isDestroyed = true;
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
    return { scope, route: this, changes, isWhole };
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
      for (const { context, plan } of planned) this.noteWritten(context, plan.body);
      return rowsByContext(planned, changes, rows);
    } catch (error) {
      for (const { context } of planned) if (context.isNew && isUncertain(error)) setUncertain(context);
      throw planned.length === 1 ? refusalOfOne(error, first) : error;
    }
  }
}

/** Returns what an update of the parent can do to the children. */
function writesOf(update: UpdateMode | undefined, remove: Row | undefined): readonly string[] {
  if (update === 'replace' || remove !== undefined) return ['create', 'update', 'delete', 'deleteAll'];
  if (update === 'merge') return ['create', 'update'];
  return update === 'add' ? ['create'] : [];
}

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
    const { [placeInParent(scope).attribute]: _children, ...own } = copyJson(row);
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

/** Returns the error of a refused child, and sets its messages on the child: `products.0.quantity` is its quantity. */
function refusalOfOne(error: unknown, { context, plan }: PlannedSave): unknown {
  if (!isRefusal(error)) return error;
  const errors = fieldErrors(error.body);
  const own: FieldErrors | undefined = placeErrors(errors, 1, [plan.isCreating ? undefined : savedKey(context)])?.get(0);
  setFieldErrors(context, own ?? errors);
  return own !== undefined && error instanceof ValidationError ? ownError(error, own) : error;
}

import { ClientError } from '../errors/client-error.js';
import { fieldErrors } from '../errors/field-errors.js';
import type { Row } from '../query/scope.js';
import { HasManyCache } from '../record/has-many-cache.js';
import { inTurn, runInTurn } from '../record/operation-queue.js';
import { ownerOf } from '../record/owner.js';
import { keyOf, savedKey, sessionOfRecord } from '../record/record-address.js';
import { ownRareState, type RecordContext } from '../record/record-context.js';
import { placeBelow } from '../record/related-scope.js';
import { targetScope } from '../record/relations.js';
import type { UpdateMode } from '../schema/through.js';
import { copyJson } from '../schema/wire.js';
import type { RequestDescription } from '../transport/request.js';
import { refuseInline } from './inline-children.js';
import { type ChildRoute, ParentRoute, type PlannedSave, type Sending } from './parent-route.js';
import {
  type ChildChange,
  type ChildEntries,
  type ChildList,
  inParentTurn,
  mergeEntry,
  type ParentUpdate,
  parentRequest,
  updateParent,
} from './parent-update.js';
import type { EditedChildren } from './pending-children.js';
import { isUncertain } from './reconcile.js';
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

/** Saves parents with their edited children. */
export class WithParent extends ParentRoute implements ChildEntries {
  readonly remove: Row | undefined = undefined;
  readonly writes: readonly string[] = [];

  constructor(
    readonly create: boolean,
    readonly update: UpdateMode | undefined,
  ) {
    super();
  }

  get ofChildren(): ChildRoute | undefined {
    return undefined;
  }

  /** Saves a parent and its edited children by one update. Their turns are held, so that none is sent twice. */
  async save([first]: readonly PlannedSave[], sending: Sending): Promise<ReadonlyMap<RecordContext, Row>> {
    if (first === undefined) return new Map();
    const { context, plan } = first;
    const records = plan.edited.flatMap(({ children }) => children.map(({ record }) => record));
    return runInTurn(context.record, () =>
      inTurn(records, async () => {
        const all = await sentChildren(first, this);
        const update = updateOf(first, all);
        const row = update === undefined ? undefined : await sendParent(all, update, sending);
        return new Map(row === undefined ? [] : [[context, row]]);
      }),
    );
  }

  async saveRequest(first: PlannedSave, _planned: readonly PlannedSave[], sending: Sending): Promise<Request> {
    const update = updateOf(first, await sentChildren(first, this));
    return update === undefined ? saveRequest(first.context, first.plan) : parentRequest(update, sending);
  }

  entriesOf(list: ChildList, _sending: Sending): unknown {
    return list.changes.map((change) => mergeEntry(list, change));
  }

  noteWritten(_child: RecordContext, _body: Row): void {}
}

async function sentChildren({ context, plan }: PlannedSave, route: ChildEntries): Promise<SentChildren[]> {
  const all: SentChildren[] = [];
  for (const edited of plan.edited) all.push(await sentOf(context, edited, route));
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
async function sentOf(parent: RecordContext, edited: EditedChildren, route: ChildEntries): Promise<SentChildren> {
  const { cache, children, isWhole } = edited;
  const planned: PlannedSave[] = [];
  for (const context of children) {
    if (context.isNew) placeBelow(parent, context, cache.relation.by);
    const plan = await planSave(context, false);
    if (isWhole || !plan.isEmpty) planned.push({ context, plan });
  }
  const { resource, params } = cache instanceof HasManyCache ? cache.scope : targetScope(cache);
  const { through } = resource;
  const scope = { resource, params, session: sessionOfRecord(parent) };
  return {
    edited,
    planned,
    list: { scope, route: through instanceof WithParent ? through : route, changes: planned.map(changeOf), isWhole },
  };
}

/** Returns the change that a save makes. The record of a singleton resource has no key. */
export function changeOf({ context, plan }: PlannedSave): ChildChange {
  const isSingle = context.metadata.resource.addressing === 'single';
  return { key: plan.isCreating || isSingle ? undefined : savedKey(context), body: plan.body };
}

/** Marks edited children as saved, and lets the relation know of new ones. */
function completeEdited({ edited: { cache }, planned, list }: SentChildren, rows: ReadonlyMap<ChildChange, Row>): void {
  for (const [place, { context, plan }] of planned.entries()) {
    const change = list.changes[place];
    const row = change && rows.get(change);
    completeSave(context, plan, row && copyJson(row));
    list.route.noteWritten(context, plan.body);
    if (plan.isCreating && keyOf(context) === undefined)
      ownRareState(context).createdInside = { parent: cache.parent, relation: cache.relation.property };
  }
  if (cache instanceof HasManyCache) cache.acceptEdited();
}

/** Notes that a new child may exist, so that a save of its parent does not create it again. */
export function setUncertain(child: RecordContext): void {
  for (const cache of ownerOf(child.params)?.rare.relations?.values() ?? []) if (cache instanceof HasManyCache) cache.setUncertain(child);
}

export const isRefusal = (error: unknown): error is ClientError => error instanceof ClientError && REFUSALS.has(error.status);

import type { DeleteAllOptions } from '../query/deletions.js';
import type { QueryState } from '../query/query-state.js';
import { type BoundScope, type Row, type Scope, sessionOf } from '../query/scope.js';
import { resourceOf } from '../record/metadata-storage.js';
import { ownerOf } from '../record/owner.js';
import { savedKey, scopeOfRecord, sessionOfRecord } from '../record/record-address.js';
import type { RecordContext } from '../record/record-context.js';
import type { Operation, ResourceDeclaration } from '../schema/declaration.js';
import { isThroughParent, type Through, type UpdateMode } from '../schema/through.js';
import type { StoreSession } from '../session/session.js';
import type { Key } from '../transport/path.js';
import { type ApiResponse, type CallOptions, callOf, type RequestDescription } from '../transport/request.js';
import type { SavePlan } from './save-plan.js';

type Request = Omit<RequestDescription, 'signal'>;

/** A record to save, with what will be sent. */
export interface PlannedSave {
  readonly context: RecordContext;
  readonly plan: SavePlan;
}

/** How the requests of a write are sent. */
export interface Sending {
  /** The options of the call. */
  readonly call: CallOptions;
  /** Sends the write itself. */
  send(request: Request): Promise<ApiResponse>;
  /** Is called for every request besides it. */
  sent(): void;
}

/** Children to delete: those with these keys, below one parent. */
export interface Removal {
  readonly scope: BoundScope;
  readonly keys: readonly Key[];
  /** Their parent, if the program has it. */
  readonly owner?: RecordContext | undefined;
}

/** All children of a query, to be deleted. */
export interface AllRemoved extends Pick<Removal, 'scope' | 'owner'> {
  readonly state: QueryState;
  readonly options: DeleteAllOptions;
}

/**
 * The way to children that are written inside their parent: the resource option `through`. Its one implementation is made by
 * `throughParent`, so that an app without such resources leaves it out.
 */
export abstract class ParentRoute implements Through {
  abstract readonly create: boolean;
  abstract readonly update: UpdateMode | undefined;
  abstract readonly remove: Row | undefined;

  /** Saves children of one parent, or one parent with edited children. Returns the rows that the store has of them now. */
  abstract save(planned: readonly PlannedSave[], sending: Sending): Promise<ReadonlyMap<RecordContext, Row>>;
  /** Returns the request that would save them. What an update replaces is read for it. */
  abstract saveRequest(first: PlannedSave, planned: readonly PlannedSave[], sending: Sending): Promise<Request>;
  abstract delete(removal: Removal, sending: Sending): Promise<ApiResponse>;
  abstract deleteRequest(removal: Removal, sending: Sending): Promise<Request>;
  /** Deletes all children of a query. */
  abstract deleteAll(all: AllRemoved): Promise<void>;
  abstract deleteAllRequests(all: AllRemoved): Promise<Request[]>;
}

/** Returns the deletion of children of one parent. */
export function removalOf(children: readonly [RecordContext, ...RecordContext[]]): Removal {
  const [first] = children;
  const scope = { ...scopeOfRecord(first), session: sessionOfRecord(first) };
  return { scope, keys: children.map(savedKey), owner: ownerOf(first.params) };
}

/** Returns how a single call sends its requests. */
export const sendingAlone = (session: StoreSession, options: CallOptions): Sending => ({
  call: callOf(options),
  send: (request) => session.send({ ...request, ...callOf(options) }),
  sent: () => {},
});

/** Returns the route of an operation that is done through the parent. */
export function routeOf(resource: ResourceDeclaration, operation: Operation): ParentRoute | undefined {
  const { through } = resource;
  return through instanceof ParentRoute && isThroughParent(resource, operation) ? through : undefined;
}

/** Returns the route of a save: that of a child, or that of the edited children of a parent. */
export function routeOfSave({ metadata }: RecordContext, { isCreating, edited }: SavePlan): ParentRoute | undefined {
  const child = edited[0]?.cache.relation.target();
  if (child === undefined) return metadata.resource.through && routeOf(metadata.resource, isCreating ? 'create' : 'update');
  const { through } = resourceOf(child);
  return through instanceof ParentRoute ? through : undefined;
}

/** Returns how all children of a query are deleted through their parent; `undefined` if they are not. */
export function deletionThroughParent(
  scope: Scope,
  state: QueryState,
  options: DeleteAllOptions,
): { requests(): Promise<Request[]>; deleteThere(): Promise<void> } | undefined {
  const { resource, params, conditions } = scope;
  const route = routeOf(resource, 'deleteAll');
  if (route === undefined) return undefined;
  const all = { scope: { resource, params, conditions, session: sessionOf(scope) }, state, options, owner: ownerOf(params) };
  return { requests: () => route.deleteAllRequests(all), deleteThere: () => route.deleteAll(all) };
}

import { ArgumentError } from '../errors/argument-error.js';
import { BigRecordError } from '../errors/bigrecord-error.js';
import { UnsupportedOperationError } from '../errors/unsupported-operation-error.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import { Task } from '../session/task.js';
import { expandPath, type Key } from '../transport/path.js';
import { CALL_OPTIONS, type CallOptions, callOf, type QueryValue, type RequestDescription } from '../transport/request.js';
import { filterCheckOf } from './filter-check.js';
import { readPages } from './page-strategies.js';
import type { QueryState } from './query-state.js';
import { assertOperation, collectionPath, memberPath, type Scope, scopeQuery, sessionOf, splitScope } from './scope.js';
import { splitFilters } from './split-lists.js';

type Place = Pick<Scope, 'resource' | 'params'>;
type Request = Omit<RequestDescription, 'signal'>;

/** Returns how many records one request can delete, and where it puts their keys. */
export function deletionLimit(resource: ResourceDeclaration): {
  limit: number;
  by: 'query' | 'body' | 'each';
} {
  const { batch, deleteFilters, pageSize } = resource;
  if (deleteFilters.includes(`${deleteFilter(resource)}:in`)) return { limit: batch.delete ?? pageSize, by: 'query' };
  if (batch.delete !== undefined) return { limit: batch.delete, by: 'body' };
  return { limit: 1, by: 'each' };
}

/** The attributes that identify a record in addition to its key, with their values. */
export type Identity = Readonly<Record<string, string | number>>;

/** Returns the request that deletes one record. */
export function deleteRequest(place: Place, key: Key, identity: Identity = {}): Request {
  const { resource } = place;
  const path = memberPath(place, key);
  if (resource.addressing !== 'filter') return remove(resource, path, scopeQuery(place));
  return remove(resource, collectionPath(place), { ...scopeQuery(place), ...narrowed(resource, identity), ...byKey(resource, [key]) });
}

/** Returns the request that deletes several records with the same further identity, up to the resource's limit. */
export function batchDeleteRequest(place: Place, keys: readonly Key[], identity: Identity = {}): Request {
  const { resource } = place;
  const { by } = deletionLimit(resource);
  if (by === 'each' || (keys.length === 1 && resource.addressing !== 'filter')) return deleteRequest(place, keys[0] as Key, identity);
  const own = scopeQuery(place);
  if (by === 'query') return remove(resource, collectionPath(place), { ...own, ...narrowed(resource, identity), ...byKey(resource, keys) });
  const path = resource.batch.path === undefined ? collectionPath(place) : expandPath(resource.batch.path, place.params, resource.name);
  return { ...remove(resource, path, own), body: keys };
}

function byKey(resource: ResourceDeclaration, keys: readonly Key[]): Record<string, QueryValue> {
  const { deleteFilters } = resource;
  const filter = deleteFilter(resource);
  const [only] = keys;
  if (keys.length === 1 && !deleteFilters.includes(`${filter}:in`) && deleteFilters.includes(filter)) return { [filter]: only as Key };
  return { [`${filter}:in`]: [...keys] };
}

/** Some resources have another name for the filter by key in lists, and `id` in deletions. */
const deleteFilter = ({ deleteFilters, key, keyFilter }: ResourceDeclaration): string =>
  deleteFilters.includes(`${key}:in`) ? key : keyFilter;

/** Returns the parameters that a key needs to identify one record. @throws UnsupportedOperationError if the API cannot identify it */
function narrowed({ name, identity, deleteFilters }: ResourceDeclaration, values: Identity): Record<string, QueryValue> {
  const query: Record<string, QueryValue> = {};
  for (const attribute of identity) {
    const parameter = [`${attribute}:in`, attribute].find((each) => deleteFilters.includes(each));
    const value = values[attribute];
    if (parameter === undefined || value === undefined)
      throw new UnsupportedOperationError(
        `A ${name} is identified by its ${attribute} too${value === undefined ? ', which is not known here: call destroy() on the record itself' : ', but the API cannot delete by it'}. Nothing was sent.`,
      );
    query[parameter] = parameter.endsWith(':in') ? [value] : value;
  }
  return query;
}

/** Options of `deleteAll`. */
export interface DeleteAllOptions extends CallOptions {
  /** Allows deleting everything if the query has no filter. */
  all?: boolean;
}

/** The names of {@link DeleteAllOptions}. */
export const DELETE_ALL_OPTIONS = { ...CALL_OPTIONS, all: 1 } as const satisfies Record<keyof DeleteAllOptions, 1>;

/** What a deletion means to the records that the program holds. */
export interface DeletionEffects {
  /** Called once all requests have their responses, whatever these say. */
  readonly onSettled?: () => void;
  /** Called once everything is deleted. */
  readonly onDeleted?: () => void;
  /** Deletes in another way than by sending the requests. */
  readonly deleteThere?: (() => Promise<void>) | undefined;
  /** Set if the store has nothing to delete. */
  readonly isLocal?: boolean;
}

/**
 * Returns the requests that delete all records of a query: one filtered DELETE if the API documents every filter of the query
 * for deletions; otherwise the keys are read first, and exactly those records are deleted.
 *
 * @throws ArgumentError for a query without a filter, unless `{ all: true }` is given
 */
export async function deleteRequests(scope: Scope, state: QueryState, options: DeleteAllOptions): Promise<Request[]> {
  const { resource } = scope;
  assertOperation(resource, 'deleteAll', 'delete');
  if (state.nothing) return [];
  if (state.limit !== undefined || state.after !== undefined) {
    const call = state.limit === undefined ? 'after' : 'limit';
    throw new ArgumentError(
      `deleteAll() deletes every record that the filters match and does not support ${call}(). Remove ${call}(). Nothing was sent.`,
    );
  }
  assertNarrowed(resource, state, options.all, 'delete');
  const params = narrowingParams(state.params);
  const narrowing = { ...state.filters, ...params };
  const names = Object.keys(narrowing);
  if (names.length === 0) {
    assertOperation(resource, 'deleteAll');
    return [remove(resource, collectionPath(scope), scopeQuery(scope))];
  }
  if (names.every((name) => resource.deleteFilters.includes(name) && isNonEmpty(narrowing[name])))
    return splitFilters(resource, state.filters, resource.batch.delete ?? resource.pageSize).all.map((filters) =>
      remove(resource, collectionPath(scope), { ...scopeQuery(scope), ...filters, ...params }),
    );
  const keys = await keysOf(scope, state, options);
  const { limit } = deletionLimit(resource);
  const place = { resource, params: { ...scope.params, ...splitScope(resource, state.filters).own } };
  return Array.from({ length: Math.ceil(keys.length / limit) }, (_, part) =>
    batchDeleteRequest(place, keys.slice(part * limit, (part + 1) * limit)),
  );
}

/** Parameters that change how records are returned, not which ones. */
const PRESENTATION: ReadonlySet<string> = new Set(['include', 'include_fields', 'exclude_fields', 'sort', 'direction']);

const narrowingParams = (params: QueryState['params']): Record<string, QueryValue> =>
  Object.fromEntries(Object.entries(params).filter(([name]) => !PRESENTATION.has(name)));

/** The store might ignore an empty value, and delete everything. */
const isNonEmpty = (value: QueryValue | undefined): boolean => value !== undefined && String(value) !== '';

/**
 * Reads the keys of all records of a query, to the end: writing meanwhile would shift the pages that follow.
 *
 * @param sent is called for every request
 * @throws BigRecordError for rows without a key, and where the store has not heeded the filters
 */
export async function keysOf(scope: Scope, state: QueryState, options: CallOptions, sent?: () => void): Promise<Key[]> {
  const { resource } = scope;
  const filterCheck = filterCheckOf(resource, state.filters);
  const fields = [resource.key, ...filterCheck.attributes];
  const lean = dialectOf(resource.version).selectsFields ? { ...state, params: { ...state.params, include_fields: fields } } : state;
  const keys: Key[] = [];
  for await (const { rows } of readPages(scope, lean, { ...options, isEager: true, sent })) {
    for (const row of rows) {
      if (keys.length >= (state.limit ?? Number.POSITIVE_INFINITY)) break;
      const key = row[resource.key];
      if (typeof key !== 'number' && typeof key !== 'string')
        throw new BigRecordError(
          `${resource.name}: the store returned a record without \`${resource.key}\`, so it cannot be identified. Nothing was changed.`,
        );
      filterCheck.assert(row);
      keys.push(key);
    }
  }
  return keys;
}

/** @throws ArgumentError if the query has no filter */
export function assertNarrowed({ name }: ResourceDeclaration, state: QueryState, all: boolean | undefined, verb: string): void {
  if (state.nothing || all === true || Object.keys(state.filters).length > 0) return;
  throw new ArgumentError(
    `This would ${verb} every ${name} of the store. Add a filter, or pass { all: true } if you mean it. Nothing was sent.`,
  );
}

/** Deletes all records of a query. It starts when it is first awaited. */
export class Deletions extends Task<void> {
  readonly #scope: Scope;
  readonly #requests: () => Promise<Request[]>;
  readonly #options: CallOptions;
  readonly #effects: DeletionEffects;

  /** @internal */
  constructor(scope: Scope, requests: () => Promise<Request[]>, options: CallOptions, effects: DeletionEffects) {
    super({ what: `deleteAll() of ${scope.resource.name}`, session: scope.session });
    this.#scope = scope;
    this.#requests = requests;
    this.#options = options;
    this.#effects = effects;
  }

  /** Returns the requests that would be sent, without sending them. If the keys must be read first, they are read. */
  dryRun(): Promise<Request[]> {
    this.use('planned');
    return this.#requests();
  }

  protected async work(): Promise<void> {
    const { onDeleted, onSettled, isLocal, deleteThere } = this.#effects;
    this.#options.signal?.throwIfAborted();
    if (isLocal) return onDeleted?.();
    if (deleteThere !== undefined) {
      await deleteThere().finally(onSettled);
      return onDeleted?.();
    }
    const session = sessionOf(this.#scope);
    const requests = await this.#requests();
    const outcomes = await Promise.allSettled(requests.map((request) => session.send({ ...request, ...callOf(this.#options) })));
    onSettled?.(); // where one was refused, others may have deleted something
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    onDeleted?.();
  }
}

const remove = (resource: ResourceDeclaration, path: string, query: Readonly<Record<string, QueryValue>>): Request => ({
  method: 'DELETE',
  version: resource.version,
  path,
  query,
  body: undefined,
});

import { ArgumentError } from '../errors/argument-error.js';
import { BigRecordError } from '../errors/bigrecord-error.js';
import { UnsupportedOperationError } from '../errors/unsupported-operation-error.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import { Task } from '../session/task.js';
import { expandPath, type Key } from '../transport/path.js';
import { CALL_OPTIONS, type CallOptions, callOf, type QueryValue, type RequestDescription } from '../transport/request.js';
import { countRequests } from './count-requests.js';
import { filterCheckOf } from './filter-check.js';
import { readPages } from './page-strategies.js';
import type { QueryState } from './query-state.js';
import { assertOperation, collectionPath, memberPath, type Scope, sessionOf } from './scope.js';
import { splitFilters } from './split-lists.js';

type Place = Pick<Scope, 'resource' | 'params'>;
type Request = Omit<RequestDescription, 'signal'>;

/** How many records one request can delete, and how it names them. */
export function deletionLimit({ batch, deleteFilters, keyFilter, pageSize }: ResourceDeclaration): {
  limit: number;
  by: 'query' | 'body' | 'each';
} {
  if (batch.delete !== undefined) return { limit: batch.delete, by: 'body' };
  if (deleteFilters.includes(`${keyFilter}:in`)) return { limit: pageSize, by: 'query' };
  return { limit: 1, by: 'each' };
}

/** What, besides the key, tells a record from others, with its values. */
export type Identity = Readonly<Record<string, string | number>>;

/** The request that deletes one record. */
export function deletion(place: Place, key: Key, identity: Identity = {}): Request {
  const { resource } = place;
  const path = memberPath(place, key);
  if (resource.addressing !== 'filter') return remove(resource, path, {});
  return remove(resource, collectionPath(place), { ...narrowed(resource, identity), ...byKey(resource, [key]) });
}

/** The request that deletes several records, no more than the resource's limit, that share what else tells them from others. */
export function deletionOf(place: Place, keys: readonly Key[], identity: Identity = {}): Request {
  const { resource } = place;
  const { by } = deletionLimit(resource);
  if (by === 'each' || (keys.length === 1 && resource.addressing !== 'filter')) return deletion(place, keys[0] as Key, identity);
  if (by === 'query') return remove(resource, collectionPath(place), { ...narrowed(resource, identity), ...byKey(resource, keys) });
  const path = resource.batch.path === undefined ? collectionPath(place) : expandPath(resource.batch.path, place.params, resource.name);
  return { ...remove(resource, path, {}), body: keys };
}

function byKey({ deleteFilters, keyFilter }: ResourceDeclaration, keys: readonly Key[]): Record<string, QueryValue> {
  const [only] = keys;
  if (keys.length === 1 && !deleteFilters.includes(`${keyFilter}:in`) && deleteFilters.includes(keyFilter))
    return { [keyFilter]: only as Key };
  return { [`${keyFilter}:in`]: [...keys] };
}

/** A key alone would name other records too. @throws UnsupportedOperationError where the API cannot be told which one is meant */
function narrowed({ name, identity, deleteFilters }: ResourceDeclaration, values: Identity): Record<string, QueryValue> {
  const query: Record<string, QueryValue> = {};
  for (const attribute of identity) {
    const parameter = [`${attribute}:in`, attribute].find((each) => deleteFilters.includes(each));
    const value = values[attribute];
    if (parameter === undefined || value === undefined)
      throw new UnsupportedOperationError(
        `${name} is told from others by its ${attribute} too${value === undefined ? ', which is not known here: delete the record itself' : ', and the API cannot delete by it'}. Nothing was sent.`,
      );
    query[parameter] = parameter.endsWith(':in') ? [value] : value;
  }
  return query;
}

/** What `deleteAll` was told. */
export interface DeleteAllOptions extends CallOptions {
  /** Delete everything, where no filter narrows the query. */
  all?: boolean;
  /** @internal Called once all requests have their answers, whatever these say. */
  onSettled?: (() => void) | undefined;
  /** @internal Called once everything is deleted. */
  onDeleted?: (() => void) | undefined;
  /** @internal Where there is nothing to be deleted on the store. */
  isLocal?: boolean | undefined;
}

/** The names of {@link DeleteAllOptions}. */
export const DELETE_ALL_OPTIONS = { ...CALL_OPTIONS, all: 1, onSettled: 1, onDeleted: 1, isLocal: 1 } as const satisfies Record<
  keyof DeleteAllOptions,
  1
>;

/**
 * The requests that delete all records of a query. One filtered DELETE where the API is documented to heed everything that
 * narrows the query; elsewhere the keys are read first, and just those records deleted.
 *
 * @throws ArgumentError for a query without a filter, unless told `{ all: true }`
 */
export async function deletionsOf(scope: Scope, state: QueryState, options: DeleteAllOptions): Promise<Request[]> {
  const { resource } = scope;
  assertOperation(resource, 'deleteAll', 'delete');
  if (state.nothing) return [];
  if (state.limit !== undefined)
    throw new ArgumentError('deleteAll() deletes all that the filters match; it cannot heed limit(). Nothing was sent.');
  assertNarrowed(resource, state, options.all, 'delete');
  const params = narrowingParams(state.params);
  const narrowing = { ...state.filters, ...params };
  const names = Object.keys(narrowing);
  if (names.length === 0) {
    assertOperation(resource, 'deleteAll');
    return [remove(resource, collectionPath(scope), {})];
  }
  if (names.every((name) => resource.deleteFilters.includes(name) && isTelling(narrowing[name])))
    return splitFilters(resource, state.filters, resource.pageSize).all.map((filters) =>
      remove(resource, collectionPath(scope), { ...filters, ...params }),
    );
  const keys = await keysOf(scope, state, options);
  const { limit } = deletionLimit(resource);
  return Array.from({ length: Math.ceil(keys.length / limit) }, (_, part) =>
    deletionOf(scope, keys.slice(part * limit, (part + 1) * limit)),
  );
}

/** Parameters that say how records are answered, not which. */
const PRESENTATION: ReadonlySet<string> = new Set(['include', 'include_fields', 'exclude_fields', 'sort', 'direction']);

const narrowingParams = (params: QueryState['params']): Record<string, QueryValue> =>
  Object.fromEntries(Object.entries(params).filter(([name]) => !PRESENTATION.has(name)));

/** An empty value may be taken for none, and the deletion be one of everything. */
const isTelling = (value: QueryValue | undefined): boolean => value !== undefined && String(value) !== '';

/**
 * The keys of all records of a query. They are read to the end first: writing would shift the pages that are still to come.
 *
 * @param sent is called for every request
 * @throws BigRecordError for rows without a key, and where the store has not heeded the filters
 */
export async function keysOf(scope: Scope, state: QueryState, options: CallOptions, sent = (): void => {}): Promise<Key[]> {
  const { resource } = scope;
  const heeded = filterCheckOf(resource, state.filters);
  const fields = [resource.key, ...heeded.attributes];
  const lean = dialectOf(resource.version).selectsFields ? { ...state, params: { ...state.params, include_fields: fields } } : state;
  const keys: Key[] = [];
  for await (const { rows } of countRequests(readPages(scope, lean, { ...options, isEager: true }), sent)) {
    for (const row of rows) {
      if (keys.length >= (state.limit ?? Number.POSITIVE_INFINITY)) break;
      const key = row[resource.key];
      if (typeof key !== 'number' && typeof key !== 'string')
        throw new BigRecordError(
          `${resource.name}: the store lists a record without \`${resource.key}\`, so it cannot be named. Nothing was changed.`,
        );
      heeded.assert(row);
      keys.push(key);
    }
  }
  return keys;
}

/** @throws ArgumentError where nothing narrows the query */
export function assertNarrowed({ name }: ResourceDeclaration, state: QueryState, all: boolean | undefined, verb: string): void {
  if (state.nothing || all === true || Object.keys(state.filters).length > 0) return;
  throw new ArgumentError(`This would ${verb} every ${name} there is: give a filter, or say { all: true }. Nothing was sent.`);
}

/** A deletion of all records of a query: it begins when it is first awaited, and is done then. */
export class Deletions extends Task<void> {
  readonly #scope: Scope;
  readonly #requests: () => Promise<Request[]>;
  readonly #options: DeleteAllOptions;

  /** @internal */
  constructor(scope: Scope, requests: () => Promise<Request[]>, options: DeleteAllOptions) {
    super({ what: `deleteAll() of ${scope.resource.name}`, session: scope.session });
    this.#scope = scope;
    this.#requests = requests;
    this.#options = options;
  }

  /** The requests that would be sent; none of them is. Where the keys have to be read first, they are read. */
  dryRun(): Promise<Request[]> {
    this.use('planned');
    return this.#requests();
  }

  protected async work(): Promise<void> {
    const { signal, onDeleted, onSettled, isLocal } = this.#options;
    signal?.throwIfAborted();
    if (isLocal) return onDeleted?.();
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

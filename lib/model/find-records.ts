import { preload } from '../associations/preloader.js';
import { addCallSite, CallSite } from '../errors/call-site.js';
import { type FindContext, findMany, findOne } from '../query/find.js';
import { embedPreloads } from '../query/load-strategy.js';
import { splitParams } from '../query/params.js';
import type { QueryState } from '../query/query-state.js';
import { assertKeyed, assertOperation, type BoundScope, checkRecordKey, splitScope } from '../query/scope.js';
import { loadAll, loadRecord } from '../record/instantiate.js';
import type { ModelScope } from '../record/model-scope.js';
import { currentSession } from '../session/current.js';
import type { Key } from '../transport/path.js';
import { type CallOptions, callOf, checkCall, type GivenParams, RECORD_CALL_OPTIONS } from '../transport/request.js';

/** Finds one record by its key: what `find` of a model and of a query does. */
export async function findRecord<M extends object>(
  scope: ModelScope<M>,
  state: QueryState,
  key: Key,
  options: CallOptions & GivenParams = NO_OPTIONS,
): Promise<M> {
  if (options !== NO_OPTIONS) checkCall('find()', options, RECORD_CALL_OPTIONS);
  const place = new CallSite();
  try {
    const search = searchOf(scope, state, options);
    const row = await findOne(search, key);
    const { metadata, params, session } = search.scope;
    const context = loadRecord(metadata, row, session, params);
    if (metadata.hasAfterLoad) await context.rare.loading;
    if (state.preload.length > 0) await preload([context], state.preload, callOf(options));
    return context.record as M; // the scope says which class its rows become
  } catch (error) {
    throw addCallSite(error, place);
  }
}

/** Finds several records, in the order in which their keys were given. */
export async function findRecords<M extends object>(
  scope: ModelScope<M>,
  state: QueryState,
  keys: readonly Key[],
  options: CallOptions & GivenParams = NO_OPTIONS,
): Promise<M[]> {
  checkCall('find()', options, RECORD_CALL_OPTIONS);
  const place = new CallSite();
  try {
    const search = searchOf(scope, state, options);
    if (!Array.isArray(keys)) checkRecordKey(scope.resource, keys); // `null`, and objects that are no list, are no key either
    const rows = await findMany(search, keys);
    const distinct = [...new Set(rows.values())];
    const contexts = await loadAll(search.scope, distinct, !state.isLazy);
    if (state.preload.length > 0) await preload(contexts, state.preload, callOf(options));
    const byRow = new Map(contexts.map(({ record }, at) => [distinct[at], record]));
    return keys.map((key) => byRow.get(rows.get(String(key))) as M);
  } catch (error) {
    throw addCallSite(error, place);
  }
}

const NO_OPTIONS: CallOptions = Object.freeze({});

/** Returns the scope of a search, on the current session, and its filters. @throws UnsupportedOperationError, ConfigurationError */
function searchOf<M extends object>(
  { resource, params, metadata, session }: ModelScope<M>,
  state: QueryState,
  options: CallOptions & GivenParams,
): FindContext & { readonly scope: ModelScope<M> & BoundScope } {
  assertKeyed(resource);
  if (!resource.operations.includes('get') && !resource.operations.includes('list')) assertOperation(resource, 'get', 'list');
  const scope = { resource, params, metadata, session: session ?? currentSession() };
  const asked = state.preload.length === 0 ? state : embedPreloads(resource, state);
  const { filters, params: query } = asked;
  return options === NO_OPTIONS && resource.scope.length === 0 ? { scope, filters, params: query } : withParams(scope, asked, options);
}

/** Returns a search with the parameters of its call. Those that belong to the records become part of the scope. */
function withParams<S extends ModelScope<object> & BoundScope>(
  scope: S,
  { filters, params }: QueryState,
  call: CallOptions & GivenParams,
): FindContext & { readonly scope: S } {
  const { resource } = scope;
  const narrowed = splitScope(resource, filters);
  const { own, others } = splitParams(resource, 'get', call);
  return {
    scope: { ...scope, params: { ...scope.params, ...narrowed.own, ...own } },
    filters: narrowed.others,
    params: { ...params, ...others },
    isAlone: Object.keys(others).some((name) => !PRESENTATION.has(name)),
    ...callOf(call),
  };
}

/** Parameters that say how records are shown, which lists take as well. */
const PRESENTATION: ReadonlySet<string> = new Set(['include', 'include_fields', 'exclude_fields']);

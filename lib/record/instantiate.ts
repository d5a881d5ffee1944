import { ArgumentError } from '../errors/argument-error.js';
import { BigRecordError } from '../errors/bigrecord-error.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { givesProperties } from '../given.js';
import { type Row, sessionOf } from '../query/scope.js';
import type { AttributeCast } from '../schema/attribute-cast.js';
import type { Class } from '../schema/declaration.js';
import { copyOf, isPlain } from '../schema/snapshot.js';
import { runWith } from '../session/current-storage.js';
import type { StoreSession } from '../session/session.js';
import { isThenable } from '../thenable.js';
import { describe, type PathParams } from '../transport/path.js';
import { correctClassFields } from './class-fields.js';
import { Construction, LOADING } from './construction.js';
import { dropUnsentAttributes, hydrate } from './hydrator.js';
import { group } from './load-group.js';
import type { ModelMetadata } from './model-metadata.js';
import type { ModelScope } from './model-scope.js';
import { runAsHook } from './operation-queue.js';
import { contextOf, isRecord, refuseCopies } from './record-base.js';
import { NO_RARE_STATE, ownRareState, type RecordContext } from './record-context.js';

/** Creates a record from a row. No other record may use the same row. @throws ConfigurationError for a constructor that needs arguments */
export function loadRecord(metadata: ModelMetadata, row: Row, session: StoreSession | undefined, params: PathParams): RecordContext {
  if (!metadata.isReserved) metadata.reserveProperties(row);
  let record: object;
  try {
    record = Reflect.construct(metadata.model, [LOADING]);
  } catch (error) {
    throw error instanceof BigRecordError ? error : constructorThrew(metadata.model, error);
  }
  const context = contextOf(record);
  correctClassFields(context, true);
  context.rare = NO_RARE_STATE; // drop whatever the constructors have set
  context.session = session;
  context.params = params;
  hydrate(context, row);
  if (metadata.hasFields) dropUnsentAttributes(context);
  if (metadata.hasAfterLoad) runAfterLoad(context);
  return context;
}

/** Creates a record of a scope from a row. Without a session, it uses the current one when it needs one. */
export const loadIn = (scope: ModelScope<object>, row: Row, session: StoreSession | undefined): RecordContext =>
  loadRecord(scope.metadata, row, session, scope.params);

/** Creates a record with this key, as if it had been loaded, without a request. */
export const handleOf = (scope: ModelScope<object>, key: unknown): RecordContext =>
  loadIn(scope, { [scope.resource.key]: key }, sessionOf(scope));

/** Creates records from the rows of one response, groups them, and waits for their `@AfterLoad` hooks. */
export async function loadAll(scope: ModelScope<object>, rows: readonly Row[], isGrouped = true): Promise<RecordContext[]> {
  const { metadata, params } = scope;
  const session = scope.session ?? sessionOf(scope);
  const contexts: RecordContext[] = [];
  for (const row of rows) contexts.push(loadRecord(metadata, row, session, params));
  if (isGrouped && contexts.length > 1) group(contexts);
  if (metadata.hasAfterLoad) await Promise.all(contexts.map(({ rare }) => rare.loading));
  return contexts;
}

/** Creates a new, unsaved record of a scope. */
export function buildIn<M extends object>(scope: ModelScope<M>, attributes: object): M {
  refuseCopies(attributes);
  const { metadata, session, params, defaults } = scope;
  const given = defaults !== undefined && givesProperties(attributes) ? { ...defaults, ...attributes } : attributes;
  const build = (): object => Reflect.construct(metadata.model, [new Construction(given, params)]);
  return (session === undefined ? build() : runWith(session, build)) as M;
}

/** Whether a value is a record of a scope's model. @throws RecordStateError for a copy of one */
export function isRecordOf(scope: ModelScope<object>, value: unknown): value is object {
  refuseCopies(value);
  return isRecord(value) && contextOf(value).metadata.resource === scope.resource;
}

const constructorThrew = (model: Class, cause: unknown): ConfigurationError =>
  new ConfigurationError(
    `The constructor of ${model.name} threw while a record was loaded. It is called with an empty object, before the attributes are set: move code that needs them to an @AfterLoad() method.`,
    { cause },
  );

/** Runs the `@AfterLoad` hooks. Asynchronous ones are awaited before the record is returned or saved. */
export function runAfterLoad(context: RecordContext): void {
  const { record, metadata } = context;
  const running: PromiseLike<unknown>[] = [];
  try {
    for (const hook of metadata.hooks('afterLoad')) {
      const result = runAsHook(record, () => hook.call(record));
      if (isThenable(result)) running.push(result);
    }
  } finally {
    // If a later hook throws, the earlier ones are still awaited: no rejection may go unhandled.
    if (running.length > 0) rememberLoading(context, Promise.all(running));
  }
}

function rememberLoading(context: RecordContext, all: Promise<unknown>): void {
  const loading = all.finally(() => {
    ownRareState(context).loading = undefined;
  });
  loading.catch(() => {});
  ownRareState(context).loading = loading;
}

/** Converts attributes, given by property or API name, to a row. Returns a copy. @throws ArgumentError */
export function rowOfAttributes(metadata: ModelMetadata, attributes: unknown): Row {
  if (!givesProperties(attributes))
    throw new ArgumentError(
      `${metadata.resource.name}.load() takes the attributes of a record as an object, got ${describe(attributes)}. Nothing was sent.`,
    );
  const row: Row = {};
  for (const [key, value] of Object.entries(copyOf({ ...attributes }))) {
    if (typeof value === 'function') continue;
    const name = metadata.nameOf(key);
    row[name] = jsonOf(metadata.attribute(name)?.cast, value);
  }
  return row;
}

/** Converts a value to the API's JSON. The value may have the attribute's type, for example if it comes from another record. */
function jsonOf(cast: AttributeCast | undefined, value: unknown): unknown {
  if (cast?.write === undefined || cast.isDate === true || value === null || value === undefined) return value;
  if (cast.coerce !== undefined) return isPlain(value) ? value : cast.write(value);
  if (typeof value === 'object' && !Array.isArray(value) && !isPlain(value)) return cast.write(value);
  try {
    cast.read(copyOf(value));
    return value;
  } catch {
    return writtenOr(value, cast.write);
  }
}

function writtenOr(value: unknown, write: (value: unknown) => unknown): unknown {
  try {
    return write(value);
  } catch {
    return value; // neither JSON nor the attribute's type: reading it throws
  }
}

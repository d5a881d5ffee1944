import { BigRecordError } from '../errors/bigrecord-error.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { Collection, rowFrom } from '../query/collection.js';
import type { Arrival, BulkWrites, Row, Saveable, Scope } from '../query/scope.js';
import { capturedSession } from '../query/scope.js';
import type { AttributeCast } from '../schema/attribute-cast.js';
import type { Class } from '../schema/declaration.js';
import { copyOf, isPlain } from '../schema/snapshot.js';
import { runWith } from '../session/current.js';
import type { StoreSession } from '../session/session.js';
import type { PathParams } from '../transport/path.js';
import { Construction, LOADING } from './construction.js';
import { settleFields } from './fields.js';
import { dropOthers, hydrate } from './hydration.js';
import { isRecord, stateOf } from './internals.js';
import type { Plan } from './plan.js';
import { refuseCopies } from './record.js';
import { boundSession, type Registered, registrationOf } from './registry.js';
import { asHookOf } from './turns.js';

type Constructor = new (construction: Construction) => object;

/** A model as queries and relations see it. */
export function scopeOf<M extends object>(
  model: Class<M>,
  params: PathParams = {},
  session = capturedSession(boundSession(model)),
): Scope<M> {
  return { ...commonOf(model), params, session };
}

/** What all scopes of a model have in common: made once, since every relation of every record has a scope. */
export type Common<M extends object> = Omit<Scope<M>, 'params' | 'session' | 'conditions'>;

const commons = new WeakMap<Registered, Common<object>>();

export function commonOf<M extends object>(model: Class<M>): Common<M> {
  const registered = registrationOf(model);
  let common = commons.get(registered);
  if (common === undefined) {
    common = {
      resource: registered.resource,
      rowOf: (attributes) => givenRow(registered, attributes),
      load: (row, from, under) => loadRecord(registered, row, from, under),
      owns: (value): value is M & Saveable => {
        refuseCopies(value);
        return isRecord(value) && registrationOf(value.constructor).resource === registered.resource;
      },
      build: (attributes, from, under) => buildRecord(registered, attributes, from, under) as Saveable,
      arrived: (records, how) => lent.arrived(records, how),
      bulk: lent.bulk,
      hasDestroyHooks: registered.plan.hooks('beforeDestroy').length + registered.plan.hooks('afterDestroy').length > 0,
    };
    commons.set(registered, common);
  }
  return common as Common<M>;
}

/** What scopes need of the files that build upon this one. */
interface Lent {
  arrived(records: readonly object[], how: Arrival): Promise<void> | undefined;
  readonly bulk: BulkWrites;
}

let lent: Lent;

export const lendToScopes = (functions: Lent): void => void (lent = functions);

export const collectionOf = <M extends object>(model: Class<M>, params?: PathParams): Collection<M> =>
  new Collection(scopeOf(model, params));

/** Makes a record of a row, which must belong to it alone. */
export function loadRecord({ model, plan }: Registered, row: Row, session: StoreSession | undefined, params: PathParams): object {
  plan.prepareRoom(row);
  const record = construct(model, LOADING);
  const state = stateOf(record);
  settleFields(record, plan, true);
  state.forget();
  state.session = session;
  state.params = params;
  hydrate(record, state, plan, row);
  if (plan.hasFields) dropOthers(record, state, plan);
  afterLoad(record, plan);
  return record;
}

/** @throws ArgumentError for a constructor that cannot do without arguments */
function construct(model: Class, construction: Construction): object {
  try {
    return new (model as Constructor)(construction);
  } catch (error) {
    if (construction !== LOADING || error instanceof BigRecordError) throw error;
    throw new ConfigurationError(
      `The constructor of ${model.name} threw when a record was loaded: it is then called with an empty object, before the attributes are there. Move what needs them to an @AfterLoad() method.`,
      { cause: error },
    );
  }
}

function buildRecord({ model }: Registered, attributes: object, session: StoreSession | undefined, params: PathParams): object {
  refuseCopies(attributes);
  const build = (): object => construct(model, new Construction(attributes, params));
  return session === undefined ? build() : runWith(session, build);
}

/** Runs the `@AfterLoad` hooks; asynchronous ones are remembered, and waited for before the record is handed out or saved. */
export function afterLoad(record: object, plan: Plan): void {
  const hooks = plan.hooks('afterLoad');
  if (hooks.length === 0) return;
  const running: PromiseLike<unknown>[] = [];
  try {
    for (const hook of hooks) {
      const result = asHookOf(record, () => hook.call(record));
      if (typeof (result as PromiseLike<unknown> | undefined)?.then === 'function') running.push(result as PromiseLike<unknown>);
    }
  } finally {
    // Where a later hook throws, what the earlier ones come to is heard all the same: a rejection must not go unhandled.
    if (running.length > 0) remember(record, Promise.all(running));
  }
}

function remember(record: object, all: Promise<unknown>): void {
  const state = stateOf(record);
  state.loading = all.finally(() => (state.loading = undefined));
  state.loading.catch(() => {});
}

/** Attributes, under the names of properties or of the API, as a row of the store: a copy. @throws ArgumentError */
function givenRow({ plan, resource }: Registered, attributes: object): Row {
  const row: Row = {};
  for (const [key, value] of Object.entries(rowFrom(attributes, resource.name))) {
    if (typeof value === 'function') continue;
    const name = plan.nameOf(key);
    const cast = plan.slot(name)?.cast;
    row[name] = jsonOf(cast, value);
  }
  return row;
}

/** A value as the API has it, of one that may be in the form of the program, such as that of another record or of a copy of one. */
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
    return value; // in neither form: reading it tells
  }
}

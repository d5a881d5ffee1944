import { Collection } from '../query/collection.js';
import type { Arrival, BulkWrites, Row, Saveable, Scope } from '../query/scope.js';
import { capturedSession } from '../query/scope.js';
import type { Class } from '../schema/declaration.js';
import type { Session } from '../session/session.js';
import type { PathParams } from '../transport/path.js';
import { hydrate } from './hydration.js';
import { stateOf } from './internals.js';
import { boundSession, type Registered, registrationOf } from './registry.js';
import { born } from './state.js';
import { asHookOf } from './turns.js';

type Constructor = new (attributes?: object) => object;

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

/**
 * An empty record of each class in use, which nobody is handed. V8 forgets the shape of objects, and throws away the compiled
 * code that counts on it, when a full collection finds none of them alive: a job that keeps no record from one page to the
 * next would begin slowly after each. This one keeps the shape alive.
 */
const specimens = new WeakMap<Registered, object>();

export function commonOf<M extends object>(model: Class<M>): Common<M> {
  const registered = registrationOf(model);
  let common = commons.get(registered);
  if (common === undefined) {
    common = {
      resource: registered.resource,
      load: (row, from, under) => loadRecord(registered, row, from, under),
      build: (attributes, from, under) => buildRecord(registered, attributes, from, under) as Saveable,
      arrived: (records, how) => lent.arrived(records, how),
      bulk: lent.bulk,
      hasDestroyHooks: registered.plan.hooks('beforeDestroy').length + registered.plan.hooks('afterDestroy').length > 0,
    };
    commons.set(registered, common);
    specimens.set(registered, lent.specimen(registered.model));
  }
  return common as Common<M>;
}

/** What scopes need of the files that build upon this one. */
interface Lent {
  arrived(records: readonly object[], how: Arrival): Promise<void> | undefined;
  readonly bulk: BulkWrites;
  /** A record without attributes or session, made by no constructor but that of `Model`. */
  specimen(model: Class): object;
}

let lent: Lent;

export const lendToScopes = (functions: Lent): void => void (lent = functions);

export const collectionOf = <M extends object>(model: Class<M>, params?: PathParams): Collection<M> =>
  new Collection(scopeOf(model, params));

/** Makes a record of a row. The row becomes its baseline and must belong to it alone. */
export function loadRecord({ model, plan }: Registered, row: Row, session: Session | undefined, params: PathParams): object {
  const record = born({ session, params, isLoading: true }, () => new (model as Constructor)(NO_ATTRIBUTES));
  const state = stateOf(record);
  state.isLoading = false;
  hydrate(record, state, plan, row);
  afterLoad(record);
  return record;
}

function buildRecord({ model }: Registered, attributes: object, session: Session | undefined, params: PathParams): object {
  return born({ session, params, isLoading: false }, () => new (model as Constructor)(attributes));
}

/** Runs the `@AfterLoad` hooks; asynchronous ones are remembered, and waited for before the record is handed out or saved. */
export function afterLoad(record: object): void {
  const hooks = registrationOf(record.constructor).plan.hooks('afterLoad');
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

const NO_ATTRIBUTES = Object.freeze({});

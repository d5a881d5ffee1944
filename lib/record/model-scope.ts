import type { Scope } from '../query/scope.js';
import type { Class } from '../schema/declaration.js';
import { knownSession, runningSession } from '../session/current.js';
import type { StoreSession } from '../session/session.js';
import type { PathParams } from '../transport/path.js';
import { placeOf } from './metadata-storage.js';
import type { ModelMetadata } from './model-metadata.js';

declare const recordType: unique symbol;

/** Where records of one class live: a resource of a store, or the part of it that belongs to a parent. */
export interface ModelScope<M extends object> extends Scope {
  readonly metadata: ModelMetadata;
  /** Default attributes of new records in this scope, by property. */
  readonly defaults?: Readonly<Record<string, unknown>> | undefined;
  /** Called after a bulk write to this scope, so that cached lists are read again. */
  onBulkWrite?(): void;
  /** For the type checker only: the records that live here. */
  readonly [recordType]?: M;
}

/** Returns the scope of a model: its whole resource, on the session of `using()` or of the surrounding `run()`. */
export function scopeOf<M extends object>(model: Class<M>, params: PathParams = {}, session?: StoreSession): ModelScope<M> {
  const { metadata, resource, session: bound } = placeOf(model);
  return { metadata, resource, params, session: session ?? bound ?? runningSession() };
}

/** Returns a scope for the records with these values of its resource's scope, such as those of one channel. */
export function narrowTo<M extends object>(scope: ModelScope<M>, own: PathParams): ModelScope<M> {
  if (Object.keys(own).length === 0) return scope;
  // One by one: a scope may compute them, and must still do what it does after a bulk write.
  const { metadata, resource, session, conditions, defaults, params } = scope;
  return { metadata, resource, session, conditions, defaults, params: { ...params, ...own }, onBulkWrite: () => scope.onBulkWrite?.() };
}

/**
 * Binds a scope to the current session, for work that starts later, when another session may be current. A scope that is not a plain
 * object takes the session of its record.
 */
export function bindCurrentSession<M extends object>(scope: ModelScope<M>): ModelScope<M> {
  if (scope.session !== undefined || Object.getPrototypeOf(scope) !== Object.prototype) return scope;
  return { ...scope, session: knownSession() };
}

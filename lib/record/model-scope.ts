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
  /** Attributes that new records get here unless they are given others, by property. */
  readonly defaults?: Readonly<Record<string, unknown>> | undefined;
  /** Called when several of its records were written at once, so that whoever keeps a list of them reads it again. */
  wrote?(): void;
  /** For the type checker only: the records that live here. */
  readonly [recordType]?: M;
}

/** The scope of a model: its whole resource, on the session of `using()` or of the surrounding `run()`. */
export function scopeOf<M extends object>(model: Class<M>, params: PathParams = {}, session?: StoreSession): ModelScope<M> {
  const { metadata, resource, session: bound } = placeOf(model);
  return { metadata, resource, params, session: session ?? bound ?? runningSession() };
}

/**
 * The scope with the session that is in force now, for work that begins later: by then another may be in force. A scope that is
 * not a plain object looks its session up at its record.
 */
export function pinned<M extends object>(scope: ModelScope<M>): ModelScope<M> {
  if (scope.session !== undefined || Object.getPrototypeOf(scope) !== Object.prototype) return scope;
  return { ...scope, session: knownSession() };
}

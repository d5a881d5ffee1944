import { ArgumentError } from '../errors/argument-error.js';
import { UnsupportedOperationError } from '../errors/unsupported-operation-error.js';
import type { Operation, ResourceDeclaration } from '../schema/declaration.js';
import { currentSession, runningSession } from '../session/current.js';
import type { Session } from '../session/session.js';
import { checkKey, describe, expandPath, type Key, type PathParams } from '../transport/path.js';
import type { CallOptions } from '../transport/request.js';

/** One object of an answer. */
export type Row = Record<string, unknown>;

/** The part of a record that queries and relations need to know. */
export interface Saveable {
  assign(attributes: object): this;
  save(options?: CallOptions): Promise<unknown>;
}

/** Where the records of a query come from, and how they come to life. Made by the model room; lower rooms only call it. */
export interface Scope<M extends object> {
  readonly resource: ResourceDeclaration;
  /** Values for the path's `:names`, as far as they are known. */
  readonly params: PathParams;
  /** Bound by `using()` or the surrounding `run()`; else the current session at the time of the call. */
  readonly session: Session | undefined;
  /** What holds for all records of this scope: filters of its queries, values of its new records. */
  readonly conditions?: Readonly<Record<string, unknown>> | undefined;
  load(row: Row, session: Session, params: PathParams): M;
  /** Waits for what loading these records has started (asynchronous hooks); absent where there is nothing to wait for. */
  ready?(records: readonly M[]): Promise<void>;
  build(attributes: object, session: Session | undefined, params: PathParams): M & Saveable;
}

export const sessionOf = (scope: Pick<Scope<object>, 'session'>): Session => scope.session ?? currentSession();

/** Fixes the session of the surrounding `run()`, so that a query made there stays there. */
export const capturedSession = (bound: Session | undefined): Session | undefined => bound ?? runningSession();

export const collectionPath = (scope: Pick<Scope<object>, 'resource' | 'params'>): string =>
  expandPath(scope.resource.path, scope.params, scope.resource.name);

export const memberPath = (scope: Pick<Scope<object>, 'resource' | 'params'>, key: Key): string =>
  `${collectionPath(scope)}/${encodeURIComponent(checkRecordKey(scope.resource, key))}`;

/** Checks that a value can name a record of the resource. @throws ArgumentError */
export function checkRecordKey(resource: ResourceDeclaration, key: unknown): Key {
  const checked = checkKey(key, `The ${resource.key} of a ${resource.name}`);
  if (resource.attributes[resource.key]?.type === 'number' && !/^\d+$/.test(String(checked))) {
    throw new ArgumentError(`The ${resource.key} of a ${resource.name} is a number, got ${describe(checked)}. Nothing was sent.`);
  }
  return checked;
}

/** @throws UnsupportedOperationError before anything is sent */
export function assertOperation(resource: ResourceDeclaration, ...operations: Operation[]): void {
  if (operations.some((operation) => resource.operations.includes(operation))) return;
  throw new UnsupportedOperationError(
    `${resource.name} (${resource.version} ${resource.path}) cannot ${operations[0]}; it can ${resource.operations.join(', ')}. Nothing was sent.`,
  );
}

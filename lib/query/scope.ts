import { ArgumentError } from '../errors/argument-error.js';
import { UnsupportedOperationError } from '../errors/unsupported-operation-error.js';
import type { Operation, ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import type { BulkOptions, BulkRun, Source, UpdateManyOptions } from '../session/bulk-run.js';
import { currentSession, knownSession, runningSession } from '../session/current.js';
import type { Session } from '../session/session.js';
import { checkKey, describe, expandPath, type Key, type PathParams, pathNames } from '../transport/path.js';
import type { CallOptions, SaveOptions } from '../transport/request.js';

/** One object of an answer. */
export type Row = Record<string, unknown>;

/** The part of a record that queries and relations need to know. */
export interface Saveable {
  assign(attributes: object): this;
  save(options?: SaveOptions): Promise<unknown>;
}

/** How the records of an answer were asked for. */
export interface Arrival extends CallOptions {
  /** Paths of relations to load with them. */
  readonly preload: readonly string[];
  /** Their relations load one by one. */
  readonly isLazy: boolean;
}

/** Writes many records, in as few requests as the API allows. */
export interface BulkWrites {
  createMany<M extends object>(scope: Scope<M>, entries: Source<object>, options: BulkOptions): BulkRun<M>;
  upsertMany<M extends object>(scope: Scope<M>, entries: Source<object>, options: BulkOptions): BulkRun<M>;
  updateMany<M extends object>(scope: Scope<M>, rows: Source<object>, options: UpdateManyOptions): BulkRun<M>;
  updateAll<M extends object>(scope: Scope<M>, keys: Source<Key>, attributes: object, options: BulkOptions): BulkRun<M>;
  destroyMany<M extends object>(scope: Scope<M>, records: Source<M | Key>, options: BulkOptions): BulkRun<M>;
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
  /** A row of what a program gives in place of an answer, by the API's names or those of properties: a copy. @throws ArgumentError */
  rowOf(attributes: object): Row;
  /** Makes a record of a row; without a session, it takes the current one when it needs one. */
  load(row: Row, session: Session | undefined, params: PathParams): M;
  /** Called with the records of one answer before they are handed out. */
  arrived(records: readonly M[], how: Arrival): Promise<void> | undefined;
  readonly bulk: BulkWrites;
  /** Called when several of its records were written at once, so that who keeps a list of them reads it anew. */
  wrote?(): void;
  /** Whether deleting runs hooks, for which the records must be there. */
  readonly hasDestroyHooks: boolean;
  build(attributes: object, session: Session | undefined, params: PathParams): M & Saveable;
  /** Whether a value is a record of this model. @throws RecordStateError for a copy of one */
  owns(value: unknown): value is M & Saveable;
}

/** The session of a scope, if there is one. */
export const knownSessionOf = (scope: Pick<Scope<object>, 'session'>): Session | undefined => scope.session ?? knownSession();

export const sessionOf = (scope: Pick<Scope<object>, 'session'>): Session => scope.session ?? currentSession();

/** Fixes the session of the surrounding `run()`, so that a query made there stays there. */
export const capturedSession = (bound: Session | undefined): Session | undefined => bound ?? runningSession();

/**
 * The scope with the session that is in force now, for work that begins later: by then another may be in force. A scope that is
 * no plain object looks its session up at its record.
 */
export function pinned<M extends object>(scope: Scope<M>): Scope<M> {
  if (scope.session !== undefined || Object.getPrototypeOf(scope) !== Object.prototype) return scope;
  return { ...scope, session: knownSession() };
}

export const collectionPath = (scope: Pick<Scope<object>, 'resource' | 'params'>): string =>
  expandPath(scope.resource.path, scope.params, scope.resource.name);

export const memberPath = (scope: Pick<Scope<object>, 'resource' | 'params'>, key: Key): string =>
  scope.resource.addressing === 'single'
    ? collectionPath(scope)
    : `${collectionPath(scope)}/${encodeURIComponent(checkRecordKey(scope.resource, key))}`;

/**
 * Where the records of a scope are listed and counted. Those of no parent in particular are those of all parents, where the
 * API lists these: V2 under the path without the parent's key (`/products/images`), V3 at a path of its own.
 */
export function listPath(scope: Pick<Scope<object>, 'resource' | 'params'>): string {
  const { path, version, collectionPath: ofAllParents } = scope.resource;
  const names = pathNames(path);
  const isOfAll = names.length > 0 && names.every((name) => scope.params[name] === undefined);
  if (isOfAll && ofAllParents !== undefined) return ofAllParents.path;
  return (isOfAll ? dialectOf(version).pathOfAllParents(path) : undefined) ?? collectionPath(scope);
}

/** Checks that a value can name a record of the resource. @throws ArgumentError */
export function checkRecordKey(resource: ResourceDeclaration, key: unknown): Key {
  const checked = checkKey(key, `The ${resource.key} of a ${resource.name}`);
  if (resource.attributes[resource.key]?.type === 'number' && !/^\d+$/.test(String(checked))) {
    throw new ArgumentError(`The ${resource.key} of a ${resource.name} is a number, got ${describe(checked)}. Nothing was sent.`);
  }
  return checked;
}

/** Whether the resource can list by keys: V3's `id:in`, where it is documented. */
export function canListByKey({ addressing, filters, keyFilter }: ResourceDeclaration): boolean {
  return addressing === 'filter' || (filters !== undefined && Object.hasOwn(filters, `${keyFilter}:in`));
}

/** @throws UnsupportedOperationError for a resource of no more than one record */
export function assertMany({ name, addressing }: ResourceDeclaration): void {
  if (addressing === 'single')
    throw new UnsupportedOperationError(`There is one ${name} only: ${name}.get() gets it, and no key is needed. Nothing was sent.`);
}

/** @throws UnsupportedOperationError before anything is sent */
export function assertOperation(resource: ResourceDeclaration, ...operations: Operation[]): void {
  if (operations.some((operation) => resource.operations.includes(operation))) return;
  throw new UnsupportedOperationError(
    `${resource.name} (${resource.version} ${resource.path}) cannot ${operations[0]}; it can ${resource.operations.join(', ')}. Nothing was sent.`,
  );
}

import { ArgumentError } from '../errors/argument-error.js';
import { UnsupportedOperationError } from '../errors/unsupported-operation-error.js';
import type { Operation, ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import { currentSession, knownSession } from '../session/current.js';
import type { StoreSession } from '../session/session.js';
import { checkKey, describe, expandPath, type Key, type PathParams, pathNames } from '../transport/path.js';

/** One object of an answer. */
export type Row = Record<string, unknown>;

/** Whether a value of a response is an object. */
export const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where the records of a query come from: a resource, on a store. */
export interface Scope {
  readonly resource: ResourceDeclaration;
  /** Values for the path's `:names`, as far as they are known. */
  readonly params: PathParams;
  /** Bound by `using()` or the surrounding `run()`; else the current session at the time of the call. */
  readonly session: StoreSession | undefined;
  /** Filters that all queries of this scope have. */
  readonly conditions?: Readonly<Record<string, unknown>> | undefined;
}

/** The session of a scope, if there is one. */
export const knownSessionOf = (scope: Pick<Scope, 'session'>): StoreSession | undefined => scope.session ?? knownSession();

export const sessionOf = (scope: Pick<Scope, 'session'>): StoreSession => scope.session ?? currentSession();

export const collectionPath = (scope: Pick<Scope, 'resource' | 'params'>): string =>
  scope.resource.path.includes(':') ? expandPath(scope.resource.path, scope.params, scope.resource.name) : scope.resource.path;

export const memberPath = (scope: Pick<Scope, 'resource' | 'params'>, key: Key): string =>
  scope.resource.addressing === 'single'
    ? collectionPath(scope)
    : `${collectionPath(scope)}/${encodeURIComponent(checkRecordKey(scope.resource, key))}`;

/**
 * Where the records of a scope are listed and counted. Those of no parent in particular are those of all parents, where the
 * API lists these: V2 under the path without the parent's key (`/products/images`), V3 at a path of its own.
 */
export function listPath(scope: Pick<Scope, 'resource' | 'params'>): string {
  const { path, version, collectionPath: ofAllParents } = scope.resource;
  const names = pathNames(path);
  const isOfAll = names.length > 0 && names.every((name) => scope.params[name] === undefined);
  if (isOfAll && ofAllParents !== undefined) return ofAllParents.path;
  return (isOfAll ? dialectOf(version).pathOfAllParents(path) : undefined) ?? collectionPath(scope);
}

/** Checks that a value can name a record of the resource. @throws ArgumentError */
export function checkRecordKey(resource: ResourceDeclaration, key: unknown): Key {
  if (typeof key === 'number' && Number.isSafeInteger(key) && key > 0) return key;
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
  for (const operation of operations) if (resource.operations.includes(operation)) return;
  throw new UnsupportedOperationError(
    `${resource.name} (${resource.version} ${resource.path}) cannot ${operations[0]}; it can ${resource.operations.join(', ')}. Nothing was sent.`,
  );
}

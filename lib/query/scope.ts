import { ArgumentError } from '../errors/argument-error.js';
import { UnsupportedOperationError } from '../errors/unsupported-operation-error.js';
import type { JsonObject } from '../json-object.js';
import type { Operation, ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import { isThroughParent } from '../schema/through.js';
import { currentSession, knownSession } from '../session/current.js';
import type { StoreSession } from '../session/session.js';
import { checkKey, describe, expandPath, type Key, type PathParams, pathNames } from '../transport/path.js';
import { NO_QUERY, type QueryParams, type QueryValue } from '../transport/request.js';

/** One object of a response. */
export type Row = JsonObject;

/** Where the records of a query live: a resource of a store. */
export interface Scope {
  readonly resource: ResourceDeclaration;
  /** Values for the path's `:names` and for the query parameters that belong to the records, if known. */
  readonly params: PathParams;
  /** Bound by `using()` or the surrounding `run()`; otherwise the current session at the time of the call. */
  readonly session: StoreSession | undefined;
  /** Filters that apply to all queries of this scope. */
  readonly conditions?: Readonly<Record<string, unknown>> | undefined;
}

/** A scope whose session is known. */
export interface BoundScope extends Scope {
  readonly session: StoreSession;
}

/** Returns the query parameters that say which records of a scope are meant: those that its resource declares as scope. */
export function scopeQuery({ resource, params }: Pick<Scope, 'resource' | 'params'>): QueryParams {
  if (resource.scope.length === 0) return NO_QUERY;
  const query: Record<string, QueryValue> = {};
  for (const name of resource.scope) if (params[name] !== undefined) query[name] = params[name];
  return query;
}

/** Splits query parameters into those that belong to the records, and the others. */
export function splitScope({ scope }: ResourceDeclaration, query: QueryParams): { readonly own: PathParams; readonly others: QueryParams } {
  const own: Record<string, Key> = {};
  const others: Record<string, QueryValue> = {};
  for (const [name, value] of Object.entries(query)) {
    if (scope.includes(name) && (typeof value === 'number' || typeof value === 'string')) own[name] = value;
    else others[name] = value;
  }
  return { own, others };
}

/** Returns the session of a scope, if there is one. */
export const knownSessionOf = (scope: Pick<Scope, 'session'>): StoreSession | undefined => scope.session ?? knownSession();

export const sessionOf = (scope: Pick<Scope, 'session'>): StoreSession => scope.session ?? currentSession();

export const collectionPath = (scope: Pick<Scope, 'resource' | 'params'>): string =>
  scope.resource.path.includes(':') ? expandPath(scope.resource.path, scope.params, scope.resource.name) : scope.resource.path;

/** Returns the path of one record. @throws ArgumentError for a value that is not a key */
export const memberPath = (scope: Pick<Scope, 'resource' | 'params'>, key: Key): string =>
  scope.resource.addressing === 'single'
    ? collectionPath(scope)
    : `${collectionPath(scope)}/${encodeURIComponent(checkRecordKey(scope.resource, key))}`;

/**
 * Returns the path that lists and counts the records of a scope. Without parents, that is the path for all parents, if the API
 * has one: V2 omits the parent's key (`/products/images`), V3 has a separate path.
 */
export function listPath(scope: Pick<Scope, 'resource' | 'params'>): string {
  const { path, version, collectionPath: ofAllParents } = scope.resource;
  const names = pathNames(path);
  const isOfAll = names.length > 0 && names.every((name) => scope.params[name] === undefined);
  if (isOfAll && ofAllParents !== undefined) return ofAllParents.path;
  return (isOfAll ? dialectOf(version).pathOfAllParents(path) : undefined) ?? collectionPath(scope);
}

/** Checks that a value can be a key of the resource. @throws ArgumentError */
export function checkRecordKey(resource: ResourceDeclaration, key: unknown): Key {
  if (typeof key === 'number' && Number.isSafeInteger(key) && (key > 0 || (key === 0 && resource.zeroKey))) return key;
  const checked = checkKey(key, `The ${resource.key} of a ${resource.name}`);
  if (resource.attributes[resource.key]?.type === 'number' && !/^\d+$/.test(String(checked))) {
    throw new ArgumentError(`The ${resource.key} of a ${resource.name} is a number, got ${describe(checked)}. Nothing was sent.`);
  }
  return checked;
}

/** Whether the resource can list by keys: V3's `id:in`, if documented. */
export function canListByKey({ addressing, filters, keyFilter }: ResourceDeclaration): boolean {
  return addressing === 'filter' || (filters !== undefined && Object.hasOwn(filters, `${keyFilter}:in`));
}

/** @throws UnsupportedOperationError for a singleton resource, whose record has no key */
export function assertKeyed({ name, addressing }: ResourceDeclaration): void {
  if (addressing === 'single')
    throw new UnsupportedOperationError(`There is one ${name} only: ${name}.get() gets it, and no key is needed. Nothing was sent.`);
}

/** @throws UnsupportedOperationError before anything is sent */
export function assertOperation(resource: ResourceDeclaration, ...operations: Operation[]): void {
  for (const operation of operations) if (resource.operations.includes(operation) || isThroughParent(resource, operation)) return;
  throw new UnsupportedOperationError(
    `${resource.name} (${resource.version} ${resource.path}) does not support ${operations[0]}; it supports ${resource.operations.join(', ')}. Nothing was sent.`,
  );
}

/** Returns a row's identity: its key and any further identifying attributes. */
export const identityOf =
  ({ key, identity }: ResourceDeclaration) =>
  (row: Row): unknown =>
    identity.length === 0 || row[key] === undefined ? row[key] : JSON.stringify([key, ...identity].map((name) => row[name]));

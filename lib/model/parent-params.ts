import { ArgumentError } from '../errors/argument-error.js';
import { boundSession, resourceOf } from '../record/metadata-storage.js';
import { isSameStore, keyOf, paramsBelow, scopeFor } from '../record/record-address.js';
import { contextIn, refuseCopies } from '../record/record-base.js';
import type { Class, ResourceDeclaration } from '../schema/declaration.js';
import { runningSession } from '../session/current.js';
import type { StoreSession } from '../session/session.js';
import { checkKey, type Key, type PathParams, pathNames } from '../transport/path.js';

/**
 * Returns the path parameters for parents. A record includes its own parents: `ProductOptionValue.of(option)` uses the product of the
 * option.
 *
 * @throws ArgumentError if there are too few or too many parents, or one is not saved
 */
export function parentParams(resource: ResourceDeclaration, parents: readonly unknown[]): PathParams {
  const names = pathNames(resource.path);
  const last = contextIn(parents.at(-1));
  if (parents.length === 1 && names.length > 1 && last !== undefined) {
    const params = paramsBelow(last, resource.path);
    if (names.every((name) => params[name] !== undefined)) return params;
  }
  if (parents.length !== names.length) {
    throw new ArgumentError(
      `The path of ${resource.name} is \`${resource.path}\`: of(${names.join(', ')}) takes ${names.length} parents, got ${parents.length}. Nothing was sent.`,
    );
  }
  const keys = Object.fromEntries(names.map((name, index) => [name, parentKey(parents[index], name, resource)]));
  return resource.scope.length === 0 ? keys : { ...scopeOfParents(parents, resource), ...keys };
}

/** The scope of children: that of their parents, if these are records with the same scope. */
function scopeOfParents(parents: readonly unknown[], resource: ResourceDeclaration): PathParams {
  const scope: Record<string, Key> = {};
  for (const parent of parents) {
    const context = contextIn(parent);
    if (context !== undefined) Object.assign(scope, scopeFor(context, resource));
  }
  return scope;
}

/**
 * The session that leads to the children of these parents. Parents that are records lead to their own store, whichever session is
 * current.
 *
 * @throws ArgumentError for a record of another store than the one that the model was bound to
 */
export function parentSession(model: Class, parents: readonly unknown[]): StoreSession | undefined {
  const bound = boundSession(model);
  let session = bound ?? runningSession();
  for (const parent of parents) {
    const own = contextIn(parent)?.session;
    if (own === undefined || (session !== undefined && isSameStore(session, own))) continue;
    if (bound !== undefined)
      throw new ArgumentError(`${resourceOf(model).name}.of() got a record that is on another store than using() names. Nothing was sent.`);
    session = own;
  }
  return session;
}

function parentKey(parent: unknown, name: string, resource: ResourceDeclaration): Key {
  refuseCopies(parent);
  const context = contextIn(parent);
  const key = context === undefined ? parent : keyOf(context);
  if (context !== undefined && (key === undefined || key === null))
    throw new ArgumentError(
      `The ${name} passed to ${resource.name}.of() is a record that is not saved yet. Save it first. Nothing was sent.`,
    );
  return checkKey(key, `The ${name} passed to ${resource.name}.of()`);
}

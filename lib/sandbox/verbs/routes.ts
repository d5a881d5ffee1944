import { createsByUpsert } from '../../query/settable.js';
import type { Operation, ResourceDeclaration } from '../../schema/declaration.js';
import { dialectOf } from '../../schema/dialects.js';
import type { Verb } from '../endpoint.js';
import { KEY } from '../resource-rows.js';
import { createMany, deleteMany, updateMany } from './batch.js';
import { count, deleteAll, list } from './list.js';
import { create, get, remove, update } from './record.js';
import { deleteSingle, getSingle, putSingle } from './single.js';
import { strict } from './strictness.js';

/** The route of a verb. */
interface Route {
  readonly method: string;
  readonly path: string;
  readonly verb: Verb;
}

/** Returns the path of a route for a resource; `undefined` if it has none. */
type PathOf = (resource: ResourceDeclaration) => string | undefined;

type Rule = readonly [operation: Operation, method: string, pathOf: PathOf, verb: Verb];

const own: PathOf = ({ path }) => path;
const member: PathOf = ({ path, addressing }) => (addressing === 'filter' ? undefined : `${path}/:${KEY}`);
const updatableMember: PathOf = ({ path, batchOnly }) => (batchOnly.includes('update') ? undefined : `${path}/:${KEY}`);
const ofAllParents: PathOf = ({ version, path, collectionPath }) => collectionPath?.path ?? dialectOf(version).pathOfAllParents(path);
const batchPath: PathOf = ({ path, batch }) => batch.path ?? path;

/** Returns the path that counts the rows of a list, if the API generation has one. */
const countOf =
  (pathOf: PathOf): PathOf =>
  (resource) => {
    const { subpath } = dialectOf(resource.version).count;
    const path = pathOf(resource);
    return subpath === '' || path === undefined ? undefined : `${path}${subpath}`;
  };

/** A route for some resources only. */
const where =
  (fits: (resource: ResourceDeclaration) => boolean, pathOf: PathOf): PathOf =>
  (resource) =>
    fits(resource) ? pathOf(resource) : undefined;

const isDeletedByFilter = ({ addressing, deleteFilters, keyFilter }: ResourceDeclaration): boolean =>
  addressing === 'filter' || deleteFilters.includes(`${keyFilter}:in`);

/** The routes of each operation. If two have the same path, the first one is used. */
const RULES: readonly Rule[] = [
  ['count', 'GET', countOf(own), count],
  ['list', 'GET', own, list],
  ['list', 'GET', ofAllParents, list],
  ['count', 'GET', countOf(ofAllParents), count],
  ['create', 'POST', where((resource) => !createsByUpsert(resource), own), create],
  ['create', 'POST', where(({ batch }) => batch.create !== undefined, batchPath), createMany],
  ['update', 'PUT', where(({ batch }) => (batch.update ?? batch.upsert) !== undefined, batchPath), updateMany],
  ['deleteAll', 'DELETE', own, deleteAll],
  ['delete', 'DELETE', where(isDeletedByFilter, own), deleteAll],
  ['delete', 'DELETE', where((resource) => resource.batch.delete !== undefined && !isDeletedByFilter(resource), batchPath), deleteMany],
  ['get', 'GET', member, get],
  ['update', 'PUT', updatableMember, update],
  ['delete', 'DELETE', member, remove],
];

/** The routes of a singleton resource. */
const SINGLE_RULES: readonly Rule[] = [
  ['get', 'GET', own, getSingle],
  ['create', 'POST', own, putSingle],
  ['update', 'PUT', own, putSingle],
  ['delete', 'DELETE', own, deleteSingle],
];

/** Returns the routes of a resource, from its declaration. */
export function routesOf(resource: ResourceDeclaration): Route[] {
  const rules = resource.addressing === 'single' ? SINGLE_RULES : RULES;
  return rules.flatMap(([operation, method, pathOf, verb]) => {
    const path = resource.operations.includes(operation) ? pathOf(resource) : undefined;
    return path === undefined ? [] : [{ method, path, verb: strict(operation, verb) }];
  });
}

import type { Operation, ResourceDeclaration } from '../../schema/declaration.js';
import { dialectOf } from '../../schema/dialects.js';
import type { Verb } from '../endpoint.js';
import { KEY } from '../resource-rows.js';
import { createMany, deleteMany, updateMany } from './batch.js';
import { count, deleteAll, list } from './list.js';
import { create, get, remove, update } from './record.js';
import { deleteSingle, getSingle, putSingle } from './single.js';

/** Where a verb answers. */
interface Route {
  readonly method: string;
  readonly path: string;
  readonly verb: Verb;
}

/** The path of a route of a resource; `undefined` if it has none. */
type PathOf = (resource: ResourceDeclaration) => string | undefined;

type Rule = readonly [operation: Operation, method: string, pathOf: PathOf, verb: Verb];

const own: PathOf = ({ path }) => path;
const member: PathOf = ({ path, addressing }) => (addressing === 'filter' ? undefined : `${path}/:${KEY}`);
const ofAllParents: PathOf = ({ version, path, collectionPath }) => collectionPath?.path ?? dialectOf(version).pathOfAllParents(path);
const batchPath: PathOf = ({ path, batch }) => batch.path ?? path;

/** The path that counts what another lists, where counting has a path of its own. */
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

/** Each operation, and the routes that it stands for. Of two routes to one path the first answers. */
const RULES: readonly Rule[] = [
  ['count', 'GET', countOf(own), count],
  ['list', 'GET', own, list],
  ['list', 'GET', ofAllParents, list],
  ['count', 'GET', countOf(ofAllParents), count],
  ['create', 'POST', own, create],
  ['create', 'POST', where(({ batch }) => batch.create !== undefined, batchPath), createMany],
  ['update', 'PUT', where(({ batch }) => (batch.update ?? batch.upsert) !== undefined, batchPath), updateMany],
  ['deleteAll', 'DELETE', own, deleteAll],
  ['delete', 'DELETE', where(isDeletedByFilter, own), deleteAll],
  ['delete', 'DELETE', where(({ batch }) => batch.delete !== undefined, batchPath), deleteMany],
  ['get', 'GET', member, get],
  [
    'update',
    'PUT',
    where(
      ({ batchOnly }) => !batchOnly.includes('update'),
      ({ path }) => `${path}/:${KEY}`,
    ),
    update,
  ],
  ['delete', 'DELETE', member, remove],
];

/** The routes of a resource of which there is one record only. */
const SINGLE_RULES: readonly Rule[] = [
  ['get', 'GET', own, getSingle],
  ['create', 'POST', own, putSingle],
  ['update', 'PUT', own, putSingle],
  ['delete', 'DELETE', own, deleteSingle],
];

/** The routes of a resource, as its declaration has them. */
export function routesOf(resource: ResourceDeclaration): Route[] {
  const rules = resource.addressing === 'single' ? SINGLE_RULES : RULES;
  return rules.flatMap(([operation, method, pathOf, verb]) => {
    const path = resource.operations.includes(operation) ? pathOf(resource) : undefined;
    return path === undefined ? [] : [{ method, path, verb }];
  });
}

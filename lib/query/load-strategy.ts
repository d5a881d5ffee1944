import { ArgumentError } from '../errors/argument-error.js';
import { didYouMean, nearest } from '../errors/nearest.js';
import type { Class, RelationDeclaration, ResourceDeclaration } from '../schema/declaration.js';
import { apiName } from '../schema/names.js';
import { includedIn, type QueryState } from './query-state.js';
import { canListByKey } from './scope.js';

/** Returns the declaration of a relation's target model. */
export const targetOf = (relation: RelationDeclaration): ResourceDeclaration =>
  (relation.target() as Class & { readonly resource: ResourceDeclaration }).resource;

/** Groups relation paths by their first name: `['brand', 'variants.metafields']` → brand, and variants with metafields below. */
export function preloadTree(paths: readonly string[]): Map<string, string[]> {
  const tree = new Map<string, string[]>();
  for (const path of paths) {
    const [name = '', ...rest] = path.split('.');
    const below = tree.get(name) ?? [];
    if (rest.length > 0) below.push(rest.join('.'));
    tree.set(name, below);
  }
  return tree;
}

/** Returns the declaration of a relation. @throws ArgumentError for a name that is not one */
export function relationNamed({ name: model, relations }: ResourceDeclaration, name: string): RelationDeclaration {
  const relation = relations[name];
  if (relation !== undefined && Object.hasOwn(relations, name)) return relation;
  const known = Object.keys(relations);
  throw new ArgumentError(
    `${model} has no relation \`${name}\`${didYouMean(nearest(name, known))} Relations of ${model}: ${known.join(', ') || 'none'}.`,
  );
}

/** @throws ArgumentError for a path that names no relation */
export function assertRelations(resource: ResourceDeclaration, path: string): void {
  let at = resource;
  for (const name of path.split('.')) at = targetOf(relationNamed(at, name));
}

/** How a relation of several records is loaded: with as few requests as the API allows. */
export type LoadStrategy =
  /** Embedded in the response itself, or by reading the records again with `include`. */
  | 'include'
  /** One list of all related records, by the keys of their parents. */
  | 'list'
  /** One list of the referenced records, by their own keys. */
  | 'keys'
  /** One request per record. */
  | 'each';

/** Returns the parameter that lists the related records of many parents, if the API has one. */
export function parentFilter(relation: RelationDeclaration): { parameter: string; path: string; attribute: string } | undefined {
  const target = targetOf(relation);
  if (relation.by !== undefined) {
    const attribute = apiName(target, relation.by);
    const parameter = `${attribute}:in`;
    return hasFilter(target, parameter) ? { parameter, path: target.path, attribute } : undefined;
  }
  const { collectionPath } = target;
  if (collectionPath === undefined) return undefined;
  return { parameter: `${collectionPath.parent}:in`, path: collectionPath.path, attribute: collectionPath.parent };
}

export function loadStrategyOf(resource: ResourceDeclaration, relation: RelationDeclaration): LoadStrategy {
  if (relation.kind === 'belongsTo') {
    return canListByKey(targetOf(relation)) ? 'keys' : 'each';
  }
  if (resource.includes.includes(relation.property) && canListByKey(resource)) return 'include';
  return parentFilter(relation) === undefined ? 'each' : 'list';
}

/** Adds relations to `include` if they are to be preloaded and the response can embed them: that saves further requests. */
export function embedPreloads(resource: ResourceDeclaration, state: QueryState): QueryState {
  if (state.preload.length === 0) return state;
  const embeddable = [...preloadTree(state.preload).keys()].filter(
    (name) => resource.includes.includes(name) && resource.relations[name] !== undefined,
  );
  if (embeddable.length === 0) return state;
  return { ...state, params: { ...state.params, include: [...new Set([...includedIn(state.params), ...embeddable])] } };
}

const hasFilter = ({ filters }: ResourceDeclaration, name: string): boolean => filters !== undefined && Object.hasOwn(filters, name);

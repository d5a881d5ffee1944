import { ArgumentError } from '../../errors/argument-error.js';
import { didYouMean, nearest } from '../../errors/nearest.js';
import type { Parent } from '../../model/model.js';
import { keyOf, paramsOf } from '../../record/record-address.js';
import { contextIn } from '../../record/record-base.js';
import type { ResourceDeclaration } from '../../schema/declaration.js';
import { checkKey, pathNames } from '../../transport/path.js';
import type { Params } from '../resource-rows.js';

/**
 * The keys of parents, or the parents themselves, by the names in the path: `{ product_id: product }`; or without names, as `of()` takes them:
 * `product`, `[product, 2]`.
 */
export type GivenParents = Readonly<Record<string, Parent>> | Parent | readonly Parent[];

/**
 * Returns the keys of given parents by the names in the path. A record brings the keys of its own parents along.
 *
 * @throws ArgumentError for a name that the path does not have, for more or fewer parents than it has, and for a record without a key
 */
export function keysOf(resource: ResourceDeclaration, parents: GivenParents): Params {
  const keys = parentsByName(resource, parents).flatMap(([name, parent]) => {
    const context = contextIn(parent);
    const above = context === undefined ? [] : Object.entries(paramsOf(context));
    const key = context === undefined ? parent : keyOf(context);
    return [...above, [name, checkKey(key, `The ${name} of this ${resource.name}`)] as const];
  });
  return Object.fromEntries(keys.map(([name, key]) => [name, String(key)]));
}

function parentsByName({ name: model, path }: ResourceDeclaration, parents: GivenParents): (readonly [string, unknown])[] {
  const names = pathNames(path);
  const list = unnamedParents(parents);
  if (list === undefined) {
    const entries = Object.entries(parents);
    const unknown = entries.find(([name]) => !names.includes(name))?.[0];
    if (unknown === undefined) return entries;
    const guess = didYouMean(nearest(unknown, names));
    throw new ArgumentError(`The path of ${model} is \`${path}\`, which has no \`${unknown}\`${guess}`);
  }
  // A record knows its own parents.
  const at = list.length === 1 && contextIn(list[0]) !== undefined ? names.slice(-1) : names;
  if (at.length === list.length) return at.map((name, index) => [name, list[index]]);
  throw new ArgumentError(`The parents in the path of ${model} are ${names.join(', ') || 'none'}: got ${list.length} of them.`);
}

/** Returns the parents if they are given without names. */
function unnamedParents(parents: GivenParents): readonly unknown[] | undefined {
  if (Array.isArray(parents)) return parents;
  return typeof parents !== 'object' || parents === null || contextIn(parents) !== undefined ? [parents] : undefined;
}

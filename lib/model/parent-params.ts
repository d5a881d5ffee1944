import { ArgumentError } from '../errors/argument-error.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { checkKey, type Key, type PathParams, pathNames } from '../transport/path.js';
import { isRecord } from './internals.js';
import { refuseCopies } from './record.js';
import { keyOf, paramsBelow } from './related.js';

/**
 * Parents as values for a nested path. A record brings its own parents along: `ProductOptionValue.of(option)` knows the
 * product of the option.
 *
 * @throws ArgumentError when there are too few or too many, or one is not saved
 */
export function parentParams(resource: ResourceDeclaration, parents: readonly unknown[]): PathParams {
  const names = pathNames(resource.path);
  const last = parents.at(-1);
  if (parents.length === 1 && names.length > 1 && isRecord(last)) {
    const params = paramsBelow(last, resource.path);
    if (names.every((name) => params[name] !== undefined)) return params;
  }
  if (parents.length !== names.length) {
    throw new ArgumentError(
      `${resource.name} lives under \`${resource.path}\`: of(${names.join(', ')}) takes ${names.length} parents, got ${parents.length}.`,
    );
  }
  return Object.fromEntries(names.map((name, index) => [name, parentKey(parents[index], name, resource)]));
}

function parentKey(parent: unknown, name: string, resource: ResourceDeclaration): Key {
  refuseCopies(parent);
  const key = isRecord(parent) ? keyOf(parent) : parent;
  if (isRecord(parent) && (key === undefined || key === null))
    throw new ArgumentError(`The ${name} of ${resource.name}.of() is a record that is not saved yet.`);
  return checkKey(key, `The ${name} of ${resource.name}.of()`);
}

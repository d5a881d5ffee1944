import { ArgumentError } from '../errors/argument-error.js';
import { givesProperties } from '../given.js';
import { collectionPath } from '../query/scope.js';
import { copyOf } from '../schema/snapshot.js';
import { describe } from '../transport/path.js';
import { buildIn, isRecordOf, loadIn } from './instantiate.js';
import type { ModelScope } from './model-scope.js';
import { isEmptyKey, paramsOf } from './record-address.js';
import { contextOf } from './record-base.js';
import type { RecordContext } from './record-context.js';

/** @throws ArgumentError for a saved child of another parent */
function ofParent(scope: ModelScope<object>, child: RecordContext): RecordContext {
  const { resource } = scope;
  const own = child.isNew ? undefined : collectionPath({ resource, params: paramsOf(child) });
  if (own === undefined || own === collectionPath(scope)) return child;
  throw new ArgumentError(
    `This ${resource.name} belongs to another parent, at ${own}. Use clone() for a new one with its attributes. Nothing was sent.`,
  );
}

/**
 * Returns the child that a value stands for which is set on its parent: a record itself; for attributes with a key, the child with
 * that key, with the other attributes changed; for attributes without one, a new child.
 *
 * @param known returns the child with a key, if the program has it; `undefined` if the parent is new and so has none
 * @throws ArgumentError
 */
export function givenChild(
  scope: ModelScope<object>,
  value: unknown,
  known: ((key: unknown) => RecordContext | null | undefined) | undefined,
): RecordContext {
  if (isRecordOf(scope, value)) return ofParent(scope, contextOf(value));
  const { metadata, resource } = scope;
  if (!givesProperties(value))
    throw new ArgumentError(`Pass a ${resource.name} as a record or its attributes, got ${describe(value)}. Nothing was sent.`);
  const { [metadata.keyProperty]: key, ...attributes }: Record<string, unknown> = { ...value };
  const isSingle = resource.addressing === 'single';
  if (known === undefined || (!isSingle && isEmptyKey(key))) return contextOf(buildIn(scope, value));
  const child = known(key) ?? loadIn(scope, isSingle ? {} : { [resource.key]: key }, scope.session);
  for (const [name, each] of Object.entries(attributes)) child.record[metadata.propertyOf(name)] = copyOf(each);
  return child;
}

import { BigRecordError } from '../../errors/bigrecord-error.js';
import { UnsupportedOperationError } from '../../errors/unsupported-operation-error.js';
import type { Model } from '../../model/model.js';
import type { Query } from '../../model/query.js';
import { keysAfter } from '../../query/page-strategies.js';
import type { ResourceDeclaration } from '../../schema/declaration.js';

/** Records of one page, and where a later run goes on after them. */
export interface WalkedPage {
  readonly items: readonly Model[];
  /** The last key; `undefined` if a later run cannot go on there. */
  readonly cursor: string | undefined;
}

/** Whether records of a resource can be read in the order of their keys, so that a walk can go on after any of them. */
export function isWalkedByKey(resource: ResourceDeclaration): boolean {
  if (resource.attributes[resource.key]?.type !== 'number') return false;
  try {
    keysAfter(resource, 0);
    return true;
  } catch (error) {
    if (error instanceof UnsupportedOperationError) return false;
    throw error;
  }
}

/**
 * Reads the records of a query in the order of their keys, from the beginning or after a cursor, in constant memory.
 *
 * @throws BigRecordError if the cursor is not a key
 */
export async function* walkByKey(
  query: Query<Model>,
  resource: ResourceDeclaration,
  cursor: string | undefined,
): AsyncGenerator<WalkedPage, void, undefined> {
  for await (const { items } of after(query, resource, cursor).stable().pages()) {
    const last = items.at(-1);
    yield { items, cursor: last === undefined ? undefined : String(Reflect.get(last, resource.key)) };
  }
}

function after(query: Query<Model>, resource: ResourceDeclaration, cursor: string | undefined): Query<Model> {
  if (cursor === undefined) return query;
  const key = Number(cursor);
  if (!Number.isSafeInteger(key))
    throw new BigRecordError(`${resource.name}: a walk cannot go on after the key ${JSON.stringify(cursor)}.`);
  return Object.entries(keysAfter(resource, key)).reduce((narrowed, [name, value]) => narrowed.param(name, value), query);
}

/** Reads the records of a query page by page, in the order that it asks for. Such a walk cannot be continued. */
export async function* walkByPage(query: Query<Model>): AsyncGenerator<WalkedPage, void, undefined> {
  for await (const { items } of query.pages()) yield { items, cursor: undefined };
}

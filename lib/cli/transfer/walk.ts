import { ArgumentError } from '../../errors/argument-error.js';
import type { Model } from '../../model/model.js';
import type { Page } from '../../model/page.js';
import type { Query } from '../../model/query.js';
import { canWalkKeys } from '../../query/key-order.js';
import type { ResourceDeclaration } from '../../schema/declaration.js';
import { UsageError } from '../usage-error.js';

/**
 * Reads the pages of a query: in the order of keys where the API can, so that none is missed if rows change meanwhile.
 *
 * @param isOrdered whether the query asks for an order of its own
 * @param cursor that of the page after which the walk continues
 * @throws UsageError if the cursor is of another query
 */
export function walk(
  query: Query<Model>,
  resource: ResourceDeclaration,
  isOrdered: boolean,
  cursor: string | undefined,
): AsyncGenerator<Page<Model>, void, undefined> {
  const wanted = !isOrdered && canWalkKeys(resource) ? query.stable() : query;
  if (cursor === undefined) return wanted.pages();
  try {
    return wanted.after(cursor).pages();
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    throw new UsageError(`The interrupted export cannot be continued: ${error.message} Pass --restart to begin again.`, { cause: error });
  }
}

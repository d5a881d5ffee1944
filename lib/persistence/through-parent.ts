import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { assertKind, FLAG, oneOf } from '../schema/option-kinds.js';
import type { Through, UpdateMode } from '../schema/through.js';
import { describe } from '../transport/path.js';
import { ThroughParent } from './child-writes.js';

/** Options of {@link throughParent}. */
export type ThroughOptions = Partial<Pick<Through, 'create' | 'update' | 'remove' | 'dependent'>>;

const OPTIONS = { create: 1, update: 1, remove: 1, dependent: 1 } as const satisfies Record<keyof ThroughOptions, 1>;

/**
 * Declares that records are written inside their parent: those at `/orders/:order_id/products` as `products` of their order. What the
 * resource has no operation of its own for is done by an update of the parent: `line.save()` is `PUT /orders/1 {"products":[…]}`.
 *
 * - `create`: whether the request that creates the parent takes them.
 * - `update`: what an update of the parent does with them. `'merge'` changes those that carry their key, adds those without one and
 *   leaves the others; `'replace'` leaves only those in it; `'add'` adds them.
 * - `remove`: attributes that make a merge remove a record: `{ quantity: 0 }`. To be removed from a `'replace'`, it is left out.
 * - `dependent`: attributes of which the last follows from the others. If a replacement changes one of them, the last one that did not
 *   change is left out, for the store to compute: `['cost_ex_tax', 'cost_inc_tax', 'cost_tax']`.
 *
 * @throws ConfigurationError for an unknown option or a wrong value
 * @example
 * @Resource('/orders/:order_id/products', {
 *   operations: ['list', 'get'],
 *   through: throughParent({ create: true, update: 'merge', remove: { quantity: 0 } }),
 * })
 * class OrderProduct extends Model { … }
 */
export function throughParent(options: ThroughOptions): Through {
  const owner = 'throughParent()';
  assertKnownOptions(options, OPTIONS, owner, ConfigurationError);
  const { create = false, update, remove, dependent } = options;
  assertKind(FLAG, create, 'create', owner);
  if (update !== undefined) assertKind(oneOf<UpdateMode>('merge', 'replace', 'add'), update, 'update', owner);
  if (!create && update === undefined) throw new ConfigurationError(`${owner} needs \`create\`, \`update\` or both.`);
  if (remove !== undefined && (typeof remove !== 'object' || Object.keys(remove ?? {}).length === 0 || update !== 'merge'))
    throw new ConfigurationError(
      `${owner}: \`remove\` must be the attributes that remove a record from a merge, got ${describe(remove)} with update ${describe(update)}.`,
    );
  if (dependent !== undefined && !(Array.isArray(dependent) && dependent.every((name) => typeof name === 'string') && update === 'replace'))
    throw new ConfigurationError(
      `${owner}: \`dependent\` must be the names of attributes, with update 'replace', got ${describe(dependent)}.`,
    );
  return new ThroughParent(create, update, remove, dependent);
}

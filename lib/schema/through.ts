import type { JsonObject } from '../json-object.js';

/**
 * What an update of the parent does with the records in it. `'merge'`: it changes those that carry their key, adds those without one, and
 * leaves the others as they are. `'replace'`: the records in it are all that remain. `'add'`: it adds them.
 */
export type UpdateMode = 'merge' | 'replace' | 'add';

/** How records are written inside their parent, in the resource option `through`. */
export interface Through {
  /** Whether the request that creates the parent takes them. */
  readonly create: boolean;
  /** What an update of the parent does with them; `undefined` if it does not take them. */
  readonly update: UpdateMode | undefined;
  /** Attributes that make a merge remove the record: `{ quantity: 0 }`. With `'replace'`, a record is removed by leaving it out. */
  readonly remove: Readonly<JsonObject> | undefined;
  /** Attributes of which the last follows from the others: amounts without tax, with tax, and the tax. */
  readonly dependent?: readonly string[] | undefined;
  /** Operations that an update of the parent does where the resource does not have them itself. */
  readonly writes: readonly string[];
}

/** Whether an operation that the resource has no endpoint for is done by an update of the parent. */
export const isThroughParent = (
  { operations, through }: { readonly operations: readonly string[]; readonly through: Through | undefined },
  operation: string,
): boolean => through?.writes.includes(operation) === true && !operations.includes(operation);

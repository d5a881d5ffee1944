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
}

/** What a write inside the parent can stand in for. */
type Write = 'create' | 'update' | 'delete' | 'deleteAll';

const WRITES: Readonly<Record<Write, (through: Through) => boolean>> = {
  create: ({ update }) => update !== undefined,
  update: ({ update }) => update === 'merge' || update === 'replace',
  delete: ({ update, remove }) => update === 'replace' || remove !== undefined,
  deleteAll: ({ update, remove }) => update === 'replace' || remove !== undefined,
};

const isWrite = (operation: string): operation is Write => Object.hasOwn(WRITES, operation);

/** Whether an operation that the resource has no endpoint for is done by an update of the parent. */
export const isThroughParent = (
  { operations, through }: { readonly operations: readonly string[]; readonly through: Through | undefined },
  operation: string,
): boolean => through !== undefined && !operations.includes(operation) && isWrite(operation) && WRITES[operation](through);

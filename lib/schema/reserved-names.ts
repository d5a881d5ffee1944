/** The members of every record, which no attribute or relation may share a name with. */
const RESERVED_NAMES = [
  'save',
  'update',
  'assign',
  'destroy',
  'reload',
  'restore',
  'clone',
  'isSame',
  'request',
  'validate',
  'isNew',
  'isDirty',
  'isDestroyed',
  'changed',
  'changes',
  'previousChanges',
  'fieldErrors',
  'toObject',
  'toJSON',
  'session',
] as const;

/** The members that every record has: reserved, and never attributes of a resource. */
export type ReservedName = (typeof RESERVED_NAMES)[number];

const names: ReadonlySet<string> = new Set(RESERVED_NAMES);

export const isReserved = (name: string): boolean => names.has(name);

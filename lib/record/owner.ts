import type { PathParams } from '../transport/path.js';
import type { RecordContext } from './record-context.js';

/** The record that children belong to which were read or built through its relation, by their path parameters. */
const owners = new WeakMap<PathParams, RecordContext>();

/** Notes whose children have these path parameters. Returns the parameters. */
export function ownedBy(owner: RecordContext, params: PathParams): PathParams {
  owners.set(params, owner);
  return params;
}

/** Returns the record through whose relation a child was read or built, if the program has it. */
export const ownerOf = (params: PathParams): RecordContext | undefined => owners.get(params);

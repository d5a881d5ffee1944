import type { JsonObject } from '../../json-object.js';
import type { ResourceDeclaration } from '../../schema/declaration.js';
import type { Params } from '../resource-rows.js';

/** Rows of one resource, and the keys of their parents. */
export interface DemoRows {
  readonly resource: ResourceDeclaration;
  readonly rows: readonly JsonObject[];
  readonly parents: Params;
}

export const rows = (
  { resource }: { readonly resource: ResourceDeclaration },
  all: readonly JsonObject[],
  parents: Params = {},
): DemoRows => ({
  resource,
  rows: all,
  parents,
});

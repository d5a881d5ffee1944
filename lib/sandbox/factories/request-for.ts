import type { JsonObject } from '../../json-object.js';
import { createsByUpsert } from '../../query/settable.js';
import type { ResourceDeclaration } from '../../schema/declaration.js';
import { isThroughParent } from '../../schema/through.js';
import { expandPath } from '../../transport/path.js';
import type { Params } from '../resource-rows.js';
import type { Table } from '../tables.js';

/** Returns the request that creates a record. One that is written inside its parent goes into an update of that. */
export function requestFor(
  resource: ResourceDeclaration,
  body: JsonObject,
  parents: Params,
  table: Table,
): { method: string; path: string; body: unknown } {
  const { version, batchOnly, through } = resource;
  const path = `/${version}${expandPath(resource.path, parents, resource.name)}`;
  if (isThroughParent(resource, 'create')) {
    const [, parent = '', name = ''] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
    // An update that replaces all has the others too.
    const kept = through?.update === 'replace' ? table.list(parents) : [];
    return { method: 'PUT', path: parent, body: { [name]: [...kept.map(({ values }) => written(resource, values)), body] } };
  }
  if (!batchOnly.includes('create')) return { method: 'POST', path, body };
  return { method: createsByUpsert(resource) ? 'PUT' : 'POST', path, body: [body] };
}

/** The values of a row that a client sends back to keep it. */
const written = ({ key, attributes }: ResourceDeclaration, values: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name === key || attributes[name]?.readOnly === false));

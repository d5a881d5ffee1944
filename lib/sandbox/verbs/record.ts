import { isJsonObject } from '../../json-object.js';
import type { Verb } from '../endpoint.js';
import { inForm } from '../response-forms.js';
import { queryFor } from '../row-view.js';
import { createMany } from './batch.js';

/** Gets the record in the path. */
export const get: Verb = (endpoint, incoming) => {
  const entry = endpoint.rows.find(incoming.params);
  return entry === undefined ? endpoint.notFound : inForm(endpoint.resource, 'get', endpoint.dialect.one(endpoint.show(entry, incoming)));
};

/** Creates one record, or several if the resource has batches. */
export const create: Verb = (endpoint, incoming) => {
  const { params, body, query, root } = incoming;
  const { resource, rows } = endpoint;
  const missing = endpoint.missingParent(params);
  if (missing !== undefined) return missing;
  if (resource.addressing === 'filter' || (Array.isArray(body) && resource.batch.create !== undefined))
    return createMany(endpoint, incoming);
  if (!isJsonObject(body)) return endpoint.notAnObject;
  const refused = endpoint.refusalOf(body, params);
  if (refused !== undefined) return refused;
  const row = endpoint.show(rows.insert(body, params), { query: queryFor(rows, body, query), root });
  const status = endpoint.statuses.create;
  return status === 204 ? { status } : inForm(resource, 'create', { ...endpoint.dialect.one(row), status });
};

/** Updates the record in the path. With a version, only if it is still the current one. */
export const update: Verb = (endpoint, incoming) => {
  const { resource, rows } = endpoint;
  const entry = rows.find(incoming.params);
  if (entry === undefined) return endpoint.notFound;
  if (!isJsonObject(incoming.body)) return endpoint.notAnObject;
  const { [resource.lock ?? '']: version, ...body } = incoming.body;
  const current = Number((resource.lock === undefined ? undefined : entry.values[resource.lock]) ?? 1);
  if (version !== undefined && Number(version) !== current)
    return endpoint.dialect.error(409, 'The version does not match that of the store.');
  const refused = endpoint.refusalOf(body, incoming.params, entry);
  if (refused !== undefined) return refused;
  const changed = rows.change(entry, body);
  if (resource.lock !== undefined) changed.values[resource.lock] = Number(changed.values[resource.lock] ?? 1) + 1;
  return endpoint.changed(changed, incoming);
};

/** Deletes the record in the path. */
export const remove: Verb = (endpoint, incoming) => {
  const entry = endpoint.rows.find(incoming.params);
  return entry === undefined ? endpoint.notFound : endpoint.remove(entry, incoming);
};

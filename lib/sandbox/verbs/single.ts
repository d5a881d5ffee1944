import { isJsonObject } from '../../json-object.js';
import type { Verb } from '../endpoint.js';
import { familyOf } from '../families/index.js';
import { inForm } from '../response-forms.js';

/** The resource whose value is the current time. */
const CLOCK = '/time';

/** Gets the record of a singleton resource. */
export const getSingle: Verb = (endpoint, incoming) => {
  const missing = endpoint.missingParent(incoming.params);
  if (missing !== undefined) return missing;
  if (familyOf(endpoint.resource)?.mayBeAbsent && endpoint.rows.list(incoming.params).length === 0) return { status: 204 };
  const entry = endpoint.rows.single(incoming.params);
  if (endpoint.resource.path === CLOCK) entry.values['time'] = endpoint.rows.tables.clock.seconds();
  return inForm(endpoint.resource, 'get', endpoint.dialect.one(endpoint.show(entry, incoming)));
};

/** Updates the record of a singleton resource. */
export const putSingle: Verb = (endpoint, incoming) => {
  const { params, body } = incoming;
  const missing = endpoint.missingParent(params);
  if (missing !== undefined) return missing;
  if (!isJsonObject(body)) return endpoint.notAnObject;
  const entry = endpoint.rows.single(params);
  return endpoint.refusalOf(body, params, entry) ?? endpoint.changed(endpoint.rows.change(entry, body), incoming);
};

/** Empties the record of a singleton resource. */
export const deleteSingle: Verb = (endpoint, incoming) => endpoint.remove(endpoint.rows.single(incoming.params), incoming);

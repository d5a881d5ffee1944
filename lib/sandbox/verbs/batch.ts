import { isJsonObject, type JsonObject } from '../../json-object.js';
import type { ResourceDeclaration, Responses } from '../../schema/declaration.js';
import type { Reply } from '../dialect.js';
import { paginationOf } from '../dialect-v3.js';
import type { Endpoint, Incoming, Verb } from '../endpoint.js';
import { familyOf } from '../families/index.js';
import { atPlace } from '../refusals.js';
import { inForm } from '../response-forms.js';
import { queryFor } from '../row-view.js';
import type { Entry } from '../tables.js';

/** Creates the records of an array. */
export const createMany: Verb = (endpoint, incoming) => {
  const { resource, rows, statuses } = endpoint;
  return storeAll(endpoint, incoming, { operation: 'createMany', most: resource.batch.create, status: statuses.create }, (row, place) => {
    const params = rows.paramsOf(row, incoming.params);
    const refused = endpoint.missingParent(params) ?? endpoint.refusalOf(row, params, undefined, place);
    return { refused, isIgnored: endpoint.isIgnored(row, params), store: () => rows.insert(row, params) };
  });
};

/** Updates the records of an array. Creates missing ones if the resource has upserts. */
export const updateMany: Verb = (endpoint, incoming) => {
  const { resource, rows, statuses } = endpoint;
  const { update, upsert } = resource.batch;
  return storeAll(endpoint, incoming, { operation: 'updateMany', most: upsert ?? update, status: statuses.updateMany }, (row) => {
    const entry = rows.identified(row, incoming.params);
    const params = rows.paramsOf(row, incoming.params);
    const isIgnored = endpoint.isIgnored(row, params, entry);
    if (entry !== undefined) return { refused: endpoint.refusalOf(row, params, entry), isIgnored, store: () => rows.change(entry, row) };
    const refused = upsert === undefined ? endpoint.notFound : (endpoint.missingParent(params) ?? endpoint.refusalOf(row, params));
    return { refused, isIgnored, store: () => rows.insert(row, params) };
  });
};

/** Deletes the records whose keys are in the body. */
export const deleteMany: Verb = (endpoint, { body, params }) => {
  const { resource, rows, dialect } = endpoint;
  const { batch } = resource;
  if (!Array.isArray(body)) return dialect.error(422, 'The body must be an array of ids.');
  if (body.length > (batch.delete ?? 1)) return dialect.error(422, `At most ${batch.delete} records may be deleted at once.`);
  const entries = body.map((key) => rows.get(String(key), params));
  for (const entry of entries) {
    const refused = entry === undefined ? undefined : endpoint.refusalOfRemoval(entry);
    if (refused !== undefined) return refused;
  }
  for (const entry of entries) if (entry !== undefined) rows.remove(entry);
  const data = body.filter((_, at) => entries[at] !== undefined);
  const meta = { total: body.length, success: data.length, failed: body.length - data.length };
  return { status: 200, body: { data, errors: [], meta } };
};

/** What to do with a row of a batch: refuse it, leave it alone or store it. */
interface Checked {
  readonly refused: Reply | undefined;
  readonly isIgnored: boolean;
  store(): Entry;
}

/** Stores all rows of a batch, or refuses the batch because of the first row that cannot be stored. */
function storeAll(
  endpoint: Endpoint,
  { body, root, query }: Incoming,
  { operation, most, status }: { readonly operation: keyof Responses; readonly most: number | undefined; readonly status: number },
  check: (row: JsonObject, place: number) => Checked,
): Reply {
  const { resource, rows, dialect } = endpoint;
  if (!Array.isArray(body) || !body.every(isJsonObject)) return dialect.error(dialect.invalid, 'The body must be an array of objects.');
  if (body.length === 0) return dialect.error(422, 'The array is empty.');
  if (most !== undefined && body.length > most) return dialect.error(422, `At most ${most} records may be sent at once.`);
  const isInTurn = operation === 'createMany' && resource.batch.partialCreate === true;
  const checked = body.map((row, place) => (isInTurn ? storedInTurn(check(row, place)) : check(row, place)));
  const place = checked.findIndex(({ refused }) => refused !== undefined);
  const { refused } = checked[place] ?? {};
  if (refused !== undefined) return atPlace(inBatch(resource, refused), place);
  const repeated = repetitionIn(endpoint, body);
  if (repeated !== undefined) return repeated;
  const written = checked.flatMap(({ isIgnored, store }, at) => (isIgnored ? [] : [{ row: body[at], store }]));
  const shown = written.map(({ row, store }) => endpoint.show(store(), { query: queryFor(rows, row, query), root }));
  return status === 204
    ? { status }
    : inForm(resource, operation, { status, body: { data: resource.omitsListRows ? {} : shown, meta: metaOf(resource, shown) } });
}

/** Returns the `meta` of the response to a batch. */
function metaOf(resource: ResourceDeclaration, rows: readonly JsonObject[]): object {
  const page = { rows, total: rows.length, page: 1, limit: 50 };
  return familyOf(resource)?.paginatesBatches === true ? { pagination: paginationOf(page) } : {};
}

/** Stores a row before the next one is checked: the batch may be refused because of a later one, such as its twin. */
function storedInTurn(checked: Checked): Checked {
  if (checked.refused !== undefined || checked.isIgnored) return checked;
  const entry = checked.store();
  return { ...checked, store: () => entry };
}

/** A batch of which a part may have been stored has one status for all that is wrong with its rows, conflicts too. */
function inBatch({ batch }: Endpoint['resource'], refused: Reply): Reply {
  const isConflict = refused.status === 409 && batch.partialCreate === true;
  return isConflict ? { ...refused, status: 422, body: { ...Object(refused.body), status: 422 } } : refused;
}

/** Refuses a batch in which two rows have the same value of a unique attribute. */
function repetitionIn({ resource, dialect }: Endpoint, body: readonly JsonObject[]): Reply | undefined {
  for (const { name, unique } of Object.values(resource.attributes)) {
    if (!unique) continue;
    const values = body.map((row) => String(row[name] ?? '').toLowerCase());
    const place = values.findIndex((value, at) => value !== '' && values.indexOf(value) !== at);
    if (place >= 0)
      return atPlace(dialect.error(422, `The ${name} is already in use.`, { [name]: `${name} is in the array twice` }), place);
  }
  return undefined;
}

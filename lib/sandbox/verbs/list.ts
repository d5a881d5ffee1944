import type { JsonObject } from '../../json-object.js';
import type { ResourceDeclaration } from '../../schema/declaration.js';
import type { Reply } from '../dialect.js';
import { paginationOf } from '../dialect-v3.js';
import type { Endpoint, Incoming, Verb } from '../endpoint.js';
import type { Family } from '../families/family.js';
import { familyOf } from '../families/index.js';
import { project } from '../projection.js';
import { inForm } from '../response-forms.js';
import { filterOf, orderOf } from '../selection.js';
import type { Entry, Tables } from '../tables.js';

const DEFAULT_LIMIT = 50;

/** Lists a page of rows: by number, or by cursor if the resource has cursors and no number is given. */
export const list: Verb = (endpoint, incoming) => {
  const { params, query } = incoming;
  const { resource, dialect } = endpoint;
  const requested = Number(query['limit'] ?? DEFAULT_LIMIT);
  const limit = Math.min(requested, largestPage(resource, query['include']));
  const page = Number(query['page'] ?? 1);
  const missing = familyOf(resource)?.listsBelowNothing ? undefined : endpoint.missingParent(params);
  if (missing !== undefined) return missing;
  if (!isCount(limit) || !isCount(page)) return dialect.error(dialect.invalid, 'page and limit must be whole numbers from 1');
  if (requested > resource.pageSize) return dialect.error(413, `The limit may be at most ${resource.pageSize}.`);
  const matching = select(endpoint, incoming);
  if (resource.cursor && query['page'] === undefined) return listByCursor(endpoint, incoming, matching, limit);
  const rows = matching.slice((page - 1) * limit, page * limit).map((entry) => endpoint.show(entry, incoming));
  return inForm(resource, 'list', dialect.list({ rows, total: matching.length, page, limit }));
};

/** Counts the rows that match. */
export const count: Verb = (endpoint, incoming) =>
  endpoint.missingParent(incoming.params) ?? { status: 200, body: { count: select(endpoint, incoming).length } };

/** Deletes the rows that match. Without a filter, only if the whole resource can be deleted. */
export const deleteAll: Verb = (endpoint, { params, query }) => {
  const { resource, rows } = endpoint;
  const missing = endpoint.missingParent(params);
  if (missing !== undefined) return missing;
  const { attributes, test } = filterOf(resource, query, resource.deleteFilters);
  if (attributes.size === 0 && !resource.operations.includes('deleteAll'))
    return endpoint.dialect.error(422, `A filter is required: ${resource.deleteFilters.join(', ')}.`);
  const limit = resource.batch.delete;
  if (limit !== undefined && (query[`${resource.keyFilter}:in`] ?? '').split(',').length > limit)
    return endpoint.dialect.error(422, `At most ${limit} records may be deleted at once.`);
  const matching = rows.list(params).filter((entry) => test(project(resource, entry, attributes)));
  for (const entry of matching) {
    const refused = endpoint.refusalOfRemoval(entry, true);
    if (refused !== undefined) return refused;
  }
  for (const entry of matching) rows.remove(entry);
  return endpoint.deleted();
};

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1;

/** Returns the most rows on a page: fewer if some relations are embedded. */
function largestPage({ pageSize, includePageSizes }: ResourceDeclaration, include = ''): number {
  return Math.min(...include.split(',').map((name) => includePageSizes[name] ?? pageSize));
}

/** Returns the matching entries, in the sort order of the query. */
export function select({ resource, rows }: Endpoint, { params, query }: Incoming): Entry[] {
  const family = familyOf(resource);
  // Rows are those of the scope already.
  const others = new Set([...resource.scope, ...(family?.display ?? []), ...Object.keys(family?.filters ?? {})]);
  const { attributes, test } = filterOf(resource, Object.fromEntries(Object.entries(query).filter(([name]) => !others.has(name))));
  const order = orderOf(query);
  const entries = rows.list(params).filter((entry) => passes(family, entry, query, rows.tables));
  if (order === undefined && family?.order !== undefined) entries.sort(family.order);
  if (attributes.size === 0 && order === undefined) return entries;
  const needed = order === undefined ? attributes : new Set([...attributes, order.name]);
  const rowOf = (entry: Entry): JsonObject => ({ ...project(resource, entry, needed), ...family?.filterValues?.(entry) });
  const matching = entries.map((entry) => ({ entry, row: rowOf(entry) })).filter(({ row }) => test(row));
  if (order !== undefined) matching.sort((a, b) => order.compare(a.row, b.row));
  return matching.map(({ entry }) => entry);
}

/** Whether an entry passes the filters that are not about attributes. */
function passes(family: Family | undefined, entry: Entry, query: Incoming['query'], tables: Tables): boolean {
  if (family?.isListed?.(entry, query) === false) return false;
  return Object.entries(family?.filters ?? {}).every(([name, test]) => {
    const expected = query[name];
    return expected === undefined || test({ entry, expected, tables });
  });
}

/** Lists a page by cursor, which is that of the last row. The first page reports both kinds of paging, later ones the cursor only. */
function listByCursor(endpoint: Endpoint, incoming: Incoming, matching: readonly Entry[], limit: number): Reply {
  const { after } = incoming.query;
  const last = after === undefined ? -1 : matching.findIndex(({ key }) => cursorOf(key) === after);
  if (after !== undefined && last < 0) return endpoint.dialect.error(422, 'The cursor is unknown.');
  const entries = matching.slice(last + 1, last + 1 + limit);
  const [first] = entries;
  const end = entries.at(-1);
  const next = end !== undefined && last + 1 + limit < matching.length ? { next: `?after=${cursorOf(end.key)}&limit=${limit}` } : {};
  const cursors = first === undefined || end === undefined ? {} : { start_cursor: cursorOf(first.key), end_cursor: cursorOf(end.key) };
  const cursor_pagination = { count: entries.length, per_page: limit, ...cursors, links: next };
  const data = entries.map((entry) => endpoint.show(entry, incoming));
  const pagination = after === undefined ? { pagination: paginationOf({ rows: data, total: matching.length, page: 1, limit }) } : {};
  return { status: 200, body: { data, meta: { ...pagination, cursor_pagination } } };
}

const cursorOf = (key: string): string => Buffer.from(key).toString('base64url');

import { routesOf } from '../../dist/lib/sandbox/verbs/routes.js';

/** What a call is written as, by operation; `{}` stands for the collection the call is made on. */
const CALLS = {
  list: () => '`{}.where(…)`, `{}.all()`',
  get: ({ isSingle }) => (isSingle ? '`{}.get()`' : '`{}.find(key)`, `record.reload()`'),
  create: ({ isMany, isSingle }) => (isSingle ? '`{}.update({ … })`' : isMany ? '`{}.create({ … })`, `{}.createMany([…])`' : '`{}.create({ … })`, `record.save()`'),
  update: ({ isMany, isSingle, isBatchOnly }) =>
    isBatchOnly
      ? '`record.save()`, `{}.update(key, { … })`, `{}.saveMany([…])`'
      : isSingle ? '`record.save()`' : isMany ? '`{}.saveMany([…])`, `{}.updateMany([…])`' : '`record.save()`, `{}.update(key, { … })`',
  delete: ({ isMany, isQuery, isBatchOnly }) =>
    isBatchOnly ? '`record.destroy()`, `{}.destroy(key)`, `{}.destroyMany([…])`' : isQuery ? '`{}.where(…).deleteAll()`' : isMany ? '`{}.destroyMany([…])`' : '`record.destroy()`, `{}.destroy(key)`',
  deleteAll: () => '`{}.deleteAll()`',
  count: () => '`{}.count()`',
};

/** A parameter of a path as a reader writes it: `:product_id` → `{product_id}`. */
const readable = (path) => path.replaceAll(/:_*(\w+?)_*(?=\/|$)/g, '{$1}');

/**
 * The requests of a resource, from its declaration: each with the calls that send it, its method and its path. The routes are those that
 * the sandbox answers.
 */
export function requestsOf(resource) {
  const { name, version, path, key, operations, addressing, batch } = resource;
  const parents = [...path.matchAll(/:(\w+)/g)].map(([, parent]) => parent);
  const collection = parents.length === 0 ? name : `${name}.of(${parents.join(', ')})`;
  const isSingle = addressing === 'single';
  const found = operations.flatMap((operation) =>
    routesOf({ ...resource, operations: [operation] }).map((route) => {
      const isMember = /:[^/]*$/.test(route.path) && route.path !== path;
      const isOfAll = operation === 'list' || operation === 'count' ? !route.path.startsWith(path) : false;
      const shown = isMember ? route.path.replace(/:[^/]*$/, `{${key}}`) : route.path;
      const call = CALLS[operation]({ isSingle, isMany: !isMember && !isSingle && isOfMany(operation, route, resource), isQuery: !isMember && !isSingle && !isDeletedByKeys(resource), isBatchOnly: addressing === 'filter' || (operation === 'update' && resource.batchOnly.includes('update')) });
      return {
        calls: call.replaceAll('{}', isOfAll ? name : collection),
        method: route.method,
        path: `/${version}${readable(shown)}${suffixOf(operation, isMember, resource)}`,
      };
    }),
  );
  const upsert = batch.upsert === undefined ? [] : [{ calls: `\`${collection}.upsertMany([…])\``, method: 'PUT', path: `/${version}${readable(batch.path ?? path)}` }];
  const byKey =
    addressing === 'filter' && operations.includes('get')
      ? [{ calls: `\`${collection}.find(key)\`, \`record.reload()\``, method: 'GET', path: `/${version}${readable(path)}?${resource.keyFilter ?? key}:in=…` }]
      : [];
  return unique([...found.slice(0, 1), ...byKey, ...found.slice(1), ...upsert, ...countOf(resource, collection)]);
}

/** Whether a request to a collection writes many records, and not one. */
function isOfMany(operation, { method }, { batch, addressing, batchOnly }) {
  if (operation === 'create') return method === 'POST' && batch.create !== undefined && (batchOnly.includes('create') || addressing === 'filter');
  return operation === 'update' || operation === 'delete';
}

/** Whether one request can delete the records of several keys. */
const isDeletedByKeys = ({ addressing, batch, key, deleteFilters }) =>
  addressing === 'filter' || batch.delete !== undefined || deleteFilters.includes(`${key}:in`);

/** The filters with which records are found or deleted that have no path of their own. */
function suffixOf(operation, isMember, { addressing, keyFilter, key, deleteFilters }) {
  if (operation === 'delete' && !isMember && addressing !== 'single' && (addressing === 'filter' || deleteFilters.includes(`${key}:in`)))
    return `?${keyFilter ?? key}:in=…`;
  return '';
}

/** V3 has the number of rows in the envelope of a list. */
const countOf = ({ version, operations, path, addressing }, collection) =>
  version === 'v3' && operations.includes('count') && operations.includes('list') && addressing !== 'single'
    ? [{ calls: `\`${collection}.count()\``, method: 'GET', path: `/v3${readable(path)}?limit=1` }]
    : [];

/** One entry for each request; calls that send the same one are named together. */
function unique(requests) {
  const known = new Map();
  for (const request of requests) {
    const id = `${request.method} ${request.path}`;
    const before = known.get(id);
    if (before === undefined) known.set(id, { ...request });
    else if (!before.calls.includes(request.calls)) before.calls += `, ${request.calls}`;
  }
  return [...known.values()];
}

/** The filters of a resource by what they filter, with their operators as `where` takes them. */
export function filtersOf({ filters = {}, version }) {
  const grouped = new Map();
  for (const [name, type] of Object.entries(filters)) {
    const [base, operator] = version === 'v3' ? split(name, ':') : rangeOf(name, filters);
    const entry = grouped.get(base) ?? { name: base, type: type.name.toLowerCase(), operators: [], isPlain: false };
    if (operator === undefined) entry.isPlain = true;
    else entry.operators.push(operator === 'not_in' ? 'notIn' : operator);
    grouped.set(base, entry);
  }
  return [...grouped.values()];
}

function split(name, by) {
  const at = name.lastIndexOf(by);
  return at < 0 ? [name, undefined] : [name.slice(0, at), name.slice(at + 1)];
}

/** `min_id` of V2 is the operator `min` of `id`. */
function rangeOf(name, filters) {
  const [, operator, base] = /^(min|max)_(.+)$/.exec(name) ?? [];
  return operator === undefined || (!(base in filters) && !(`min_${base}` in filters && `max_${base}` in filters)) ? [name, undefined] : [base, operator];
}

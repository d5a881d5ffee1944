import { isRow, type Row } from '../guides/samples.js';
import { type Request, rowsIn } from './fill.js';
import { ITEM, KEY, MODELS, type Place } from './places.js';
import { addNamed, addReferences, keyOf } from './references.js';
import { Seeds } from './seeds.js';
import { addPickupOptions, addSpecial, addTracked } from './special.js';
import { addRetailPrices } from './special-rows.js';

/** The rows that a request presupposes, from the request, its documented response, and the declarations. */
export function seedsFor(request: Request, place: Place | undefined): Seeds {
  const seeds = new Seeds();
  if (place !== undefined) {
    addParents(request, place, seeds);
    addSpecial(request, place, seeds);
    if (request.method === 'GET') addShown(request, place, seeds);
    else if (place.kind !== 'action') addChanged(request, place, seeds);
    addKey(request, place, seeds);
    addOwners(request, place, seeds);
  }
  addTracked(request, seeds);
  addPickupOptions(request, seeds);
  addRetailPrices(request, seeds);
  if (request.method !== 'GET' || place === undefined) addReferences(request.body, seeds, request.response);
  for (const [name, text] of Object.entries(request.query ?? {})) addQueried(name, text, place, request, seeds);
  return seeds;
}

/** The rows above. */
function addParents({ values }: Request, { resource }: Place, seeds: Seeds): void {
  const parents: Record<string, string> = {};
  const parts = resource.path.split('/');
  for (const [at, part] of parts.entries()) {
    if (!part.startsWith(':')) continue;
    const above = parts.slice(0, at).join('/');
    const model = MODELS.find((each) => each.resource.path === above);
    const value = values[part.slice(1)];
    if (value === undefined) continue;
    if (model === undefined) addNamed(part.slice(1), value, seeds);
    else seeds.add(model, { [model.resource.key]: keyOf(value) }, { ...parents });
    parents[part.slice(1)] = value;
  }
}

const parentsOf = ({ values }: Request): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name !== KEY && name !== ITEM && name !== ''));

/** The keys of the parents of a row: those in the path, or those that the row has itself. */
function parentsOfRow(request: Request, { resource }: Place, row: Row): Record<string, string> {
  const names = [...resource.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const given = parentsOf(request);
  const own = resource.collectionPath?.parent ?? resource.batch.parent;
  return Object.fromEntries(
    names.map((name, at) => [name, given[name] ?? String(row[name] ?? (at === names.length - 1 && own ? row[own] : undefined) ?? 1)]),
  );
}

/** Resources whose rows follow from others. */
const FOLLOWING: ReadonlySet<string> = new Set([
  '/channels/:channel_id/site',
  '/content/page-widgets',
  '/catalog/trees/:tree_id/categories',
  '/inventory/items',
  '/inventory/locations/:location_id/items',
]);

/** What a GET shows is what the store has. */
function addShown(request: Request, place: Place, seeds: Seeds): void {
  const { resource, kind, model } = place;
  const rows = rowsIn(request.response, request.version);
  if (kind === 'count') {
    const count = Number(rows[0]?.['count'] ?? 0);
    for (let at = 1; at <= Math.min(count, 2000); at++) addRow(request, place, seeds, { [resource.key]: at });
    return;
  }
  // What follows from other rows cannot be put there.
  if (kind === 'single' && !resource.operations.includes('update') && !resource.path.includes(':')) return;
  if (FOLLOWING.has(resource.path)) return;
  const { query = {}, path, version } = request;
  // What a channel has of its own is set through the API.
  if (kind === 'single' && resource.scope.some((name) => name in query)) {
    seeds.call({ method: 'PUT', version, path, query, body: writable(rows[0] ?? {}, resource) });
    return;
  }
  addPagesBefore(request, place, rows, seeds);
  for (const row of rows) {
    const key = resource.key in row || kind !== 'row' ? {} : { [resource.key]: keyOf(request.values[KEY] ?? '1') };
    const stored = Object.fromEntries(Object.entries(row).filter(([, value]) => !isStub(value)));
    seeds.add(model, { ...key, ...stored }, parentsOfRow(request, place, row));
  }
}

const writable = (row: Row, { attributes }: Place['resource']): Row =>
  Object.fromEntries(Object.entries(row).filter(([name, value]) => attributes[name]?.readOnly === false && value !== null));

/** Rows on the pages before the documented one. */
function addPagesBefore(request: Request, place: Place, rows: readonly Row[], seeds: Seeds): void {
  const { page = 1, limit = 50 } = request.query ?? {};
  const { key } = place.resource;
  const taken = new Set(rows.map((row) => row[key]));
  let left = (Number(page) - 1) * Number(limit);
  for (let at = 1; left > 0; at++) {
    if (taken.has(at)) continue;
    addRow(request, place, seeds, { [key]: at });
    left -= 1;
  }
}

function addRow(request: Request, place: Place, seeds: Seeds, row: Row): void {
  const parents = parentsOfRow(request, place, row);
  if (Object.keys(parents).length > 0 && place.isAcross) addParents({ ...request, values: parents }, place, seeds);
  seeds.add(place.model, row, parents);
}

/** What is changed or deleted was there before, without what the request changes. */
function addChanged(request: Request, place: Place, seeds: Seeds): void {
  const { resource, kind, model } = place;
  if (request.method === 'POST' && kind === 'list') return;
  const told = rowsIn(request.response, request.version);
  const sent = rowsIn(request.body, request.version);
  if (kind === 'single') {
    const [before] = told;
    if (request.method === 'PUT' && before !== undefined && sent[0] !== undefined)
      seeds.add(model, without(before, sent[0]), parentsOf(request));
    return;
  }
  const changes = kind === 'row' ? [{ ...sent[0], [resource.key]: keyOf(request.values[KEY] ?? '1') }] : sent;
  for (const [at, change] of changes.entries()) {
    const key = change[resource.key];
    // A list of upserts may have new rows.
    if (key === undefined) continue;
    const same = told.find((each) => each[resource.key] === key) ?? told[at] ?? {};
    const isOwn = Object.keys(same).some((name) => name in resource.attributes);
    const before = isOwn ? without(same, change) : {};
    const named = Object.fromEntries([resource.key, ...resource.identity].map((name) => [name, change[name]]));
    addRow(request, place, seeds, { ...before, ...children(change, place), ...named });
  }
}

/** The children that a change names by their keys. */
function children(change: Row, { resource }: Place): Row {
  const found = Object.values(resource.relations).flatMap(({ property, kind, target }) => {
    const value = change[property];
    if (kind !== 'hasMany' || !Array.isArray(value)) return [];
    const rows = value.filter(isRow).filter((each) => each['id'] !== undefined);
    const { attributes } = modelOf(target()).resource;
    const kept = rows.map((row) => ({
      ...(attributes['product_id'] && row['product_id'] ? { product_id: row['product_id'] } : {}),
      id: row['id'],
    }));
    return rows.length === 0 ? [] : [[property, kept]];
  });
  return Object.fromEntries(found);
}

function modelOf(target: unknown): (typeof MODELS)[number] {
  const found = MODELS.find((each) => each === target);
  if (found === undefined) throw new Error('A relation has a target that is no model of the store.');
  return found;
}

/** A row without what another one changes; of objects and arrays, what it leaves as it is. */
const without = (row: Row, other: Row): Row =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => {
      if (isStub(value)) return [];
      if (!(name in other)) return [[name, value]];
      const left = remainder(value, other[name]);
      return left === undefined ? [] : [[name, left]];
    }),
  );

function remainder(value: unknown, change: unknown): unknown {
  if (isRow(value) && isRow(change)) return without(value, change);
  if (!Array.isArray(value) || !Array.isArray(change) || !value.every(isRow)) return undefined;
  const changed = new Set(change.map((each) => JSON.stringify(each)));
  const left = value.filter((each) => !changed.has(JSON.stringify(each)));
  return left.length === 0 || left.length === value.length ? undefined : left;
}

const isStub = (value: unknown): boolean => isRow(value) && 'resource' in value && 'url' in value;

/** The rows that belongsTo relations lead to. */
function addOwners(request: Request, { resource, kind }: Place, seeds: Seeds): void {
  if (kind === 'action') return;
  const rows = [...rowsIn(request.body, request.version), ...(request.method === 'GET' ? rowsIn(request.response, request.version) : [])];
  for (const { key, target } of Object.values(resource.relations)) {
    const model = modelOf(target());
    for (const row of rows) {
      const id = key === undefined ? undefined : row[key];
      if (typeof id === 'number' && id > 0 && !model.resource.path.includes(':')) seeds.add(model, { [model.resource.key]: id });
    }
  }
}

/** The row that the path names. */
function addKey({ values }: Request, place: Place, seeds: Seeds): void {
  const key = values[KEY];
  if (key === undefined || place.resource.path === '/carts' || place.resource.path === '/checkouts') return;
  const { resource, model } = place;
  const parents = Object.fromEntries(Object.entries(values).filter(([name]) => name !== KEY && name !== ITEM && name !== ''));
  const isText = resource.attributes[resource.key]?.type === 'string';
  seeds.add(model, { [resource.key]: isText ? key : keyOf(key) }, parents);
}

/** The rows that the query names. */
function addQueried(name: string, text: string, place: Place | undefined, request: Request, seeds: Seeds): void {
  const [base = name, operator = ''] = name.split(':');
  const keys = text.split(',').map(keyOf);
  if (place !== undefined && base === place.resource.keyFilter && ['', 'in'].includes(operator) && request.method !== 'GET')
    for (const key of keys) addRow(request, place, seeds, { [place.resource.key]: key });
  else addNamed(base, keys, seeds);
}

/**
 * Prints how much of the published API description the models cover, by family. Exits with status 1 below the agreed level.
 * The description is expected next to the project (`../shared/bigcommerce`); without it the check is skipped.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { hasResource } from './has-resource.js';

const FACTS = resolve(import.meta.dirname, '../../shared/bigcommerce/operations.json');
if (!existsSync(FACTS)) {
  console.log('skipped: the API description is not next to the project (../shared/bigcommerce/operations.json)');
  process.exit(0);
}
const { ACTIONS, NOT_COVERED } = await import('./api-actions.js');
const [v2, v3] = await Promise.all([import('bigrecord/v2'), import('bigrecord/v3')]);

const shape = (path) => path.replace(/\{[^}]*\}|:\w+/g, '{}');
const resources = [v2, v3].flatMap((models) => Object.values(models)).filter(hasResource).map((model) => model.resource);

/** Returns every operation that a declaration covers: `GET /v3/catalog/products`. */
function operationsOf({ version, path, operations, addressing, batch, collectionPath, deleteFilters, key }) {
  const at = (method, where) => `${method} /${version}${shape(where)}`;
  const has = (name) => operations.includes(name);
  const member = `${path}/:key`;
  const lists = batch.path ?? path;
  const found = [];
  if (addressing === 'single') {
    if (has('get')) found.push(at('get', path));
    if (has('create')) found.push(at('post', path));
    if (has('update')) found.push(at('put', path));
    if (has('delete')) found.push(at('delete', path));
    return found;
  }
  if (has('list')) found.push(at('get', path));
  if (has('list') && collectionPath) found.push(at('get', collectionPath.path));
  if (has('list') && version === 'v2') found.push(at('get', path.replace(/\/:\w+/, '')));
  if (has('count') && version === 'v2') found.push(at('get', `${path}/count`), at('get', `${path.replace(/\/:\w+/, '')}/count`));
  if (has('create')) found.push(at('post', path));
  if (has('create') && batch.create !== undefined) found.push(at('post', lists));
  if (has('update') && (batch.update ?? batch.upsert) !== undefined) found.push(at('put', lists));
  if (has('update') && addressing === 'filter') found.push(at('put', path));
  if (has('deleteAll') || deleteFilters.length > 0 || (has('delete') && addressing === 'filter')) found.push(at('delete', path));
  if (has('delete') && batch.delete !== undefined) found.push(at('delete', lists));
  if (addressing === 'path') {
    if (has('get')) found.push(at('get', member));
    if (has('update')) found.push(at('put', member));
    if (has('delete')) found.push(at('delete', member));
  }
  return found;
}

const CONTROLS = new Set(['page', 'limit', 'sort', 'direction', 'include', 'include_fields', 'exclude_fields', 'before', 'after']);
const covered = new Map();
for (const resource of resources) for (const operation of operationsOf(resource)) covered.set(operation, [...(covered.get(operation) ?? []), resource]);
const actions = new Map(Object.entries(ACTIONS).map(([operation, by]) => [operation.replace(/\{[^}]*\}/g, '{}'), by]));
const notCovered = new Map(Object.entries(NOT_COVERED).map(([operation, why]) => [operation.replace(/\{[^}]*\}/g, '{}'), why]));

const families = new Map();
const missing = [];
for (const { spec, base, path, ops } of JSON.parse(readFileSync(FACTS, 'utf8'))) {
  const version = base.includes('/v2') ? 'v2' : 'v3';
  const family = spec.replace(/\.ya?ml$|\.oas2/g, '');
  const row = families.get(family) ?? { operations: [0, 0], attributes: [0, 0], filters: [0, 0] };
  families.set(family, row);
  for (const [method, operation] of Object.entries(ops)) {
    const name = `${method} /${version}${shape(path)}`;
    row.operations[1]++;
    const by = covered.get(name);
    if (by === undefined && !actions.has(name)) {
      if (!notCovered.has(name)) missing.push(`operation ${method.toUpperCase()} /${version}${path}`);
      continue;
    }
    row.operations[0]++;
    if (by === undefined) continue;
    const known = new Set(by.flatMap((each) => [...Object.keys(each.attributes), ...Object.keys(each.relations)]));
    if (shape(path).endsWith('/count')) continue;
    for (const attribute of Object.keys({ ...operation.attributes, ...operation.fields })) {
      if (attribute === 'data' || attribute === 'meta') continue;
      row.attributes[1]++;
      if (known.has(attribute) || attribute === by[0].batch.parent) row.attributes[0]++;
      else missing.push(`attribute ${attribute} of ${by[0].name} (${method.toUpperCase()} /${version}${path})`);
    }
    if (method !== 'get' || by.every(({ operations }) => !operations.includes('list'))) continue;
    if (!operation.returns?.includes('array')) continue;
    for (const filter of Object.keys(operation.query ?? {})) {
      if (CONTROLS.has(filter)) continue;
      row.filters[1]++;
      if (by.some(({ filters }) => filters !== undefined && filter in filters)) row.filters[0]++;
      else missing.push(`filter ${filter} of ${by[0].name} (GET /${version}${path})`);
    }
  }
}

const total = { operations: [0, 0], attributes: [0, 0], filters: [0, 0] };
const cell = ([done, all]) => `${done} / ${all}`.padStart(12);
console.log(`${'family'.padEnd(36)}${'operations'.padStart(12)}${'attributes'.padStart(12)}${'filters'.padStart(12)}`);
for (const [family, row] of [...families].sort(([a], [b]) => a.localeCompare(b))) {
  console.log(family.padEnd(36) + cell(row.operations) + cell(row.attributes) + cell(row.filters));
  for (const kind of Object.keys(total)) row[kind].forEach((count, at) => (total[kind][at] += count));
}
console.log('all'.padEnd(36) + cell(total.operations) + cell(total.attributes) + cell(total.filters));
console.log(`\n${actions.size} of the operations are methods of a model or record. Omitted, with a reason: ${notCovered.size}.`);
for (const [operation, why] of notCovered) console.log(`  ${operation}: ${why}`);
if (missing.length > 0) {
  console.log(`\nNot covered (${missing.length}):`);
  for (const each of missing.slice(0, 200)) console.log(`  ${each}`);
  process.exitCode = 1;
}

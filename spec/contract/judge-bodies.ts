import type { ResourceDeclaration } from 'bigrecord';
import type { Description } from './description.js';
import { isRow, type Row } from './guides/samples.js';

/** Returns the body of the description for a create or an update: what a client may set, with what it must. */
export function bodyFor(
  description: Description,
  resource: ResourceDeclaration,
  method: 'POST' | 'PUT',
  values: Readonly<Record<string, string>>,
): Row | undefined {
  const { version, path, batch } = resource;
  const own = `/${version}${path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? '1')}`;
  const places = [`${own}/1`, own, `/${version}${batch.path ?? ''}`];
  const found = (method === 'PUT' ? places : places.slice(1)).map((each) => description.requestBody(method, each)).find((each) => each !== undefined) ?? (method === 'POST' ? description.requestBody('PUT', own) : undefined);
  const [row]: unknown[] = Array.isArray(found) ? found : [found];
  if (!isRow(row)) return undefined;
  const body = Object.fromEntries(Object.entries(settable(resource, row)).filter(([name]) => !(name in values)));
  return method === 'POST' ? complete(resource, body) : body;
}

/** Without what only the store sets, which the examples hold all the same, and without the keys of relations. */
function settable({ attributes, relations, batch }: ResourceDeclaration, body: Row): Row {
  const entries = Object.entries(body).filter(([name, value]) => attributes[name]?.readOnly !== true && name !== batch.parent && value !== null);
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const target: unknown = relations[name]?.target();
      const below = typeof target === 'function' && 'resource' in target ? modelByClass(target) : undefined;
      const kept = value === 0 && /_id$/.test(name) ? 1 : value;
      return [name, below !== undefined && Array.isArray(value) ? value.filter(isRow).map((row) => settable(below, row)) : kept];
    }),
  );
}

function modelByClass(target: unknown): ResourceDeclaration {
  // Relations of the store's models lead to the store's models.
  const { resource } = target as { resource: ResourceDeclaration };
  return resource;
}

/** With a value for each attribute that a new record needs. */
function complete({ attributes, relations, required }: ResourceDeclaration, body: Row): Row {
  const values: Row = { string: 'x', number: 1, boolean: true, date: new Date(), array: [], object: {}, unknown: 'x' };
  const isMissing = (name: string): boolean => relations[name] === undefined && (body[name] === undefined || body[name] === '');
  const missing = required.flatMap((names) => {
    const group = [names].flat();
    return group.every(isMissing) ? group.slice(0, 1) : [];
  });
  const filled = Object.fromEntries(missing.map((name) => [name, values[attributes[name]?.type ?? 'unknown']]));
  const dates = Object.values(attributes).filter(({ name, type }) => type === 'date' && typeof body[name] === 'string' && Number.isNaN(Date.parse(String(body[name]))));
  return { ...body, ...filled, ...Object.fromEntries(dates.map(({ name }) => [name, new Date()])) };
}

/** The same with other values where no two records may share one. */
export function distinct({ attributes }: ResourceDeclaration, body: Row, mark: string): Row {
  const shared = Object.values(attributes).filter(({ name, unique }) => unique && typeof body[name] === 'string');
  return { ...body, ...Object.fromEntries(shared.map(({ name }) => [name, `${mark}-${String(body[name])}`])) };
}


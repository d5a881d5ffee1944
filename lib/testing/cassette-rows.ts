import { isJsonObject, type JsonObject, jsonObjectsIn } from '../json-object.js';
import * as v2 from '../resources/v2/index.js';
import * as v3 from '../resources/v3/index.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import { pathNames } from '../transport/path.js';
import type { Exchange } from './cassette.js';
import { parseCassette } from './cassette-file.js';

/** Rows that responses of a cassette contain, of one resource and below the same parents. */
export interface RowsOfCassette {
  readonly resource: ResourceDeclaration;
  readonly rows: readonly JsonObject[];
  /** The keys of the parents in their path. */
  readonly parents: Readonly<Record<string, string>>;
}

/**
 * Returns the rows that the responses of a cassette contain: those of lists and of single records, and those that were created or changed.
 * Of several responses with a row the last one counts, and those of V2 and V3 add up. A parent of which only the key is known has that key alone.
 *
 * @param text the content of the file
 * @param file its path, for messages
 * @throws ConfigurationError if the file is damaged
 */
export function rowsOfCassette(text: string, file: string): RowsOfCassette[] {
  const collected = new Rows();
  const { exchanges } = parseCassette(text, file);
  // A cassette does not say what came first; a row that was written was hardly read any more as it was before.
  for (const methods of [['GET'], ['POST', 'PUT']])
    for (const exchange of exchanges) if (methods.includes(exchange.request.method)) collected.collect(exchange);
  return collected.all;
}

/** A path under which a resource responds with its rows. */
interface Source {
  readonly resource: ResourceDeclaration;
  readonly pattern: RegExp;
  /** The names in the path, in order. */
  readonly names: readonly string[];
}

/** The key in the path of a record, among the names of the path. */
const KEY = '$key';

const NAME = /:\$?[A-Za-z_]\w*/g;

function sourceOf(resource: ResourceDeclaration, path: string): Source {
  const names = (path.match(NAME) ?? []).map((name) => name.slice(1));
  const pattern = path.replace(NAME, '([^/]+)');
  return { resource, pattern: new RegExp(`^/${resource.version}${pattern}$`), names };
}

/** The paths at which a resource responds with its rows. */
function pathsOf({ path, addressing, collectionPath, version }: ResourceDeclaration): string[] {
  const own = addressing === 'single' ? [path] : [path, `${path}/:${KEY}`];
  const ofAllParents = pathNames(path).length > 0 ? (collectionPath?.path ?? dialectOf(version).pathOfAllParents(path)) : undefined;
  return ofAllParents === undefined ? own : [...own, ofAllParents];
}

let sources: readonly Source[] | undefined;

/** Returns every path of every resource; those with fewer variable parts come first, as in a router. */
function allSources(): readonly Source[] {
  sources ??= [...Object.values(v2), ...Object.values(v3)]
    .flatMap(({ resource }) => pathsOf(resource).map((path) => sourceOf(resource, path)))
    .sort((a, b) => a.names.length - b.names.length);
  return sources;
}

interface StoredRow {
  resource: ResourceDeclaration;
  readonly parents: Readonly<Record<string, string>>;
  values: JsonObject;
}

/** Collects rows by what identifies them. */
class Rows {
  readonly #rows = new Map<string, StoredRow>();

  /** The rows, with parents before what is below them. */
  get all(): RowsOfCassette[] {
    for (const row of [...this.#rows.values()]) this.#addParents(row);
    return [...this.#rows.values()]
      .map(({ resource, parents, values }) => ({ resource, rows: [values], parents }))
      .sort((a, b) => Object.keys(a.parents).length - Object.keys(b.parents).length);
  }

  collect({ request, response }: Exchange): void {
    if (response === undefined || response.status > 299) return;
    const source = allSources().find(({ pattern }) => pattern.test(request.path));
    if (source === undefined) return;
    const { resource, names, pattern } = source;
    // The settings of one channel are not those of the store.
    if (resource.scope.some((name) => request.query[name] !== undefined)) return;
    const [, ...keys] = pattern.exec(request.path) ?? [];
    const params = Object.fromEntries(names.map((name, at) => [name, keys[at] ?? '']));
    for (const row of rowsIn(resource, response.body)) {
      const isOther = params[KEY] !== undefined && String(row[resource.key]) !== params[KEY];
      if (!isOther) this.#add(resource, row, params);
    }
  }

  #add(resource: ResourceDeclaration, row: JsonObject, params: Readonly<Record<string, string>>): void {
    if (resource.addressing !== 'single' && !isKey(row[resource.key])) return;
    const parents: Record<string, string> = {};
    for (const name of pathNames(resource.path)) {
      const key = params[name] ?? row[name] ?? row[resource.collectionPath?.parent ?? ''] ?? row[resource.batch.parent ?? ''];
      if (!isKey(key)) return;
      parents[name] = String(key);
    }
    this.#merge(resource, parents, withoutLinks(resource, row));
  }

  #merge(resource: ResourceDeclaration, parents: StoredRow['parents'], values: JsonObject): void {
    const name = nameOf(resource, parents, values);
    const known = this.#rows.get(name);
    if (known === undefined) this.#rows.set(name, { resource, parents, values });
    else Object.assign(known, { resource, values: { ...known.values, ...values } });
  }

  /** Adds the parents of a row that no response contains: the path says that they exist. */
  #addParents({ resource, parents }: StoredRow): void {
    const [, path, parameter] = /^(.*)\/:(\w+)\/[^:]*$/.exec(resource.path) ?? [];
    if (path === undefined || parameter === undefined) return;
    const { [parameter]: key = '', ...above } = parents;
    const parent = allSources().find((source) => source.resource.version === resource.version && source.resource.path === path)?.resource;
    if (parent === undefined || parent.addressing === 'single') return;
    const values = { [parent.key]: parent.attributes[parent.key]?.type !== 'string' && /^\d+$/.test(key) ? Number(key) : key };
    if (this.#rows.has(nameOf(parent, above, values))) return;
    const row = { resource: parent, parents: above, values };
    this.#rows.set(nameOf(parent, above, values), row);
    this.#addParents(row);
  }
}

const isKey = (value: unknown): boolean => (typeof value === 'number' && value > 0) || (typeof value === 'string' && value !== '');

/** V2 and V3 of a resource share their rows. */
function nameOf({ path, key, identity }: ResourceDeclaration, parents: StoredRow['parents'], values: JsonObject): string {
  const table = path.replaceAll(/\/catalog(?=\/)|:\w+/g, '');
  return JSON.stringify([table, Object.values(parents), ...[key, ...identity].map((name) => String(values[name]))]);
}

/** Returns the rows of a body: of a list or of one record, with or without the envelope. */
function rowsIn({ version, noEnvelope }: ResourceDeclaration, body: unknown): JsonObject[] {
  const content = noEnvelope ? body : dialectOf(version).unwrap(body);
  return isJsonObject(content) ? [content] : jsonObjectsIn(content);
}

/** Leaves out the links to related rows that V2 has, and embedded rows that are not arrays. */
const withoutLinks = ({ relations }: ResourceDeclaration, row: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(row).filter(([name, value]) => relations[name] === undefined || Array.isArray(value)));

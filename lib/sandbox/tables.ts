import { ArgumentError } from '../errors/argument-error.js';
import { type JsonObject, jsonObjectsIn } from '../json-object.js';
import { Changes } from './changes.js';
import { Clock } from './clock.js';
import { copyOf } from './copy.js';
import type { Entry } from './entry.js';
import { fold } from './values.js';

export type { Entry };

/** A row of a {@link TableImage}. */
interface ImageRow extends Entry {
  /** What identifies it besides the key, if anything does. */
  readonly name?: string;
}

/** The rows of a table at one time, in order of creation, and the last key that it assigned. Never changed. */
export interface TableImage {
  readonly lastId: number;
  readonly rows: readonly ImageRow[];
}

/** All tables at one time, by name. */
export type TablesImage = Readonly<Record<string, TableImage>>;

/**
 * The rows of one kind of resource, in order of creation. V2 and V3 of a resource share a table, so that changes through one are
 * visible through the other.
 */
export class Table {
  readonly #entries = new Map<string, Entry>();
  /** The same entries, by the parents in their paths. */
  readonly #children = new Map<string, Map<string, Entry>>();
  /** Indexes of unique attributes, created on first use. */
  readonly #unique = new Map<string, Map<string, Entry>>();
  #lastId = 0;
  #reserved: unknown;

  constructor(image?: TableImage) {
    if (image === undefined) return;
    this.#lastId = image.lastId;
    for (const { key, parents, values, name = key } of image.rows) this.#add(name, { key, parents, values: copyOf(values) });
  }

  /** The table as it is now, with the rows themselves. */
  get image(): TableImage {
    const rows = [...this.#entries].map(([name, entry]) => (name === entry.key ? entry : { ...entry, name }));
    return { lastId: this.#lastId, rows };
  }

  /** Makes the next new row have this key, until the returned function is called. @throws ArgumentError if another row has it */
  reserve(key: unknown): () => void {
    if (key !== undefined && this.#entries.has(String(key))) throw new ArgumentError(`There is a row with the key ${String(key)} already.`);
    this.#reserved = key;
    return () => (this.#reserved = undefined);
  }

  /** @param identity attributes that identify an entry together with the key */
  insert(keyName: string, values: JsonObject, parents: Parents, identity: readonly string[] = []): Entry {
    const given = this.#reserved ?? values[keyName];
    this.#reserved = undefined;
    const key = given === undefined || given === null ? this.#lastId + 1 : given;
    if (typeof key === 'number') this.#lastId = Math.max(this.#lastId, key);
    const entry = { key: String(key), parents, values: { ...values, [keyName]: key } };
    const name = identity.length === 0 ? entry.key : JSON.stringify([parents, key, ...identity.map((each) => values[each])]);
    this.#add(name, entry);
    this.changed(entry);
    return entry;
  }

  #add(name: string, entry: Entry): void {
    this.#entries.set(name, entry);
    const family = familyOf(entry.parents);
    const siblings = this.#children.get(family) ?? new Map<string, Entry>();
    this.#children.set(family, siblings.set(name, entry));
  }

  /** Returns the entry with this value of a unique attribute, ignoring case. */
  having(attribute: string, value: unknown): Entry | undefined {
    let index = this.#unique.get(attribute);
    if (index === undefined) {
      this.#unique.set(attribute, (index = new Map()));
      for (const entry of this.#entries.values()) index.set(fold(entry.values[attribute]), entry);
    }
    const entry = index.get(fold(value));
    return entry !== undefined && fold(entry.values[attribute]) === fold(value) && this.#entries.get(entry.key) === entry
      ? entry
      : undefined;
  }

  /** Updates the indexes. Must be called when the values of an entry have changed. */
  changed(entry: Entry): void {
    for (const [attribute, index] of this.#unique) index.set(fold(entry.values[attribute]), entry);
  }

  get(key: string, parents: Parents): Entry | undefined {
    const entry = this.#entries.get(key) ?? this.list(parents).find((each) => each.key === key);
    return entry !== undefined && belongs(entry, parents) ? entry : undefined;
  }

  /** Returns the entries below these parents. */
  list(parents: Parents = {}): Entry[] {
    const family = this.#children.get(familyOf(parents));
    const names = Object.keys(parents);
    if (family !== undefined && names.length > 0) return [...family.values()];
    const all = [...this.#entries.values()];
    return names.length === 0 ? all : all.filter((entry) => belongs(entry, parents));
  }

  delete(entry: Entry): void {
    for (const family of [this.#entries, this.#children.get(familyOf(entry.parents))]) {
      if (family?.get(entry.key) === entry) family.delete(entry.key);
      else for (const [name, each] of family ?? []) if (each === entry) family?.delete(name);
    }
  }
}

type Parents = Readonly<Record<string, string>>;

const familyOf = (parents: Parents): string => JSON.stringify(Object.entries(parents).sort());

const belongs = (entry: Entry, parents: Parents): boolean => Object.keys(parents).every((name) => entry.parents[name] === parents[name]);

/** Returns the rows of an array that have a key, by that key: those that a client wants to change. */
export const rowsByKey = (rows: unknown, name: string): Map<string, JsonObject> =>
  new Map(jsonObjectsIn(rows).flatMap((row) => (row[name] === undefined ? [] : [[String(row[name]), row]])));

/** The tables of a store, by name: `products`, `products/images`. */
export class Tables {
  readonly clock = new Clock();
  /** What clients change. */
  readonly changes = new Changes();
  /** The store, and the app that its rows belong to. */
  owner = { storeHash: 'sandbox', clientId: 'sandbox-client-id' };
  readonly #tables = new Map<string, Table>();
  readonly #served = new Set<string>();
  /** What the tables begin with: each is copied when it is first used. */
  #base: () => TablesImage = () => ({});

  /** Adds a table. Must be called for each path with records of its own. */
  serve(path: string): void {
    this.#served.add(tableName(path));
  }

  isServed(path: string): boolean {
    return this.#served.has(tableName(path));
  }

  of(path: string): Table {
    return this.#named(tableName(path));
  }

  /** Deletes an entry and keeps what is below it. */
  retire(path: string, entry: Entry): void {
    this.of(path).delete(entry);
    this.of(`${path}/$retired`).insert('id', { id: entry.key }, {});
  }

  /** Whether an entry with this key was deleted, and what is below it is still there. */
  isRetired(path: string, key: string): boolean {
    return this.of(`${path}/$retired`).get(key, {}) !== undefined;
  }

  /** Deletes an entry and everything below it. */
  remove(path: string, entry: Entry): void {
    this.of(path).delete(entry);
    const name = tableName(path);
    for (const below of this.#names)
      if (below.startsWith(`${name}/`))
        for (const parameter of PARAMETERS.get(name) ?? [])
          for (const child of this.#named(below).list({ ...entry.parents, [parameter]: entry.key })) this.#named(below).delete(child);
  }

  /** All tables as they are now, with the rows themselves. */
  get image(): TablesImage {
    const base = this.#base();
    return Object.fromEntries([...this.#names].map((name) => [name, this.#tables.get(name)?.image ?? base[name] ?? EMPTY]));
  }

  /** Replaces all rows by those of an image, which is asked for when a row is first needed, and is left as it is. */
  load(image: () => TablesImage): void {
    this.#tables.clear();
    this.#base = image;
  }

  get #names(): Set<string> {
    return new Set([...Object.keys(this.#base()), ...this.#tables.keys()]);
  }

  #named(name: string): Table {
    let table = this.#tables.get(name);
    if (table === undefined) this.#tables.set(name, (table = new Table(this.#base()[name])));
    return table;
  }
}

const EMPTY: TableImage = { lastId: 0, rows: [] };

/** The parameters for the key of a table in the paths below it: `products` → `product_id`. */
const PARAMETERS = new Map<string, Set<string>>();
const NAMES = new Map<string, string>();

/**
 * Returns the name of the table of a path. `/catalog/products/:product_id/images` and `/products/:product_id/images` share one; a checkout
 * is a cart.
 */
export function tableName(path: string): string {
  let name = NAMES.get(path);
  if (name === undefined) NAMES.set(path, (name = readName(path)));
  return name;
}

function readName(path: string): string {
  const names: string[] = [];
  // The settings of checkouts are not those of carts.
  const isCheckout = /^\/checkouts(?!\/settings)/.test(path);
  for (const segment of path.split('/')) {
    const above = names.join('/');
    if (segment.startsWith(':')) PARAMETERS.set(above, (PARAMETERS.get(above) ?? new Set()).add(segment.slice(1)));
    else if (segment !== '' && segment !== 'catalog') names.push(segment === 'checkouts' && isCheckout ? 'carts' : segment);
  }
  const name = names.join('/');
  return SAME_ROWS[name] ?? name;
}

/** Resources with the rows of another one. */
const SAME_ROWS: Readonly<Record<string, string>> = {
  'content/pages': 'pages',
  'storefront/redirects': 'redirects',
  'tax/classes': 'tax_classes',
  'products/custom_fields': 'products/custom-fields',
  'products/discount_rules': 'products/bulk-pricing-rules',
  'products/skus': 'products/variants',
  'trees/categories': 'categories',
};

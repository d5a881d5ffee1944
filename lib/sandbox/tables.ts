/** A stored object: its attributes, and the keys of the parents that its path names. */
export interface Entry {
  readonly key: string;
  readonly parents: Readonly<Record<string, string>>;
  readonly values: Record<string, unknown>;
}

/**
 * The rows of one kind of thing, in order of creation. V2 and V3 of a resource share a table, so that what was written
 * through the one is read through the other.
 */
export class Table {
  readonly #entries = new Map<string, Entry>();
  #lastId = 0;

  insert(keyName: string, values: Record<string, unknown>, parents: Readonly<Record<string, string>>): Entry {
    const given = values[keyName];
    const key = given === undefined || given === null ? this.#lastId + 1 : given;
    if (typeof key === 'number') this.#lastId = Math.max(this.#lastId, key);
    const entry = { key: String(key), parents, values: { ...values, [keyName]: key } };
    this.#entries.set(entry.key, entry);
    return entry;
  }

  get(key: string, parents: Readonly<Record<string, string>>): Entry | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && belongs(entry, parents) ? entry : undefined;
  }

  /** The entries below these parents. */
  list(parents: Readonly<Record<string, string>> = {}): Entry[] {
    const all = [...this.#entries.values()];
    return Object.keys(parents).length === 0 ? all : all.filter((entry) => belongs(entry, parents));
  }

  delete(entry: Entry): void {
    this.#entries.delete(entry.key);
  }

  get size(): number {
    return this.#entries.size;
  }
}

const belongs = (entry: Entry, parents: Readonly<Record<string, string>>): boolean =>
  Object.keys(parents).every((name) => entry.parents[name] === parents[name]);

/** The tables of a store, by name: `products`, `products/images`. */
export class Tables {
  readonly #tables = new Map<string, Table>();

  of(path: string): Table {
    const name = tableName(path);
    let table = this.#tables.get(name);
    if (table === undefined) this.#tables.set(name, (table = new Table()));
    return table;
  }

  /** Deletes an entry, and everything whose path leads through it. */
  remove(path: string, entry: Entry): void {
    this.of(path).delete(entry);
    const name = tableName(path);
    const parameter = PARAMETERS.get(name);
    if (parameter === undefined) return;
    for (const [below, table] of this.#tables) {
      if (!below.startsWith(`${name}/`)) continue;
      for (const child of table.list({ ...entry.parents, [parameter]: entry.key })) table.delete(child);
    }
  }
}

/** The name under which the paths below a table speak of its key: `products` → `product_id`. */
const PARAMETERS = new Map<string, string>();

/** `/catalog/products/:product_id/images` and `/products/:product_id/images` are one table. */
function tableName(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== 'catalog');
  const names: string[] = [];
  for (const segment of segments) {
    if (segment.startsWith(':')) PARAMETERS.set(names.join('/'), segment.slice(1));
    else names.push(segment);
  }
  return names.join('/');
}

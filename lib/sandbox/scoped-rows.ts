import { asJsonObject, type JsonObject } from '../json-object.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { familyOf } from './families/index.js';
import { intake } from './projection.js';
import { type Params, ResourceRows } from './resource-rows.js';
import { nameInScope, scopesOf } from './scoped-settings.js';
import type { Entry, Table, Tables } from './tables.js';

/** Returns the scope that a query names, such as `{ channel_id: '2' }`; `undefined` if it names none. */
export function scopeIn({ scope }: ResourceDeclaration, query: Readonly<Record<string, string>>): Params | undefined {
  const named = scope.flatMap((name) => (query[name] === undefined || query[name] === '' ? [] : [[name, query[name]]]));
  return named.length === 0 ? undefined : Object.fromEntries(named);
}

/**
 * The rows of a resource as one scope has them, such as the settings of one channel: its own values, and the global ones where it has
 * none of its own.
 */
export class ScopedRows extends ResourceRows {
  readonly #scope: Params;

  constructor(resource: ResourceDeclaration, tables: Tables, scope: Params) {
    super(resource, tables);
    this.#scope = scope;
  }

  override get(key: string, params: Params): Entry | undefined {
    const entry = super.get(key, params);
    return entry === undefined ? undefined : this.#seen(entry);
  }

  override list(params: Params): Entry[] {
    return super.list(params).map((entry) => this.#seen(entry));
  }

  override change(entry: Entry, body: JsonObject, given: JsonObject = {}): Entry {
    const { resource, tables } = this;
    const before = { ...entry.values };
    const stored = familyOf(resource)?.stored?.({ body, entry, parents: entry.parents, resource, tables });
    const values = { ...intake(resource, body).values, ...stored, ...given };
    const own = this.#ownOf(entry);
    if (own === undefined) this.#table.insert('name', { name: nameInScope(entry, this.#scope), values }, {});
    else Object.assign(asJsonObject(own.values['values']), values);
    const changed = this.#seen(super.get(entry.key, entry.parents) ?? entry);
    tables.changes.emit({ action: 'updated', resource, entry: changed, before, scope: this.#scope });
    return changed;
  }

  /** Removes what the scope has of its own: the global values apply to it again. */
  override remove(entry: Entry): void {
    const own = this.#ownOf(entry);
    if (own === undefined) return;
    this.#table.delete(own);
    this.tables.changes.emit({ action: 'deleted', resource: this.resource, entry, scope: this.#scope });
  }

  #seen(entry: Entry): Entry {
    // Null gives up a value of the scope's own.
    const stored = asJsonObject(this.#ownOf(entry)?.values['values']);
    const own = Object.fromEntries(Object.entries(stored).filter(([, value]) => value !== null));
    // Settings of a channel are null where it takes those of the store (settings.v3.yml); the rows of a list are those of the store there.
    const { addressing, attributes } = this.resource;
    const isSettings = addressing === 'single';
    const none = isSettings ? Object.fromEntries(Object.keys(attributes).map((name) => [name, null])) : entry.values;
    const named = Object.entries(this.#scope).filter(([name]) => Object.hasOwn(this.resource.attributes, name));
    return { ...entry, values: { ...none, ...familyOf(this.resource)?.inScope, ...own, ...Object.fromEntries(named) } };
  }

  get #table(): Table {
    return this.tables.of(scopesOf(this.resource.path));
  }

  #ownOf(entry: Entry): Entry | undefined {
    return this.#table.get(nameInScope(entry, this.#scope), {});
  }
}

import { randomUUID } from 'node:crypto';
import { type JsonObject, jsonObjectsIn } from '../json-object.js';
import { targetOf } from '../query/load-strategy.js';
import type { RelationDeclaration, ResourceDeclaration } from '../schema/declaration.js';
import { apiName } from '../schema/names.js';
import { pathNames } from '../transport/path.js';
import { familyOf } from './families/index.js';
import { intake } from './projection.js';
import { type Entry, rowsByKey, type Table, type Tables } from './tables.js';

/** Values of the names in a path. */
export type Params = Readonly<Record<string, string>>;

/** The parameter of a route for the record's own key. */
export const KEY = '$key';

/** Finds, seeds, inserts, changes and removes the rows of one resource, together with the rows below them. */
export class ResourceRows {
  constructor(
    readonly resource: ResourceDeclaration,
    readonly tables: Tables,
  ) {}

  /** Returns the entry whose key is in the path. */
  find(params: Params): Entry | undefined {
    return this.get(params[KEY] ?? '', params);
  }

  get(key: string, params: Params): Entry | undefined {
    const { keyedBy, derived } = familyOf(this.resource) ?? {};
    if (keyedBy === undefined && derived === undefined) return this.#table.get(key, parentsOf(params));
    return this.list(params).find((entry) => String(entry.values[keyedBy ?? ''] ?? entry.key) === key);
  }

  /** Returns the entry for a row of a batch, by its key and the other attributes that identify it. */
  identified(given: JsonObject, params: Params): Entry | undefined {
    const { key, keyFilter, identity } = this.resource;
    const row = { ...given, ...familyOf(this.resource)?.identity?.(given, this.tables) };
    if (identity.length === 0)
      return (
        this.get(String(row[key] ?? row[keyFilter]), params) ?? familyOf(this.resource)?.identified?.({ body: given, tables: this.tables })
      );
    return this.list(params).find(({ values }) => [key, ...identity].every((name) => String(values[name]) === String(row[name])));
  }

  /** Returns the entry with this value of a unique attribute, ignoring case. */
  having(attribute: string, value: unknown): Entry | undefined {
    return this.#table.having(attribute, value);
  }

  list(params: Params): Entry[] {
    const parents = parentsOf(params);
    const family = familyOf(this.resource);
    if (family?.derived !== undefined) return family.derived({ parents, tables: this.tables });
    const entries = this.#table.list(parents);
    const { keyedBy } = family ?? {};
    return keyedBy === undefined ? entries : entries.filter(({ values }) => values[keyedBy] !== null);
  }

  /** Returns the entry of a singleton resource. It always exists. */
  single(params: Params): Entry {
    return this.list(params)[0] ?? this.seed(structuredClone(familyOf(this.resource)?.initial ?? {}), parentsOf(params));
  }

  /** Stores a row including its read-only attributes and related rows. */
  seed(values: JsonObject, parents: Params = {}): Entry {
    const { key, attributes, identity } = this.resource;
    const { own, related } = this.#split(values);
    const fresh = attributes[key]?.type === 'string' && own[key] === undefined ? { [key]: randomUUID() } : {};
    const row = { ...fresh, ...this.#ownerOf(parents), ...this.#stamps(true), ...own };
    const entry = this.#table.insert(key, row, parents, identity);
    for (const [relation, rows] of related) this.#insertRelated(relation, rows, entry);
    return entry;
  }

  /** Stores a row that a test gives. The record of a singleton resource is there once: it takes the values. */
  give(values: JsonObject, parents: Params): void {
    const [known] = this.resource.addressing === 'single' ? this.list(parents) : [];
    if (known === undefined) this.seed(values, parents);
    else {
      Object.assign(known.values, this.#split(values).own);
      this.#table.changed(known);
    }
  }

  /** Stores a row that a client sent. */
  insert(body: JsonObject, params: Params): Entry {
    const { resource, tables } = this;
    const family = familyOf(resource);
    const parents = { ...parentsOf(params), ...family?.parentsOf?.(body) };
    const stored = family?.stored?.({ body, entry: undefined, parents, resource, tables });
    const entry = this.seed({ ...intake(resource, body).values, ...stored }, parents);
    for (const [relation, rows] of this.#split(body).related) this.#insertSent(relation, rows, entry);
    family?.complete?.({ body, entry, parents, resource, tables });
    tables.changes.emit({ action: 'created', resource, entry });
    return entry;
  }

  /** Applies a client's change to an entry. @param own values that the store gives it besides, read-only ones too */
  change(entry: Entry, body: JsonObject, own: JsonObject = {}): Entry {
    const { resource, tables } = this;
    const { parents } = entry;
    const before = { ...entry.values };
    const family = familyOf(resource);
    const stored = family?.stored?.({ body, entry, parents, resource, tables });
    Object.assign(entry.values, intake(resource, body).values, stored, own, this.#stamps(false));
    this.#table.changed(entry);
    for (const [relation, rows] of this.#split(body).related) this.#changeRelated(relation, rows, entry);
    family?.complete?.({ body, entry, parents, resource, tables });
    tables.changes.emit({ action: 'updated', resource, entry, before });
    return entry;
  }

  /** Applies a client's change to the related rows, as the declaration says. */
  #changeRelated(relation: RelationDeclaration, rows: unknown, parent: Entry): void {
    const { through, key } = targetOf(relation);
    if (through?.update === undefined) {
      if (through === undefined) this.#insertSent(relation, rows, parent);
      return;
    }
    const below = new ResourceRows(targetOf(relation), this.tables);
    const given = jsonObjectsIn(rows);
    const named = rowsByKey(rows, key);
    for (const child of this.children(relation, parent)) {
      const row = named.get(child.key);
      if (row === undefined ? through.update === 'replace' : isRemoval(row, through.remove)) below.remove(child);
      else if (row !== undefined && through.update !== 'add') below.change(child, row);
    }
    const added = given.filter((row) => row[key] === undefined || through.update === 'add');
    this.#insertSent(relation, added, parent);
  }

  /** Removes an entry and everything below it, or archives it. */
  remove(entry: Entry): void {
    const { resource, tables } = this;
    const family = familyOf(resource);
    const archived = family?.archived?.({ entry, tables });
    if (archived === undefined && family?.keepsBelow?.({ entry, tables }) === true) tables.retire(resource.path, entry);
    else if (archived === undefined) tables.remove(resource.path, entry);
    else Object.assign(entry.values, archived, this.#stamps(false));
    family?.removed?.({ entry, tables });
    tables.changes.emit({ action: 'deleted', resource, entry });
  }

  /** Whether a parent in the path does not exist. */
  isParentMissing(params: Params): boolean {
    const [, path, name] = /^(.*)\/:(\w+)\/[^:]*$/.exec(this.resource.path) ?? [];
    if (path === undefined || name === undefined) return false;
    const { [name]: key, ...above } = parentsOf(params);
    if (key === undefined || !this.tables.isServed(path)) return false;
    return this.tables.of(path).get(key, above) === undefined && !this.tables.isRetired(path, key);
  }

  /** Returns the path parameters of a new row. In a batch with a path of its own, the parent is an attribute of the row. */
  paramsOf(row: JsonObject, params: Params): Params {
    const { batch, path } = this.resource;
    const name = pathNames(path).at(-1);
    if (batch.parent === undefined || name === undefined || params[name] !== undefined) return params;
    return { ...params, [name]: String(row[batch.parent]) };
  }

  /** Returns the entries that are related to an entry. */
  children(relation: RelationDeclaration, entry: Entry): Entry[] {
    const other = targetOf(relation);
    const rows = new ResourceRows(other, this.tables);
    if (relation.by === undefined) return rows.list({ ...entry.parents, [ownNameIn(other)]: entry.key });
    const attribute = apiName(other, relation.by);
    return rows.list({}).filter(({ values }) => String(values[attribute]) === entry.key);
  }

  get #table(): Table {
    return this.tables.of(this.resource.path);
  }

  /** Splits a row into attributes and the rows of its relations. */
  #split(row: JsonObject): { own: JsonObject; related: [RelationDeclaration, unknown][] } {
    const own: JsonObject = {};
    const related: [RelationDeclaration, unknown][] = [];
    for (const [name, value] of Object.entries(row)) {
      const relation = this.resource.relations[name];
      if (relation?.kind === 'hasMany') related.push([relation, value]);
      else own[name] = value;
    }
    return { own, related };
  }

  /** Stores the related rows of a row, as a test gives them. */
  #insertRelated(relation: RelationDeclaration, rows: unknown, parent: Entry): void {
    const { below, parents, owner } = this.#placeBelow(relation, parent);
    for (const row of jsonObjectsIn(rows)) below.seed({ ...row, ...owner }, parents);
  }

  /** Stores the related rows that a client sent inside a row: those with the key of a stored row change it. */
  #insertSent(relation: RelationDeclaration, rows: unknown, parent: Entry): void {
    const { below, parents, owner } = this.#placeBelow(relation, parent);
    const { key } = below.resource;
    for (const given of jsonObjectsIn(rows)) {
      const row = { ...given, ...owner };
      const existing = given[key] === undefined ? undefined : below.get(String(given[key]), parents);
      if (existing === undefined) below.insert(row, parents);
      else below.change(existing, row);
    }
  }

  /** Where the related rows of an entry are: their resource, the keys in their path, and the attribute that refers to the entry. */
  #placeBelow(relation: RelationDeclaration, parent: Entry): { below: ResourceRows; parents: Params; owner: JsonObject } {
    const below = new ResourceRows(targetOf(relation), this.tables);
    if (relation.by !== undefined)
      return { below, parents: {}, owner: { [apiName(below.resource, relation.by)]: parent.values[this.resource.key] } };
    return { below, parents: { ...parent.parents, [ownNameIn(below.resource)]: parent.key }, owner: {} };
  }

  /** Returns the attributes with the owner, for lists over all owners: `resource_id` and `resource_type` of a metafield. */
  #ownerOf(parents: Params): JsonObject {
    const { batch, attributes } = this.resource;
    const [name, key] = Object.entries(parents).at(-1) ?? [];
    if (batch.parent === undefined || name === undefined || key === undefined) return {};
    const type = Object.hasOwn(attributes, 'resource_type') ? { resource_type: name.replace(/_?id$/i, '') } : {};
    return { [batch.parent]: /^\d+$/.test(key) ? Number(key) : key, ...type };
  }

  #stamps(isNew: boolean): JsonObject {
    const { clock } = this.tables;
    const { attributes } = this.resource;
    const isStamp = (name: string): boolean => attributes[name]?.readOnly === true;
    const names = [
      ...(Object.hasOwn(attributes, 'date_modified') ? ['date_modified'] : []),
      ...['updated_at', 'updated_time'].filter(isStamp),
      ...(isNew && Object.hasOwn(attributes, 'date_created') ? ['date_created'] : []),
      ...(isNew ? ['created_at', 'created_time'].filter(isStamp) : []),
    ];
    // A date that is a number is in Unix seconds.
    return Object.fromEntries(names.map((name) => [name, attributes[name]?.type === 'number' ? clock.seconds() : clock.iso()]));
  }
}

/** Whether a row has what removes it from a merge: the quantity 0. */
const isRemoval = (row: JsonObject, remove: JsonObject | undefined): boolean =>
  remove !== undefined && Object.entries(remove).every(([name, value]) => row[name] === value);

/** Returns the keys of the parents in a path. */
export const parentsOf = (params: Params): Params =>
  Object.fromEntries(Object.entries(params).filter(([name]) => !name.startsWith('$') && name !== 'hash'));

/** Returns the parameter for the key of the parent in a nested path: the last one. */
const ownNameIn = (other: ResourceDeclaration): string => pathNames(other.path).at(-1) ?? '';

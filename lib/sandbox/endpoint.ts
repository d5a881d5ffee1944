import type { ModelClass } from '../model/model.js';
import type { RelationDeclaration, ResourceDeclaration } from '../schema/declaration.js';
import { intake, project } from './projection.js';
import { REPLIES, type Reply } from './replies.js';
import { fieldsOf, filterOf, orderOf } from './selection.js';
import type { Entry, Tables } from './tables.js';

type Row = Record<string, unknown>;
type Params = Readonly<Record<string, string>>;

/** A request as an endpoint sees it. */
export interface Incoming {
  /** Values of the path's names. */
  readonly params: Params;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The address of the store, for links. */
  readonly root: string;
}

const DEFAULT_LIMIT = 50;

/** The behaviour of one resource: all of it follows from the declaration that the model lives from too. */
export class Endpoint {
  readonly #tables: Tables;
  readonly #replies: (typeof REPLIES)['v2'];

  constructor(
    readonly resource: ResourceDeclaration,
    tables: Tables,
  ) {
    this.#tables = tables;
    this.#replies = REPLIES[resource.version];
  }

  list({ params, query, root }: Incoming): Reply {
    const missing = this.#missingParent(params);
    if (missing !== undefined) return missing;
    const limit = Number(query['limit'] ?? DEFAULT_LIMIT);
    const page = Number(query['page'] ?? 1);
    const { pageSize } = this.resource;
    if (!Number.isInteger(limit) || limit < 1 || !Number.isInteger(page) || page < 1)
      return this.#replies.error(this.#replies.invalid, 'page and limit must be whole numbers from 1');
    if (limit > pageSize) return this.#replies.error(413, `The limit may be at most ${pageSize}.`);
    const matching = this.#select(params, query);
    const rows = matching.slice((page - 1) * limit, page * limit).map((entry) => this.#show(entry, query, root));
    return this.#replies.list({ rows, total: matching.length, page, limit });
  }

  count({ params, query }: Incoming): Reply {
    return this.#missingParent(params) ?? { status: 200, body: { count: this.#select(params, query).length } };
  }

  get({ params, query, root }: Incoming): Reply {
    const entry = this.#find(params);
    return entry === undefined ? this.#notFound() : this.#replies.one(this.#show(entry, query, root));
  }

  create(incoming: Incoming): Reply {
    const { params, body } = incoming;
    const missing = this.#missingParent(params);
    if (missing !== undefined) return missing;
    if (this.resource.addressing === 'filter')
      return this.#each(body, this.resource.batch.create, incoming, (row) => this.#insert(row, params));
    if (!isRow(body)) return this.#replies.error(400, 'The body must be an object.');
    const created = this.#insert(body, params);
    if ('status' in created) return created;
    return { ...this.#replies.one(this.#show(created, {}, incoming.root)), status: this.resource.version === 'v2' ? 201 : 200 };
  }

  update(incoming: Incoming): Reply {
    const entry = this.#find(incoming.params);
    if (entry === undefined) return this.#notFound();
    if (!isRow(incoming.body)) return this.#replies.error(400, 'The body must be an object.');
    const changed = this.#change(entry, incoming.body);
    return 'status' in changed ? changed : this.#replies.one(this.#show(changed, incoming.query, incoming.root));
  }

  updateMany(incoming: Incoming): Reply {
    const { key } = this.resource;
    return this.#each(incoming.body, this.resource.batch.update, incoming, (row) => {
      const entry = this.#table.get(String(row[key]), this.#parents(incoming.params));
      return entry === undefined ? this.#notFound() : this.#change(entry, row);
    });
  }

  delete({ params }: Incoming): Reply {
    const entry = this.#find(params);
    if (entry === undefined) return this.#notFound();
    this.#tables.remove(this.resource.path, entry);
    return { status: 204 };
  }

  deleteAll({ params, query }: Incoming): Reply {
    const missing = this.#missingParent(params);
    if (missing !== undefined) return missing;
    const test = filterOf(this.resource, query, this.resource.deleteFilters);
    for (const entry of this.#table.list(this.#parents(params)))
      if (test(project(this.resource, entry))) this.#tables.remove(this.resource.path, entry);
    return { status: 204 };
  }

  /** Puts a row in the table as the store itself would, read-only attributes included. For demo data. */
  seed(values: Row, parents: Params = {}): Entry {
    const related = Object.entries(values).filter(([name]) => this.resource.relations[name]?.kind === 'hasMany');
    const own = Object.fromEntries(Object.entries(values).filter(([name]) => this.resource.relations[name]?.kind !== 'hasMany'));
    const entry = this.#table.insert(this.resource.key, { ...this.#stamps(true), ...own }, parents);
    for (const [name, rows] of related) this.#insertRelated(name, rows, entry);
    return entry;
  }

  get #table() {
    return this.#tables.of(this.resource.path);
  }

  #insert(body: Row, params: Params): Entry | Reply {
    const { values, errors } = intake(this.resource, body);
    for (const attribute of Object.values(this.resource.attributes)) {
      if (attribute.required && (values[attribute.name] === undefined || values[attribute.name] === null || values[attribute.name] === ''))
        errors[attribute.name] ??= `${attribute.name} is required`;
    }
    const refused = this.#refusal(errors, values, undefined);
    if (refused !== undefined) return refused;
    const related = Object.entries(body).filter(([name]) => this.resource.relations[name]?.kind === 'hasMany');
    return this.seed({ ...values, ...Object.fromEntries(related) }, this.#parents(params));
  }

  #change(entry: Entry, body: Row): Entry | Reply {
    const { values, errors } = intake(this.resource, body);
    const refused = this.#refusal(errors, values, entry);
    if (refused !== undefined) return refused;
    Object.assign(entry.values, values, this.#stamps(false));
    for (const [name, rows] of Object.entries(body))
      if (this.resource.relations[name]?.kind === 'hasMany') this.#insertRelated(name, rows, entry);
    return entry;
  }

  #refusal(errors: Record<string, string>, values: Row, self: Entry | undefined): Reply | undefined {
    if (Object.keys(errors).length > 0) return this.#replies.error(this.#replies.invalid, 'Some values cannot be stored.', errors);
    for (const { name, unique } of Object.values(this.resource.attributes)) {
      const value = values[name];
      if (!unique || value === undefined || value === null || value === '') continue;
      const taken = this.#table
        .list()
        .some((other) => other !== self && String(other.values[name] ?? '').toLowerCase() === String(value).toLowerCase());
      if (taken)
        return this.#replies.error(this.resource.addressing === 'filter' ? 422 : 409, `The ${name} is already in use.`, {
          [name]: `${name} ${String(value)} is already in use`,
        });
    }
    return undefined;
  }

  /** A list of rows in one request: refused whole when one of them is. */
  #each(body: unknown, most: number | undefined, { root, query }: Incoming, store: (row: Row) => Entry | Reply): Reply {
    if (!Array.isArray(body) || !body.every(isRow))
      return this.#replies.error(this.#replies.invalid, 'The body must be a list of objects.');
    if (most !== undefined && body.length > most) return this.#replies.error(422, `At most ${most} records may be sent at once.`);
    const stored: Entry[] = [];
    for (const row of body) {
      const entry = store(row);
      if ('status' in entry) return entry;
      stored.push(entry);
    }
    return { status: 200, body: { data: stored.map((entry) => this.#show(entry, query, root)), meta: {} } };
  }

  #select(params: Params, query: Incoming['query']): Entry[] {
    const test = filterOf(this.resource, query);
    const shown = new Map(this.#table.list(this.#parents(params)).map((entry) => [entry, project(this.resource, entry)] as const));
    const matching = [...shown.keys()].filter((entry) => test(shown.get(entry) as Row));
    const order = orderOf(query);
    return order === undefined ? matching : matching.sort((a, b) => order(shown.get(a) as Row, shown.get(b) as Row));
  }

  #show(entry: Entry, query: Incoming['query'], root: string): Row {
    const row = fieldsOf(project(this.resource, entry), query, this.resource.key);
    const included = new Set((query['include'] ?? '').split(','));
    for (const relation of Object.values(this.resource.relations)) {
      const shown = this.#showRelation(relation, entry, included, root);
      if (shown !== undefined && (query['include_fields'] === undefined || included.has(relation.property))) row[relation.property] = shown;
    }
    return row;
  }

  /** V2 gives the address of what belongs to a row; V3 embeds it when asked, or always. */
  #showRelation(
    { property, kind, key, by, inline, target }: RelationDeclaration,
    entry: Entry,
    included: ReadonlySet<string>,
    root: string,
  ): unknown {
    const other = (target() as unknown as ModelClass).resource;
    if (this.resource.version === 'v2') {
      if (kind === 'belongsTo' && (entry.values[key as string] ?? 0) === 0) return undefined;
      const path =
        kind === 'belongsTo'
          ? `${other.path}/${String(entry.values[key as string])}`
          : by === undefined
            ? this.#below(other, entry)
            : undefined;
      return path === undefined ? undefined : { url: `${root}/v2${path}`, resource: path };
    }
    const embedded =
      kind === 'hasMany' && by === undefined && (included.has(property) || (inline && !this.resource.includes.includes(property)));
    if (!embedded) return undefined;
    const below = new Endpoint(other, this.#tables);
    return this.#tables
      .of(other.path)
      .list({ ...entry.parents, [this.#ownName(other)]: entry.key })
      .map((child) => below.#show(child, {}, root));
  }

  #below(other: ResourceDeclaration, entry: Entry): string {
    return other.path.replace(/:(\w+)/g, (_, name: string) => entry.parents[name] ?? entry.key);
  }

  #insertRelated(property: string, rows: unknown, parent: Entry): void {
    const other = ((this.resource.relations[property] as RelationDeclaration).target() as unknown as ModelClass).resource;
    const below = new Endpoint(other, this.#tables);
    const parents = { ...parent.parents, [this.#ownName(other)]: parent.key };
    for (const row of Array.isArray(rows) ? rows.filter(isRow) : []) {
      const known = row[other.key] === undefined ? undefined : this.#tables.of(other.path).get(String(row[other.key]), parents);
      if (known === undefined) below.seed(row, parents);
      else Object.assign(known.values, row);
    }
  }

  /** The name under which a nested path speaks of this resource's key: the last one. */
  #ownName(other: ResourceDeclaration): string {
    return [...other.path.matchAll(/:(\w+)/g)].at(-1)?.[1] ?? '';
  }

  #find(params: Params): Entry | undefined {
    return this.#table.get(params['$key'] as string, this.#parents(params));
  }

  #parents(params: Params): Params {
    return Object.fromEntries(Object.entries(params).filter(([name]) => !name.startsWith('$') && name !== 'hash'));
  }

  /** A path below something that does not exist. */
  #missingParent(params: Params): Reply | undefined {
    const match = /^(.*)\/:(\w+)\/[^:]*$/.exec(this.resource.path);
    if (match === null) return undefined;
    const [, path, name] = match as unknown as [string, string, string];
    const { [name]: key, ...above } = this.#parents(params);
    return this.#tables.of(path).get(key as string, above) === undefined ? this.#notFound() : undefined;
  }

  #notFound(): Reply {
    return this.#replies.error(404, 'The requested resource was not found.');
  }

  #stamps(created: boolean): Row {
    const now = new Date().toISOString();
    const stamps: Row = {};
    if (Object.hasOwn(this.resource.attributes, 'date_modified')) stamps['date_modified'] = now;
    if (created && Object.hasOwn(this.resource.attributes, 'date_created')) stamps['date_created'] = now;
    return stamps;
  }
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The verbs of an endpoint, with what their paths end in and which declared operations they stand for. */
export const VERBS = [
  {
    method: 'GET',
    suffix: '/count',
    operation: 'count',
    call: 'count',
    when: (resource: ResourceDeclaration) => resource.version === 'v2',
  },
  { method: 'GET', suffix: '', operation: 'list', call: 'list', when: () => true },
  { method: 'POST', suffix: '', operation: 'create', call: 'create', when: () => true },
  {
    method: 'PUT',
    suffix: '',
    operation: 'update',
    call: 'updateMany',
    when: (resource: ResourceDeclaration) => resource.batch.update !== undefined,
  },
  { method: 'DELETE', suffix: '', operation: 'deleteAll', call: 'deleteAll', when: () => true },
  {
    method: 'DELETE',
    suffix: '',
    operation: 'delete',
    call: 'deleteAll',
    when: (resource: ResourceDeclaration) => resource.addressing === 'filter',
  },
  { method: 'GET', suffix: '/:$key', operation: 'get', call: 'get', when: byPath },
  { method: 'PUT', suffix: '/:$key', operation: 'update', call: 'update', when: byPath },
  { method: 'DELETE', suffix: '/:$key', operation: 'delete', call: 'delete', when: byPath },
] as const;

function byPath(resource: ResourceDeclaration): boolean {
  return resource.addressing === 'path';
}

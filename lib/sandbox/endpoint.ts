import { randomUUID } from 'node:crypto';
import { targetOf } from '../query/preloads.js';
import type { Operation, RelationDeclaration, ResourceDeclaration } from '../schema/declaration.js';
import { apiName } from '../schema/names.js';
import { intake, project } from './projection.js';
import { BARE, REPLIES, type Reply } from './replies.js';
import { fieldsOf, filterOf, isAsked, orderOf } from './selection.js';
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
    this.#replies = resource.noEnvelope ? BARE : REPLIES[resource.version];
  }

  list({ params, query, root }: Incoming): Reply {
    const missing = this.#missingParent(params);
    if (missing !== undefined) return missing;
    const { pageSize, includePageSizes, cursor } = this.resource;
    const asked = Number(query['limit'] ?? DEFAULT_LIMIT);
    const included = (query['include'] ?? '').split(',').map((name) => includePageSizes[name] ?? pageSize);
    const limit = Math.min(asked, ...included);
    const page = Number(query['page'] ?? 1);
    if (!Number.isInteger(limit) || limit < 1 || !Number.isInteger(page) || page < 1)
      return this.#replies.error(this.#replies.invalid, 'page and limit must be whole numbers from 1');
    if (asked > pageSize) return this.#replies.error(413, `The limit may be at most ${pageSize}.`);
    const matching = this.#select(params, query);
    if (cursor && query['page'] === undefined) return this.#listByCursor(matching, query, limit, root);
    const rows = matching.slice((page - 1) * limit, page * limit).map((entry) => this.#show(entry, query, root));
    return this.#replies.list({ rows, total: matching.length, page, limit });
  }

  /** A cursor names the last row of a page. Both kinds of paging are told on the first page, later ones tell the cursor only. */
  #listByCursor(matching: readonly Entry[], query: Incoming['query'], limit: number, root: string): Reply {
    const { after } = query;
    const last = after === undefined ? -1 : matching.findIndex(({ key }) => cursorOf(key) === after);
    if (after !== undefined && last < 0) return this.#replies.error(422, 'The cursor is not known.');
    const entries = matching.slice(last + 1, last + 1 + limit);
    const end = entries.at(-1);
    const next = end !== undefined && last + 1 + limit < matching.length ? { next: `?after=${cursorOf(end.key)}&limit=${limit}` } : {};
    const cursors = end === undefined ? {} : { start_cursor: cursorOf(entries[0]?.key ?? ''), end_cursor: cursorOf(end.key) };
    const cursor_pagination = { count: entries.length, per_page: limit, ...cursors, links: next };
    const rows = entries.map((entry) => this.#show(entry, query, root));
    const { body } = this.#replies.list({ rows, total: matching.length, page: 1, limit }) as { body: { meta: object } };
    return { status: 200, body: { data: rows, meta: { ...(after === undefined ? body.meta : {}), cursor_pagination } } };
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
    if (this.resource.addressing === 'filter' || (Array.isArray(body) && this.resource.batch.create !== undefined))
      return this.createMany(incoming);
    if (!isRow(body)) return this.#replies.error(400, 'The body must be an object.');
    const refused = this.#refusalOf(body, undefined);
    if (refused !== undefined) return refused;
    const created = this.#insert(body, params);
    return { ...this.#replies.one(this.#show(created, this.#sentInside(body), incoming.root)), status: this.#created };
  }

  createMany(incoming: Incoming): Reply {
    const { batch } = this.resource;
    return this.#each(incoming, batch.create, this.#created, (row) => {
      const params = this.#paramsOf(row, incoming.params);
      return { refused: this.#missingParent(params) ?? this.#refusalOf(row, undefined), store: () => this.#insert(row, params) };
    });
  }

  update(incoming: Incoming): Reply {
    const entry = this.#find(incoming.params);
    if (entry === undefined) return this.#notFound();
    if (!isRow(incoming.body)) return this.#replies.error(400, 'The body must be an object.');
    const { lock } = this.resource;
    const { [lock ?? '']: version, ...body } = incoming.body;
    if (version !== undefined && Number(version) !== Number(entry.values[lock as string] ?? 1))
      return this.#replies.error(409, 'The version does not match that of the store.');
    const refused = this.#refusalOf(body, entry);
    if (refused !== undefined) return refused;
    const changed = this.#change(entry, body);
    if (lock !== undefined) changed.values[lock] = Number(changed.values[lock] ?? 1) + 1;
    return this.#changed(changed, incoming);
  }

  updateMany(incoming: Incoming): Reply {
    const { batch } = this.resource;
    return this.#each(incoming, batch.upsert ?? batch.update, this.resource.statuses.update ?? 200, (row) => {
      const entry = this.#known(row, incoming.params);
      if (entry !== undefined) return { refused: this.#refusalOf(row, entry), store: () => this.#change(entry, row) };
      if (batch.upsert === undefined) return { refused: this.#notFound(), store: () => this.#insert(row, incoming.params) };
      return {
        refused: this.#missingParent(incoming.params) ?? this.#refusalOf(row, undefined),
        store: () => this.#insert(row, incoming.params),
      };
    });
  }

  deleteMany({ body, params }: Incoming): Reply {
    const { batch } = this.resource;
    if (!Array.isArray(body)) return this.#replies.error(422, 'The body must be a list of ids.');
    if (body.length > (batch.delete ?? 1)) return this.#replies.error(422, `At most ${batch.delete} records may be deleted at once.`);
    const entries = body.map((key) => this.#table.get(String(key), this.#parents(params)));
    for (const entry of entries) if (entry !== undefined) this.#tables.remove(this.resource.path, entry);
    const success = entries.filter((entry) => entry !== undefined).length;
    return {
      status: 200,
      body: {
        data: body.filter((_, at) => entries[at] !== undefined),
        errors: [],
        meta: { total: body.length, success, failed: body.length - success },
      },
    };
  }

  delete({ params }: Incoming): Reply {
    const entry = this.#find(params);
    if (entry === undefined) return this.#notFound();
    this.#tables.remove(this.resource.path, entry);
    return this.#deleted;
  }

  deleteAll({ params, query }: Incoming): Reply {
    const missing = this.#missingParent(params);
    if (missing !== undefined) return missing;
    const { attributes, test } = filterOf(this.resource, query, this.resource.deleteFilters);
    if (attributes.size === 0 && !this.resource.operations.includes('deleteAll'))
      return this.#replies.error(422, `A filter is required: ${this.resource.deleteFilters.join(', ')}.`);
    for (const entry of this.#table.list(this.#parents(params)))
      if (test(project(this.resource, entry, attributes))) this.#tables.remove(this.resource.path, entry);
    return this.#deleted;
  }

  getSingle({ params, query, root }: Incoming): Reply {
    const missing = this.#missingParent(params);
    if (missing !== undefined) return missing;
    const entry = this.#single(params);
    if (this.resource.path === CLOCK) entry.values['time'] = Math.floor(Date.now() / 1000);
    return this.#replies.one(this.#show(entry, query, root));
  }

  putSingle({ params, body, query, root }: Incoming): Reply {
    const missing = this.#missingParent(params);
    if (missing !== undefined) return missing;
    if (!isRow(body)) return this.#replies.error(400, 'The body must be an object.');
    const entry = this.#single(params);
    return this.#refusalOf(body, entry) ?? this.#changed(this.#change(entry, body), { params, body, query, root });
  }

  deleteSingle({ params }: Incoming): Reply {
    this.#tables.remove(this.resource.path, this.#single(params));
    return this.#deleted;
  }

  /** The one entry of a resource that has no more than one; it is there from the beginning, with nothing set. */
  #single(params: Params): Entry {
    return this.#table.list(this.#parents(params))[0] ?? this.seed({}, this.#parents(params));
  }

  /** Puts a row in the table as the store itself would, read-only attributes included. For demo data. */
  seed(values: Row, parents: Params = {}): Entry {
    const related = Object.entries(values).filter(([name]) => this.resource.relations[name]?.kind === 'hasMany');
    const own = Object.fromEntries(Object.entries(values).filter(([name]) => this.resource.relations[name]?.kind !== 'hasMany'));
    const { key, attributes, identity } = this.resource;
    const owner = this.#ownerOf(parents);
    const fresh = attributes[key]?.type === 'string' && own[key] === undefined ? { [key]: randomUUID() } : {};
    const entry = this.#table.insert(key, { ...fresh, ...owner, ...this.#stamps(true), ...own }, parents, identity);
    for (const [name, rows] of related) this.#insertRelated(name, rows, entry);
    return entry;
  }

  get #created(): number {
    return this.resource.statuses.create ?? (this.resource.version === 'v2' ? 201 : 200);
  }

  #changed(entry: Entry, { query, root }: Incoming): Reply {
    const status = this.resource.statuses.update ?? 200;
    return status === 204 ? { status } : { ...this.#replies.one(this.#show(entry, query, root)), status };
  }

  get #deleted(): Reply {
    const status = this.resource.statuses.delete ?? 204;
    return status === 204 ? { status } : { status, body: this.resource.version === 'v2' ? {} : { data: {}, meta: {} } };
  }

  /** What tells whose a row of a list over all parents is: `resource_id` and `resource_type` of a metafield. */
  #ownerOf(parents: Params): Row {
    const [name, key] = Object.entries(parents).at(-1) ?? [];
    if (this.resource.batch.parent === undefined || name === undefined || key === undefined) return {};
    const type = Object.hasOwn(this.resource.attributes, 'resource_type') ? { resource_type: name.replace(/_?id$/i, '') } : {};
    return { [this.resource.batch.parent]: /^\d+$/.test(key) ? Number(key) : key, ...type };
  }

  get #table() {
    return this.#tables.of(this.resource.path);
  }

  #insert(body: Row, params: Params): Entry {
    const { values } = intake(this.resource, body);
    ARRIVING[this.resource.path]?.(values);
    const related = Object.entries(body).filter(([name]) => this.resource.relations[name]?.kind === 'hasMany');
    return this.seed({ ...values, ...Object.fromEntries(related) }, this.#parents(params));
  }

  #change(entry: Entry, body: Row): Entry {
    Object.assign(entry.values, intake(this.resource, body).values, this.#stamps(false));
    this.#table.changed(entry);
    for (const [name, rows] of Object.entries(body))
      if (this.resource.relations[name]?.kind === 'hasMany') this.#insertRelated(name, rows, entry);
    return entry;
  }

  /** Why a body cannot be stored as a new entry, or as a change of one. */
  #refusalOf(body: Row, entry: Entry | undefined): Reply | undefined {
    const { values, errors } = intake(this.resource, body);
    if (entry === undefined) {
      for (const { name, required } of Object.values(this.resource.attributes))
        if (required && (values[name] === undefined || values[name] === null || values[name] === ''))
          errors[name] ??= `${name} is required`;
    }
    return this.#refusal(errors, values, entry);
  }

  #refusal(errors: Record<string, string>, values: Row, self: Entry | undefined): Reply | undefined {
    if (Object.keys(errors).length > 0) return this.#replies.error(this.#replies.invalid, 'Some values cannot be stored.', errors);
    for (const { name, unique } of Object.values(this.resource.attributes)) {
      const value = values[name];
      if (!unique || value === undefined || value === null || value === '') continue;
      const other = this.#table.having(name, value);
      const taken = other !== undefined && other !== self;
      if (taken)
        return this.#replies.error(this.resource.addressing === 'filter' ? 422 : 409, `The ${name} is already in use.`, {
          [name]: `${name} ${String(value)} is already in use`,
        });
    }
    return undefined;
  }

  /** A list of rows in one request: stored whole, or refused whole because of the first that cannot be stored. */
  #each(
    { body, root, query }: Incoming,
    most: number | undefined,
    status: number,
    check: (row: Row) => { refused: Reply | undefined; store: () => Entry },
  ): Reply {
    if (!Array.isArray(body) || !body.every(isRow))
      return this.#replies.error(this.#replies.invalid, 'The body must be a list of objects.');
    if (body.length === 0) return this.#replies.error(422, 'The list is empty.');
    if (most !== undefined && body.length > most) return this.#replies.error(TOO_MANY, `At most ${most} records may be sent at once.`);
    const checked = body.map(check);
    const at = checked.findIndex(({ refused }) => refused !== undefined);
    if (at >= 0) return atPlace(checked[at]?.refused as Reply, at);
    const rows = checked.map(({ store }, place) => this.#show(store(), { ...this.#sentInside(body[place]), ...query }, root));
    if (status === 204) return { status };
    return { status, body: { data: this.resource.omitsListRows ? {} : rows, meta: {} } };
  }

  /** The entry that a row of a list speaks of: by its key, and by whatever else tells one from another. */
  #known(row: Row, params: Params): Entry | undefined {
    const { key, identity } = this.resource;
    if (identity.length === 0) return this.#table.get(String(row[key]), this.#parents(params));
    return this.#table
      .list(this.#parents(params))
      .find((entry) => [key, ...identity].every((name) => String(entry.values[name]) === String(row[name])));
  }

  /** In a list at a path of its own, a new row names its parent by an attribute. */
  #paramsOf(row: Row, params: Params): Params {
    const { batch, path } = this.resource;
    const name = [...path.matchAll(/:(\w+)/g)].at(-1)?.[1];
    return batch.parent === undefined || name === undefined || params[name] !== undefined
      ? params
      : { ...params, [name]: String(row[batch.parent]) };
  }

  #select(params: Params, query: Incoming['query']): Entry[] {
    const { attributes, test } = filterOf(this.resource, query);
    const order = orderOf(query);
    const entries = this.#table.list(this.#parents(params));
    if (attributes.size === 0 && order === undefined) return entries;
    const needed = order === undefined ? attributes : new Set([...attributes, order.name]);
    const shown = new Map(entries.map((entry) => [entry, project(this.resource, entry, needed)] as const));
    const matching = entries.filter((entry) => test(shown.get(entry) as Row));
    return order === undefined ? matching : matching.sort((a, b) => order.compare(shown.get(a) as Row, shown.get(b) as Row));
  }

  #show(entry: Entry, query: Incoming['query'], root: string): Row {
    const row = fieldsOf(project(this.resource, entry), query, this.resource.key);
    const included = new Set((query['include'] ?? '').split(','));
    for (const relation of Object.values(this.resource.relations)) {
      if (relation.countedBy !== undefined && isAsked(query, relation.countedBy))
        row[relation.countedBy] = this.#children(relation, entry).length;
      const shown = this.#showRelation(relation, entry, included, root);
      if (shown !== undefined && (query['include_fields'] === undefined || included.has(relation.property))) row[relation.property] = shown;
    }
    return row;
  }

  /** Related rows that came inside a new one come back with it. */
  #sentInside(body: unknown): Incoming['query'] {
    const names = isRow(body) ? Object.keys(body).filter((name) => this.resource.relations[name]?.inline) : [];
    return names.length === 0 ? {} : { include: names.join(',') };
  }

  /** V2 gives the address of what belongs to a row; V3 embeds it when asked, or always. */
  #showRelation(relation: RelationDeclaration, entry: Entry, included: ReadonlySet<string>, root: string): unknown {
    const { property, kind, key, by, inline } = relation;
    const other = targetOf(relation);
    if (this.resource.version === 'v2') {
      if (kind === 'belongsTo' && ((entry.values[key as string] ?? 0) === 0 || this.resource.path.includes(':'))) return undefined;
      const path =
        kind === 'belongsTo'
          ? `${other.path}/${String(entry.values[key as string])}`
          : by === undefined
            ? this.#below(other, entry)
            : undefined;
      return path === undefined ? undefined : { url: `${root}/v2${path}`, resource: path };
    }
    const embedded = kind === 'hasMany' && (included.has(property) || (inline && !this.resource.includes.includes(property)));
    if (!embedded) return undefined;
    const below = new Endpoint(other, this.#tables);
    return this.#children(relation, entry)
      .slice(0, relation.maxEmbedded)
      .map((child) => below.#show(child, {}, root));
  }

  #children(relation: RelationDeclaration, entry: Entry): Entry[] {
    const other = targetOf(relation);
    const table = this.#tables.of(other.path);
    if (relation.by === undefined) return table.list({ ...entry.parents, [this.#ownName(other)]: entry.key });
    const attribute = apiName(other, relation.by);
    return table.list().filter(({ values }) => String(values[attribute]) === entry.key);
  }

  #below(other: ResourceDeclaration, entry: Entry): string {
    return other.path.replace(/:(\w+)/g, (_, name: string) => entry.parents[name] ?? entry.key);
  }

  #insertRelated(property: string, rows: unknown, parent: Entry): void {
    const relation = this.resource.relations[property] as RelationDeclaration;
    const other = targetOf(relation);
    const below = new Endpoint(other, this.#tables);
    const parents: Params = relation.by === undefined ? { ...parent.parents, [this.#ownName(other)]: parent.key } : {};
    const owner = relation.by === undefined ? {} : { [apiName(other, relation.by)]: parent.values[this.resource.key] };
    for (const given of Array.isArray(rows) ? rows.filter(isRow) : []) {
      const row = { ...given, ...owner };
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
    if (key === undefined || !this.#tables.isServed(path)) return undefined;
    return this.#tables.of(path).get(key, above) === undefined ? this.#notFound() : undefined;
  }

  #notFound(): Reply {
    return this.#replies.error(404, 'The requested resource was not found.');
  }

  #stamps(created: boolean): Row {
    const now = new Date().toISOString();
    const stamps: Row = {};
    if (Object.hasOwn(this.resource.attributes, 'date_modified')) stamps['date_modified'] = now;
    if (created && Object.hasOwn(this.resource.attributes, 'date_created')) stamps['date_created'] = now;
    const { created_at, updated_at } = this.resource.attributes;
    if (updated_at?.readOnly && updated_at.type !== 'number') stamps['updated_at'] = now;
    if (created && created_at?.readOnly && created_at.type !== 'number') stamps['created_at'] = now;
    return stamps;
  }
}

const TOO_MANY = 422;

/** What the store makes of some bodies when it takes them: line items are sent as a list, and shown by kind. */
const ARRIVING: Readonly<Record<string, (values: Row) => void>> = {
  '/carts': (values) => {
    const { line_items } = values;
    if (!Array.isArray(line_items)) return;
    const physical_items = line_items.map((item: Row) => ({ id: randomUUID(), variant_id: 0, ...item }));
    values['line_items'] = { physical_items, digital_items: [], gift_certificates: [], custom_items: [] };
  },
};

/** The one resource whose value is the time. */
const CLOCK = '/time';

const cursorOf = (key: string): string => Buffer.from(key).toString('base64url');

/** The refusal of a list names the row that it is about, where it names fields. */
function atPlace(refused: Reply, place: number): Reply {
  const body = refused.body as { errors?: Readonly<Record<string, string>> };
  if (refused.status !== 422 || body.errors === undefined || Object.keys(body.errors).length === 0) return refused;
  const errors = Object.fromEntries(Object.entries(body.errors).map(([name, message]) => [`${place}.${name}`, message]));
  return { ...refused, body: { ...body, errors } };
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A route of an endpoint: where it is, and what it calls. */
interface Verb {
  readonly method: string;
  readonly path: string;
  readonly call:
    | 'getSingle'
    | 'putSingle'
    | 'deleteSingle'
    | 'list'
    | 'count'
    | 'get'
    | 'create'
    | 'createMany'
    | 'update'
    | 'updateMany'
    | 'delete'
    | 'deleteAll'
    | 'deleteMany';
}

/** The routes of a resource: its paths and verbs, as its declaration has them. */
export function verbsOf({
  version,
  path,
  operations,
  addressing,
  batch,
  collectionPath,
  deleteFilters,
  keyFilter,
  batchOnly,
}: ResourceDeclaration): Verb[] {
  const has = (operation: Operation): boolean => operations.includes(operation);
  const lists = batch.path ?? path;
  if (addressing === 'single') {
    const verbs: (Verb | false)[] = [
      has('get') && { method: 'GET', path, call: 'getSingle' },
      has('create') && { method: 'POST', path, call: 'putSingle' },
      has('update') && { method: 'PUT', path, call: 'putSingle' },
      has('delete') && { method: 'DELETE', path, call: 'deleteSingle' },
    ];
    return verbs.filter((verb) => verb !== false);
  }
  const byFilter = addressing === 'filter';
  const acrossParents =
    collectionPath?.path ?? (version === 'v2' && path.split('/:').length === 2 ? path.replace(/\/:\w+/, '') : undefined);
  const verbs: (Verb | false | undefined)[] = [
    version === 'v2' && has('count') && { method: 'GET', path: `${path}/count`, call: 'count' },
    has('list') && { method: 'GET', path, call: 'list' },
    acrossParents !== undefined && has('list') && { method: 'GET', path: acrossParents, call: 'list' },
    acrossParents !== undefined && version === 'v2' && has('count') && { method: 'GET', path: `${acrossParents}/count`, call: 'count' },
    has('create') && { method: 'POST', path, call: 'create' },
    has('create') && batch.create !== undefined && { method: 'POST', path: lists, call: lists === path ? 'create' : 'createMany' },
    has('update') && (batch.update ?? batch.upsert) !== undefined && { method: 'PUT', path: lists, call: 'updateMany' },
    (has('deleteAll') || (has('delete') && (byFilter || deleteFilters.includes(`${keyFilter}:in`)))) && {
      method: 'DELETE',
      path,
      call: 'deleteAll',
    },
    has('delete') && batch.delete !== undefined && { method: 'DELETE', path: lists, call: 'deleteMany' },
    has('get') && !byFilter && { method: 'GET', path: `${path}/:$key`, call: 'get' },
    has('update') && !batchOnly.includes('update') && { method: 'PUT', path: `${path}/:$key`, call: 'update' },
    has('delete') && !byFilter && { method: 'DELETE', path: `${path}/:$key`, call: 'delete' },
  ];
  return verbs.filter((verb) => verb !== false && verb !== undefined);
}

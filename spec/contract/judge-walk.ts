import type { ResourceDeclaration } from 'bigrecord';
import type { Sandbox } from 'bigrecord/sandbox';
import type { Defect } from './defects.js';
import type { Description } from './description.js';
import { type Collection, type Key, type LooseModel, modelOf, rowsOf } from './guides/models.js';
import { isRow, type Row } from './guides/samples.js';
import { bodyFor, distinct } from './judge-bodies.js';
import { misjudged } from './judged.js';
import { changedValue } from './worked/change.js';
import { type AnyModel, KEY, MODELS, type Place } from './worked/places.js';
import { seedsFor } from './worked/set-up.js';

/** What is wrong with a resource of the demo store. */
export interface Finding {
  /** `response`: the description refuses it. `call`: it failed. `rows`: there are too few. */
  readonly part: 'response' | 'call' | 'rows';
  readonly resource: string;
  readonly problem: string;
}

/**
 * Lists, gets, creates, changes and deletes records of every model, and judges each response.
 *
 * @param used takes the defects of the description that explain something
 */
export async function walk(store: Sandbox, description: Description, used: Set<Defect>): Promise<Finding[]> {
  const found = new Map<string, Finding>();
  for (const model of MODELS) {
    const { version, name } = model.resource;
    // Each model finds the demo store as it is, without what the walk of another one has left.
    store.reset();
    const walker = new Walker(model, store, description);
    await walker.run();
    const responses = store.requests.flatMap((request) => misjudged(request, description, used));
    for (const problem of responses)
      if (!found.has(problem)) found.set(problem, { part: 'response', resource: `${version} ${name}`, problem });
    for (const { part, problem } of walker.problems)
      found.set(`${version} ${name} ${problem}`, { part, resource: `${version} ${name}`, problem });
  }
  return [...found.values()];
}

class Walker {
  readonly problems: Pick<Finding, 'part' | 'problem'>[] = [];
  readonly #resource: ResourceDeclaration;
  readonly #loose: LooseModel;
  /** The keys of all parents. */
  #candidates: Key[][] = [];

  constructor(
    readonly model: AnyModel,
    readonly store: Sandbox,
    readonly description: Description,
  ) {
    this.#resource = model.resource;
    this.#loose = modelOf({ version: model.resource.version, name: model.resource.name });
  }

  async run(): Promise<void> {
    const parents = await this.#parents();
    if (parents === undefined) return void this.#report('call', 'no parent in the demo store has such rows');
    const names = [...this.#resource.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
    const values = Object.fromEntries(names.map((name, at) => [name, String(parents[at] ?? '')]));
    const place = parents.length === 0 ? this.#loose : this.#loose.of(...parents);
    if (this.#resource.addressing === 'single') await this.#single(place, values);
    else await this.#rows(place, values);
  }

  /** The keys of parents that have such rows, or else of the first ones. */
  async #parents(): Promise<Key[] | undefined> {
    const { path, version } = this.#resource;
    const parts = path.split('/');
    let found: Key[][] = [[]];
    for (const [at, part] of parts.entries()) {
      if (!part.startsWith(':')) continue;
      const above = parts.slice(0, at).join('/');
      const parent =
        MODELS.find((each) => each.resource.path === above && each.resource.version === version) ??
        MODELS.find((each) => each.resource.path === above);
      const next: Key[][] = [];
      for (const keys of found) for (const key of await this.#keysAt(above, parent, keys)) next.push([...keys, key]);
      found = next;
    }
    this.#candidates = found;
    if (found.length > 1) for (const keys of found.slice(0, 60)) if (await this.#hasRows(this.#loose.of(...keys))) return keys;
    return found[0];
  }

  /** Whether something can be read there. What can only be read must be there. */
  async #hasRows(place: Collection): Promise<boolean> {
    const { operations } = this.#resource;
    if (operations.includes('list')) return (await this.#listed(place)).length > 0;
    if (operations.join() !== 'get') return true;
    return place.get().then(
      () => true,
      () => false,
    );
  }

  #keysAt(path: string, parent: AnyModel | undefined, parents: readonly Key[]): Promise<Key[]> {
    return parent === undefined ? this.#partsOf(path, parents) : this.#keysOf(parent, parents);
  }

  /** The keys of what has no resource of its own, but is a part of one: of the shipping consignments of an order. */
  async #partsOf(path: string, parents: readonly Key[]): Promise<Key[]> {
    const [, above = '', part = ''] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
    const whole = MODELS.find(({ resource }) => resource.path === above && resource.addressing === 'single' && above.includes(':'));
    if (whole === undefined) return [1];
    const found = await modelOf(whole.resource)
      .of(...parents)
      .get();
    const rows: unknown = JSON.parse(JSON.stringify(found))[part];
    return (Array.isArray(rows) ? rows : []).map((row) => Object(row).id).filter(isKey);
  }

  async #keysOf({ resource }: AnyModel, parents: readonly Key[]): Promise<Key[]> {
    if (!resource.operations.includes('list')) return this.#unlisted(resource);
    const model = modelOf({ version: resource.version, name: resource.name });
    const rows = await this.#listed(parents.length === 0 ? model : model.of(...parents));
    return rows.map((row) => row[resource.key]).filter(isKey);
  }

  /** The keys of parents that cannot be listed: those of the store, or else that of a new one. */
  async #unlisted(resource: ResourceDeclaration): Promise<Key[]> {
    const parent = MODELS.find((each) => each.resource === resource);
    const keys = parent === undefined ? [] : this.store.rows(parent).map((row) => Object(row)[resource.key]);
    return keys.some(isKey) ? keys.filter(isKey) : this.#made(resource);
  }

  async #made(resource: ResourceDeclaration): Promise<Key[]> {
    const parent = MODELS.find((each) => each.resource === resource);
    if (parent === undefined || !resource.operations.includes('create') || resource.path.includes(':')) return [];
    const record = await new Walker(parent, this.store, this.description).#create(
      modelOf({ version: resource.version, name: resource.name }),
      {},
    );
    const key = record?.[resource.key];
    return isKey(key) ? [key] : [];
  }

  async #listed(collection: Collection): Promise<Row[]> {
    try {
      return rowsOf((await collection.perPage(50).page(1)).items).map((row) => JSON.parse(JSON.stringify(row)));
    } catch {
      return [];
    }
  }

  async #single(place: Collection, values: Readonly<Record<string, string>>): Promise<void> {
    const { operations } = this.#resource;
    const body = (method: 'POST' | 'PUT'): Row => bodyFor(this.description, this.#resource, method, values) ?? {};
    if (operations.includes('get')) await this.#attempt('get', () => place.get());
    // There can be one only: what is there makes room.
    const isThere = operations.includes('get') && operations.includes('create') && operations.includes('delete');
    if (isThere) await this.#attempt('delete', () => call(place.load({}), 'destroy'));
    if (operations.includes('create')) await this.#attempt('create', () => place.create(this.#prepared('POST', body('POST'), values)));
    if (operations.includes('update'))
      await this.#attempt('update', () => place.load({}).update(this.#prepared('PUT', body('PUT'), values)));
    if (operations.includes('get')) await this.#attempt('get', () => place.get());
    if (operations.includes('delete')) await this.#attempt('delete', () => call(place.load({}), 'destroy'));
  }

  async #rows(place: Collection, values: Readonly<Record<string, string>>): Promise<void> {
    const { operations, key } = this.#resource;
    let rows: Row[] = [];
    if (operations.includes('list')) {
      rows = rowsOf(await this.#attempt('list', async () => (await place.perPage(50).page(1)).items)).map((row) =>
        JSON.parse(JSON.stringify(row)),
      );
      const total = rows.length < 2 ? await this.#total() : rows.length;
      if (total < 2 && !ONE_ROW.has(this.#resource.path)) this.#report('rows', `${total} rows in the demo store`);
    }
    const keys = rows.map((row) => row[key]).filter(isKey);
    if (operations.includes('get')) for (const each of keys.slice(0, 2)) await this.#attempt('get', () => place.find(each));
    if (operations.includes('count') && operations.includes('list')) await this.#attempt('count', () => place.count());
    const made = operations.includes('create') ? await this.#create(place, values) : undefined;
    const target = made?.[key] ?? keys.at(-1);
    if (!isKey(target)) return;
    if (operations.includes('update')) {
      const change = bodyFor(this.description, this.#resource, 'PUT', values);
      if (change !== undefined && Object.keys(change).length > 0) {
        const { [key]: _, ...rest } = distinct(this.#resource, change, 'changed');
        const kept = Object.fromEntries(
          Object.entries(rest).filter(([name]) => this.#resource.relations[name] === undefined && !this.#resource.identity.includes(name)),
        );
        await this.#attempt('update', () =>
          made === undefined
            ? place.update(target, this.#prepared('PUT', kept, values))
            : call(made, 'update', this.#prepared('PUT', kept, values)),
        );
      }
    }
    if (operations.includes('delete') && made !== undefined) await this.#attempt('delete', () => call(made, 'destroy'));
  }

  /** Creates a record from the example of the description. */
  async #create(place: Collection, values: Readonly<Record<string, string>>): Promise<Row | undefined> {
    const body = bodyFor(this.description, this.#resource, 'POST', values);
    if (body === undefined) return undefined;
    const record = await this.#attempt('create', () =>
      place.create(this.#prepared('POST', distinct(this.#resource, body, 'walk'), values)),
    );
    return isRow(record) ? record : undefined;
  }

  /** How many such rows there are below all parents; two are enough. */
  async #total(): Promise<number> {
    let total = 0;
    for (const keys of this.#candidates.slice(0, 60)) {
      total += (await this.#listed(keys.length === 0 ? this.#loose : this.#loose.of(...keys))).length;
      if (total >= 2) break;
    }
    return total;
  }

  #report(part: Finding['part'], problem: string): void {
    this.problems.push({ part, problem });
  }

  /** A body whose references exist: to rows of their own, since those of the demo store stay as they are. */
  #prepared(method: 'POST' | 'PUT', example: Row, values: Readonly<Record<string, string>>): Row {
    const { version, path } = this.#resource;
    const names = Object.keys(values);
    const changed = changedValue('', example, 9);
    const body = isRow(changed) ? changed : example;
    const place: Place = { model: this.model, resource: this.#resource, kind: 'list', names, isAcross: false };
    const filled = path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? '');
    const { [KEY]: _, ...above } = values;
    // Codes that are to be those of a new row are no references.
    if (OWN_CODES.has(path)) return body;
    seedsFor({ guide: '', line: 0, method, version, path: filled, body, values: above }, place).store(this.store);
    return body;
  }

  async #attempt<T>(what: string, work: () => PromiseLike<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.#report('call', `${what}: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`);
      return undefined;
    }
  }
}

/** Lists of one row: a request is about one page, and what it has is one set of widgets (page-widgets.v3.yml). */
const ONE_ROW: ReadonlySet<string> = new Set(['/content/page-widgets']);

/** Resources whose rows are named by the codes that the rows of others refer to. */
const OWN_CODES: ReadonlySet<string> = new Set(['/currencies', '/tax/properties']);

const isKey = (value: unknown): value is Key => typeof value === 'string' || typeof value === 'number';

/** Calls a method of a record. */
function call(record: object, name: string, ...given: unknown[]): Promise<unknown> {
  const method: unknown = Reflect.get(record, name);
  return typeof method === 'function' ? Reflect.apply(method, record, given) : Promise.reject(new Error(`There is no ${name}().`));
}

import type { ResourceDeclaration } from 'bigrecord';
import type { LoggedRequest, Sandbox } from 'bigrecord/sandbox';
import type { Description } from './description.js';
import { type Collection, type Key, type LooseModel, modelOf, rowsOf } from './guides/models.js';
import { isRow, type Row } from './guides/samples.js';
import { bodyFor, distinct } from './judge-bodies.js';
import { changedValue } from './worked/change.js';
import { type AnyModel, KEY, MODELS, type Place } from './worked/places.js';
import { seedsFor } from './worked/set-up.js';

/** What is wrong with a resource of the demo store. */
export interface Finding {
  readonly resource: string;
  readonly problem: string;
}

/** Lists, gets, creates, changes and deletes records of every model, and judges each response. */
export async function walk(store: Sandbox, description: Description): Promise<Finding[]> {
  const found = new Map<string, Finding>();
  for (const model of MODELS) {
    const { version, name } = model.resource;
    const at = store.requests.length;
    const walker = new Walker(model, store, description);
    await walker.run();
    const responses = store.requests.slice(at).flatMap((request) => judged(request, description));
    for (const problem of responses) if (!found.has(problem)) found.set(problem, { resource: `${version} ${name}`, problem });
    for (const problem of walker.problems) found.set(`${version} ${name} ${problem}`, { resource: `${version} ${name}`, problem });
  }
  return [...found.values()];
}

/** What is wrong with a response. A refusal is none of what the description promises, and is told by the call that got it. */
function judged(request: LoggedRequest, description: Description): string[] {
  return request.status >= 400 ? [] : description.violations(request).filter((line) => line.startsWith('out '));
}

class Walker {
  readonly problems: string[] = [];
  readonly #resource: ResourceDeclaration;
  readonly #loose: LooseModel;

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
    if (parents === undefined) return void this.problems.push('no parent in the demo store has such rows');
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
      const parent = MODELS.find((each) => each.resource.path === above && each.resource.version === version) ?? MODELS.find((each) => each.resource.path === above);
      const next: Key[][] = [];
      for (const keys of found) for (const key of parent === undefined ? [1] : await this.#keysOf(parent, keys)) next.push([...keys, key]);
      found = next;
    }
    if (found.length <= 1 || !this.#resource.operations.includes('list')) return found[0];
    for (const keys of found.slice(0, 60)) if ((await this.#listed(this.#loose.of(...keys))).length > 0) return keys;
    return found[0];
  }

  async #keysOf({ resource }: AnyModel, parents: readonly Key[]): Promise<Key[]> {
    if (!resource.operations.includes('list')) return this.#made(resource);
    const model = modelOf({ version: resource.version, name: resource.name });
    const rows = await this.#listed(parents.length === 0 ? model : model.of(...parents));
    return rows.map((row) => row[resource.key]).filter(isKey);
  }

  /** The key of a new parent where none can be listed. */
  async #made(resource: ResourceDeclaration): Promise<Key[]> {
    const parent = MODELS.find((each) => each.resource === resource);
    if (parent === undefined || !resource.operations.includes('create') || resource.path.includes(':')) return [];
    const record = await new Walker(parent, this.store, this.description).#create(modelOf({ version: resource.version, name: resource.name }), {});
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
    if (operations.includes('create')) await this.#attempt('create', () => place.create(this.#prepared('POST', body('POST'), values)));
    if (operations.includes('update')) await this.#attempt('update', () => place.load({}).update(this.#prepared('PUT', body('PUT'), values)));
    if (operations.includes('get')) await this.#attempt('get', () => place.get());
    if (operations.includes('delete')) await this.#attempt('delete', () => call(place.load({}), 'destroy'));
  }

  async #rows(place: Collection, values: Readonly<Record<string, string>>): Promise<void> {
    const { operations, key } = this.#resource;
    let rows: Row[] = [];
    if (operations.includes('list')) {
      rows = rowsOf(await this.#attempt('list', async () => (await place.perPage(50).page(1)).items)).map((row) => JSON.parse(JSON.stringify(row)));
      if (rows.length < 2) this.problems.push(`${rows.length} rows in the demo store`);
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
        const kept = Object.fromEntries(Object.entries(rest).filter(([name]) => this.#resource.relations[name] === undefined && !this.#resource.identity.includes(name)));
        await this.#attempt('update', () => (made === undefined ? place.update(target, this.#prepared('PUT', kept, values)) : call(made, 'update', this.#prepared('PUT', kept, values))));
      }
    }
    if (operations.includes('delete') && made !== undefined) await this.#attempt('delete', () => call(made, 'destroy'));
  }

  /** Creates a record from the example of the description. */
  async #create(place: Collection, values: Readonly<Record<string, string>>): Promise<Row | undefined> {
    const body = bodyFor(this.description, this.#resource, 'POST', values);
    if (body === undefined) return undefined;
    const record = await this.#attempt('create', () => place.create(this.#prepared('POST', distinct(this.#resource, body, 'walk'), values)));
    return isRow(record) ? record : undefined;
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
    seedsFor({ guide: '', line: 0, method, version, path: filled, body, values: above }, place).store(this.store);
    return body;
  }

  async #attempt<T>(what: string, work: () => PromiseLike<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.problems.push(`${what}: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`);
      return undefined;
    }
  }
}

const isKey = (value: unknown): value is Key => typeof value === 'string' || typeof value === 'number';

/** Calls a method of a record. */
function call(record: object, name: string, ...given: unknown[]): Promise<unknown> {
  const method: unknown = Reflect.get(record, name);
  return typeof method === 'function' ? Reflect.apply(method, record, given) : Promise.reject(new Error(`There is no ${name}().`));
}

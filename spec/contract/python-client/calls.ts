import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Session } from 'bigrecord';
import { ROOT } from '../../support/run.js';
import { isRow, type Row } from '../guides/samples.js';
import { type Answer, send } from '../worked/replay.js';

/** A resource of the official Python client, and what can be called on it. */
interface ClientResource {
  readonly name: string;
  readonly path: string;
  readonly parent?: string;
  readonly key?: string;
  /** The method of a record of the parent. */
  readonly of?: string;
  readonly isSingle?: boolean;
  readonly can: readonly string[];
  readonly create?: Row;
  readonly update?: Row;
}

/** A call, and why it went wrong; `undefined`: it did not. */
export interface Call {
  readonly call: string;
  readonly error: string | undefined;
}

export const FOLDER = resolve(ROOT, 'spec/contract/python-client');

const TABLE: readonly ClientResource[] = JSON.parse(readFileSync(resolve(FOLDER, 'resources.json'), 'utf8'));

/** Sends the requests of calls.py, in the same order, and demands the same of the responses. */
export async function callEverything(session: Session): Promise<Call[]> {
  const calls: Call[] = [];
  const every = TABLE.map((row) => new Caller(row, session, calls));
  for (const each of every) await each.run();
  for (const each of [...every.filter(({ row }) => row.parent !== undefined), ...every.filter(({ row }) => row.parent === undefined)])
    await each.empty();
  return calls;
}

type Key = string | number;

class Caller {
  #parent: Key | undefined;

  constructor(
    readonly row: ClientResource,
    readonly session: Session,
    readonly calls: Call[],
  ) {}

  async run(): Promise<void> {
    const { row } = this;
    const { can, parent, isSingle } = row;
    if (parent !== undefined && (await this.#call('parent', () => this.#findParent(parent))) === undefined) return;
    const rows = (await this.#call('all', () => this.#all())) ?? [];
    if (parent === undefined && isSingle !== true) await this.#call('iterall', () => this.#iterate());
    if (can.includes('count')) await this.#call('count', () => this.#count(`${this.#path}/count`));
    if (can.includes('count_all')) await this.#call('count_all', () => this.#count(`/${row.parent}/${row.path}/count`));
    if (parent !== undefined) await this.#call('of_parent', () => this.#ofParent(parent, this.#path));
    if (isSingle === true) return;
    const made = can.includes('create') ? await this.#call('create', () => this.#create()) : undefined;
    const record = made ?? rows[0];
    if (record === undefined) return;
    const key = this.#keyOf(record);
    await this.#call('get', () => this.#get(key));
    if (parent !== undefined && row.of !== 'google_mappings')
      await this.#call('of_parent_one', () => this.#ofParent(parent, `${this.#path}/${key}`));
    if (can.includes('update')) await this.#call('update', () => this.#update(key));
    if (can.includes('delete')) await this.#call('delete', () => this.#delete(key));
  }

  /** Deletes all rows, where the client can. */
  async empty(): Promise<void> {
    if (!this.row.can.includes('delete_all') || (this.row.parent !== undefined && this.#parent === undefined)) return;
    await this.#call('delete_all', async () => {
      await this.#request('DELETE', this.#path);
      const { body } = await this.#request('GET', this.#path);
      demand(body === undefined, 'rows are left');
    });
  }

  get #path(): string {
    const { parent, path } = this.row;
    return parent === undefined ? `/${path}` : `/${parent}/${this.#parent}/${path}`;
  }

  #keyOf = (row: Row): Key => keyIn(row, this.row.path === 'googleproductsearch' ? 'product_id' : this.row.parent === undefined ? (this.row.key ?? 'id') : 'id');

  async #call<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
    const call = `${this.row.name}.${what}`;
    try {
      const result = await work();
      this.calls.push({ call, error: undefined });
      return result;
    } catch (error) {
      this.calls.push({ call, error: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }

  /** Sends a request. @throws Error if the store refuses it, as the client does */
  async #request(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, query?: Record<string, string>): Promise<Answer> {
    const answer = await this.#send(method, path, body, query);
    demand(answer.status < 300, `${answer.status} ${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer;
  }

  #send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, query?: Record<string, string>): Promise<Answer> {
    return send(this.session, { method, version: 'v2', path, ...(body === undefined ? {} : { body }), ...(query === undefined ? {} : { query }) });
  }

  async #rowsAt(path: string, query?: Record<string, string>): Promise<Row[]> {
    const { body } = await this.#request('GET', path, undefined, query);
    return Array.isArray(body) ? body.filter(isRow) : [];
  }

  /** Takes the first parent that has such rows, or else the first one. */
  async #findParent(parent: string): Promise<Key> {
    const parents = await this.#rowsAt(`/${parent}`, { limit: '50' });
    const [first] = parents;
    if (first === undefined) throw new Error('no rows');
    this.#parent = keyIn(first, 'id');
    for (const each of parents) {
      const key = keyIn(each, 'id');
      if ((await this.#rowsAt(`/${parent}/${key}/${this.row.path}`)).length === 0) continue;
      this.#parent = key;
      break;
    }
    return this.#parent;
  }

  async #all(): Promise<Row[]> {
    const rows = await this.#rowsAt(this.#path);
    demand(this.row.isSingle === true || rows.length > 0, 'no rows');
    return rows;
  }

  /** Reads the pages of 250 until one is empty. */
  async #iterate(): Promise<void> {
    let total = 0;
    for (let page = 1; ; page++) {
      const rows = await this.#rowsAt(this.#path, { page: String(page), limit: '250' });
      if (rows.length === 0) break;
      total += rows.length;
    }
    demand(total > 0, 'no rows');
    if (this.row.can.includes('count')) demand(total === (await this.#count(`${this.#path}/count`)), `${total} rows are not the number that is counted`);
  }

  async #count(path: string): Promise<number> {
    const { body } = await this.#request('GET', path);
    const count = isRow(body) ? body['count'] : undefined;
    if (typeof count !== 'number' || count === 0) throw new Error(`a count of ${String(count)}`);
    return count;
  }

  async #create(): Promise<Row> {
    const { body } = await this.#request('POST', this.#path, await this.#resolved(this.row.create));
    if (!isRow(body)) throw new Error('no record');
    demand('id' in body, 'no id');
    const key = this.row.key ?? '';
    demand(this.#parent === undefined || body[key] === undefined || body[key] === this.#parent, 'another parent');
    return body;
  }

  async #get(key: Key): Promise<void> {
    const { body } = await this.#request('GET', `${this.#path}/${key}`);
    demand(isRow(body) && String(this.#keyOf(body)) === String(key), 'another row');
  }

  async #update(key: Key): Promise<void> {
    const { body } = await this.#request('PUT', `${this.#path}/${key}`, this.row.update);
    for (const [name, value] of Object.entries(this.row.update ?? {})) {
      const found = isRow(body) ? body[name] : undefined;
      demand(found === value || Number(found) === Number(value), `${name} is ${JSON.stringify(found)}`);
    }
  }

  async #delete(key: Key): Promise<void> {
    await this.#request('DELETE', `${this.#path}/${key}`);
    const { status } = await this.#send('GET', `${this.#path}/${key}`);
    demand(status === 404, `status ${status}`);
  }

  /** A method of the parent's record, which is read first. */
  async #ofParent(parent: string, path: string): Promise<void> {
    await this.#request('GET', `/${parent}/${this.#parent}`);
    const { body } = await this.#request('GET', path);
    demand(body !== undefined, 'no rows');
  }

  /** A body in which what refers to a row has its key. */
  async #resolved(value: unknown): Promise<unknown> {
    if (Array.isArray(value)) {
      const all = [];
      for (const each of value) all.push(await this.#resolved(each));
      return all;
    }
    if (!isRow(value)) return value;
    const { $first, $created, $body, $name } = value;
    if ($first !== undefined) return (await this.#rowsAt(await this.#pathOf($first)))[0]?.[String($name)];
    if ($created !== undefined) {
      const { body } = await this.#request('POST', await this.#pathOf($created), $body);
      return isRow(body) ? body[String($name)] : undefined;
    }
    const row: Row = {};
    for (const [name, each] of Object.entries(value)) row[name] = await this.#resolved(each);
    return row;
  }

  async #pathOf(path: unknown): Promise<string> {
    const parts = [];
    for (const part of Array.isArray(path) ? path : [path]) parts.push(String(await this.#resolved(part)));
    return `/${parts.join('/')}`.replaceAll('{parent}', String(this.#parent));
  }
}

function keyIn(row: Row, name: string): Key {
  const key = row[name];
  if (typeof key === 'string' || typeof key === 'number') return key;
  throw new Error(`${name} is ${JSON.stringify(key)}`);
}

function demand(isRight: boolean, message: string): void {
  if (!isRight) throw new Error(message);
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomOf } from './random.js';

/** A row of the store, and everything that was ever written to it. */
export interface Product {
  id: number;
  sku: string;
  name: string;
  price: number;
  inventory_level: number;
  is_visible: boolean;
}

/** What was carried out in one store: the witness of a chaos run. */
export interface WriteLog {
  readonly puts: Map<number, Partial<Product>[]>;
  readonly posts: Map<string, number>;
  readonly deleted: Set<number>;
}

/** The part of the V3 API that jobs need, for any store, with responses that get lost and pauses of the service. It is never killed. */
export class ChaosStore {
  readonly rows = new Map<string, Map<number, Product>>();
  readonly logs = new Map<string, WriteLog>();
  latencyMs = 10;
  /** The share of requests that are answered with 503, and of responses that are lost after the request was carried out. */
  faults = { unavailable: 0, lost: 0 };
  requests = 0;
  readonly #server: Server;
  #random = randomOf(1);

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response).catch(() => response.destroy()));
  }

  static async start(): Promise<ChaosStore> {
    const store = new ChaosStore();
    store.#server.listen(0, '127.0.0.1');
    await once(store.#server, 'listening');
    return store;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  reset(seed: number, stores: Record<string, number>): void {
    this.#random = randomOf(seed);
    this.rows.clear();
    this.logs.clear();
    for (const [hash, count] of Object.entries(stores)) {
      const rows = new Map<number, Product>();
      for (let n = 1; n <= count; n++) {
        const id = n * 3;
        rows.set(id, { id, sku: `S${id}`, name: `Product ${id}`, price: 100, inventory_level: 10, is_visible: true });
      }
      this.rows.set(hash, rows);
      this.logs.set(hash, { puts: new Map(), posts: new Map(), deleted: new Set() });
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests++;
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const url = new URL(request.url ?? '', 'http://store');
    const [, hash = '', id] = /^\/stores\/([^/]+)\/v3\/catalog\/products(?:\/(\d+))?$/.exec(url.pathname) ?? [];
    const chance = this.#random();
    const wait = (): Promise<void> => sleep(this.latencyMs * (0.3 + this.#random() * 0.4));
    await wait();
    if (chance < this.faults.unavailable) return this.#send(response, 503, { status: 503, title: 'Service Unavailable' });
    const [status, body] = this.#answer(request.method ?? '', hash, id, url.searchParams, text === '' ? undefined : JSON.parse(text));
    await wait();
    if (chance > 1 - this.faults.lost) response.destroy();
    else this.#send(response, status, body);
  }

  #send(response: ServerResponse, status: number, body: unknown): void {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }

  #answer(method: string, hash: string, id: string | undefined, query: URLSearchParams, body: unknown): [number, unknown?] {
    const rows = this.rows.get(hash);
    const log = this.logs.get(hash);
    if (rows === undefined || log === undefined) return [404, { status: 404, title: 'No such store' }];
    if (method === 'GET') return this.#list(rows, query);
    if (method === 'POST') return this.#create(rows, log, body as Product);
    if (method === 'PUT') {
      const changes = (id === undefined ? body : [{ ...(body as object), id: Number(id) }]) as Partial<Product>[];
      if (changes.length > 10) return [422, { status: 422, title: 'Too many', errors: {} }];
      const changed = changes.flatMap((change) => {
        const row = rows.get(change.id ?? 0);
        if (row === undefined) return [];
        log.puts.set(row.id, [...(log.puts.get(row.id) ?? []), change]);
        return [Object.assign(row, change)];
      });
      return [200, { data: id === undefined ? changed : changed[0], meta: {} }];
    }
    const ids = id === undefined ? (query.get('id:in') ?? '').split(',').map(Number) : [Number(id)];
    for (const each of ids) if (rows.delete(each)) log.deleted.add(each);
    return [204];
  }

  #create(rows: Map<number, Product>, log: WriteLog, body: Product): [number, unknown] {
    log.posts.set(body.sku, (log.posts.get(body.sku) ?? 0) + 1);
    const id = 1_000_000 + rows.size;
    const row: Product = { ...body, inventory_level: 0, is_visible: true, id };
    rows.set(id, row);
    return [200, { data: row, meta: {} }];
  }

  #list(rows: Map<number, Product>, query: URLSearchParams): [number, unknown] {
    const number = (name: string): number | undefined => (query.has(name) ? Number(query.get(name)) : undefined);
    const list = (name: string): Set<string> | undefined =>
      query.has(name) ? new Set(query.get(name)?.toLowerCase().split(',')) : undefined;
    const greater = number('id:greater') ?? Number.NEGATIVE_INFINITY;
    const [least, most] = [number('id:min') ?? Number.NEGATIVE_INFINITY, number('id:max') ?? Number.POSITIVE_INFINITY];
    const [ids, skus] = [list('id:in'), list('sku:in') ?? list('sku')];
    const all = [...rows.values()]
      .filter(
        ({ id, sku }) =>
          id > greater && id >= least && id <= most && ids?.has(String(id)) !== false && skus?.has(sku.toLowerCase()) !== false,
      )
      .sort((a, b) => a.id - b.id);
    const limit = Math.min(250, number('limit') ?? 50);
    const page = number('page') ?? 1;
    const data = all.slice((page - 1) * limit, page * limit);
    const totals = {
      total: all.length,
      count: data.length,
      per_page: limit,
      current_page: page,
      total_pages: Math.ceil(all.length / limit) || 1,
    };
    return [200, { data, meta: { pagination: totals } }];
  }
}

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** How a store was used. */
export interface StoreUse {
  /** Requests per window that were carried out, in order. */
  readonly windows: readonly number[];
  readonly refused: number;
  /** Products with the price they should have at the end. */
  readonly repriced: number;
}

interface OneStore {
  readonly prices: Map<number, number>;
  readonly windows: number[];
  startsAt: number | undefined;
  inWindow: number;
  refused: number;
}

const PATH = /^\/stores\/([^/]+)\/v3\/catalog\/products$/;

/** Many stores of products behind one address, each with a quota of its own by fixed windows, over real HTTP. */
export class ScaleStores {
  readonly #stores = new Map<string, OneStore>();
  readonly #server: Server;

  private constructor(
    readonly quota: number,
    readonly windowMs: number,
    readonly latencyMs: number,
  ) {
    this.#server = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      const url = new URL(request.url ?? '', 'http://store');
      const store = this.#stores.get(PATH.exec(url.pathname)?.[1] ?? '');
      await delay(latencyMs);
      if (store === undefined) return response.writeHead(404).end();
      const [isAllowed, headers] = this.#count(store);
      const body = isAllowed ? answer(store, url.searchParams, text) : { status: 429, title: 'Too many requests' };
      return response.writeHead(isAllowed ? 200 : 429, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    });
  }

  static async start(given: { quota: number; windowMs: number; latencyMs: number }): Promise<ScaleStores> {
    const stores = new ScaleStores(given.quota, given.windowMs, given.latencyMs);
    stores.#server.listen(0, '127.0.0.1');
    await once(stores.#server, 'listening');
    return stores;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  fill(hashes: readonly string[], products: number): void {
    this.#stores.clear();
    for (const hash of hashes) {
      const prices = new Map(Array.from({ length: products }, (_, at) => [(at + 1) * 3, 100]));
      this.#stores.set(hash, { prices, windows: [], startsAt: undefined, inWindow: 0, refused: 0 });
    }
  }

  uses(): StoreUse[] {
    return [...this.#stores.values()].map((store) => ({
      windows: [...store.windows, store.inWindow],
      refused: store.refused,
      repriced: [...store.prices.values()].filter((price) => Math.abs(price - 110) < 0.001).length,
    }));
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #count(store: OneStore): [boolean, Record<string, string>] {
    const now = performance.now();
    store.startsAt ??= now;
    while (now >= store.startsAt + this.windowMs) {
      store.windows.push(store.inWindow);
      store.inWindow = 0;
      store.startsAt += this.windowMs;
    }
    const isAllowed = store.inWindow < this.quota;
    if (isAllowed) store.inWindow++;
    else store.refused++;
    return [
      isAllowed,
      {
        'x-rate-limit-time-window-ms': String(this.windowMs),
        'x-rate-limit-time-reset-ms': String(Math.ceil(store.startsAt + this.windowMs - now)),
        'x-rate-limit-requests-quota': String(this.quota),
        'x-rate-limit-requests-left': String(this.quota - store.inWindow),
      },
    ];
  }
}

function answer({ prices }: OneStore, query: URLSearchParams, text: string): unknown {
  if (text !== '') {
    const changes: { id: number; price: number }[] = JSON.parse(text);
    for (const { id, price } of changes) prices.set(id, price);
    return { data: changes, meta: {} };
  }
  const number = (name: string, otherwise: number): number => Number(query.get(name) ?? otherwise);
  const [least, most] = [Math.max(number('id:greater', 0) + 1, number('id:min', 0)), number('id:max', Number.POSITIVE_INFINITY)];
  const among = query.get('id:in')?.split(',').map(Number);
  const ids = among?.filter((id) => prices.has(id)) ?? [...prices.keys()].filter((id) => id >= least && id <= most);
  const [limit, page] = [number('limit', 50), number('page', 1)];
  const data = ids
    .slice((page - 1) * limit, page * limit)
    .map((id) => ({ id, name: `Product ${id}`, sku: `S${id}`, price: prices.get(id) }));
  const pagination = {
    total: ids.length,
    count: data.length,
    per_page: limit,
    current_page: page,
    total_pages: Math.ceil(ids.length / limit) || 1,
  };
  return { data, meta: { pagination } };
}

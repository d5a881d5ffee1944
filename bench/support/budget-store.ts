import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** How a window of the store was used. */
export interface UsedWindow {
  readonly own: number;
  readonly foreign: number;
  readonly refused: number;
}

/** A store that does nothing but count requests by fixed windows, over real HTTP, with a client beside that knows of nobody. */
export class BudgetStore {
  readonly windows: UsedWindow[] = [];
  readonly #server: Server;
  #startsAt = performance.now();
  #own = 0;
  #foreign = 0;
  #refused = 0;
  #isClosed = false;

  private constructor(
    readonly quota: number,
    readonly windowMs: number,
    readonly latencyMs: number,
  ) {
    this.#server = createServer(async (_, response) => {
      await this.#travel();
      const [status, headers] = this.#count('own');
      await this.#travel();
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end('{"data":{"id":1}}');
    });
  }

  static async start({ quota, windowMs, latencyMs }: { quota: number; windowMs: number; latencyMs: number }): Promise<BudgetStore> {
    const store = new BudgetStore(quota, windowMs, latencyMs);
    store.#server.listen(0, '127.0.0.1');
    await once(store.#server, 'listening');
    return store;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Begins the first window. */
  reset(): void {
    this.#startsAt = performance.now();
    this.windows.length = this.#own = this.#foreign = this.#refused = 0;
  }

  /** Sends requests of another client, so many a second, at irregular intervals. */
  async beside(perSecond: number): Promise<void> {
    while (!this.#isClosed) {
      await delay((1000 / perSecond) * (0.5 + Math.random()));
      this.#count('foreign');
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #travel(): Promise<void> {
    return delay((this.latencyMs / 2) * (0.7 + Math.random() * 0.6));
  }

  #count(who: 'own' | 'foreign'): [status: number, headers: Record<string, string>] {
    const now = performance.now();
    while (now >= this.#startsAt + this.windowMs) {
      this.windows.push({ own: this.#own, foreign: this.#foreign, refused: this.#refused });
      this.#startsAt += this.windowMs;
      this.#own = this.#foreign = this.#refused = 0;
    }
    const isAllowed = this.#own + this.#foreign < this.quota;
    if (!isAllowed && who === 'own') this.#refused++;
    if (isAllowed && who === 'own') this.#own++;
    if (isAllowed && who === 'foreign') this.#foreign++;
    const left = this.quota - this.#own - this.#foreign;
    return [
      isAllowed ? 200 : 429,
      {
        'x-rate-limit-time-window-ms': String(this.windowMs),
        'x-rate-limit-time-reset-ms': String(Math.ceil(this.#startsAt + this.windowMs - now)),
        'x-rate-limit-requests-quota': String(this.quota),
        'x-rate-limit-requests-left': String(left),
      },
    ];
  }
}

import type { DeliveryReport } from '../../sandbox/deliveries.js';
import type { WireRequest, WireResponse } from '../../sandbox/http.js';

/** How many requests and deliveries are kept. */
const KEPT = 500;

/** A request that the store has responded to. */
export interface LoggedExchange {
  /** 1 for the first request. */
  readonly number: number;
  /** When it arrived, in milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  /** Below the store, with its query. */
  readonly path: string;
  readonly body: string;
  /** 0 if the connection was closed instead. */
  readonly status: number;
  readonly responseBody: string;
  readonly ms: number;
}

/** The last requests to the store, and the last deliveries to its hooks. */
export class Log {
  readonly exchanges: LoggedExchange[] = [];
  readonly deliveries: DeliveryReport[] = [];
  #number = 0;
  readonly #onExchange: (exchange: LoggedExchange) => void;

  /** @param onExchange called with each request */
  constructor(onExchange: (exchange: LoggedExchange) => void) {
    this.#onExchange = onExchange;
  }

  add({ method, url, body }: WireRequest, response: WireResponse | null, startedAt: number, ms: number): void {
    const { pathname, search } = new URL(url);
    const exchange: LoggedExchange = {
      number: ++this.#number,
      at: startedAt,
      method,
      path: `${pathname.replace(/^\/stores\/[^/]+|^\/api(?=\/)/, '')}${search}`,
      body: pathname === '/oauth2/token' ? '(not shown: it has the secret of the app)' : textOf(body),
      status: response?.status ?? 0,
      responseBody: pathname === '/oauth2/token' ? '(not shown: it has a token)' : (response?.text ?? ''),
      ms,
    };
    keep(this.exchanges, exchange);
    this.#onExchange(exchange);
  }

  delivered(deliveries: readonly DeliveryReport[]): void {
    for (const delivery of deliveries) keep(this.deliveries, delivery);
  }

  clear(): void {
    this.exchanges.length = 0;
    this.deliveries.length = 0;
  }
}

function keep<T>(all: T[], one: T): void {
  all.push(one);
  if (all.length > KEPT) all.shift();
}

function textOf(body: WireRequest['body']): string {
  if (body === undefined || typeof body === 'string') return body ?? '';
  return [...body]
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : `${value.name} (${value.size} bytes)`}`)
    .join('\n');
}

import type { RawResponse } from '../transport/raw-response.js';
import type { Method } from '../transport/request.js';
import type { TimedRequest } from '../transport/transport.js';
import type { Events } from './events.js';
import type { Link, Operation } from './link.js';
import { perStore } from './per-store.js';
import type { Gate, RateBudget } from './rate-budget.js';
import { Semaphore } from './semaphore.js';

/**
 * Operations of which the platform allows only so many at once; beyond that it answers 429 although quota is left (the prose of
 * the published descriptions, and FACTS: rate limits). All of them are V3.
 */
const LIMITS: readonly (readonly [Method | '*', RegExp, number])[] = [
  ['PUT', /^\/customers$/, 3],
  ['PUT', /^\/customers\/addresses$/, 3],
  ['POST', /^\/customers\/addresses$/, 10],
  ['POST', /^\/customers\/attributes$/, 3],
  ['PUT', /^\/customers\/attributes$/, 3],
  ['PUT', /^\/customers\/attribute-values$/, 3],
  ['PUT', /^\/customers\/form-field-values$/, 10],
  ['*', /^\/inventory\/locations(\/|$)/, 50],
  ['*', /^\/segments(\/|$)/, 10],
  ['DELETE', /^\/pricelists(\/[^/]+)?$/, 1],
  ['PUT', /^\/pricelists\/([^/]+\/)?records$/, 2],
  ['POST', /^\/pricelists\/([^/]+\/)?records$/, 10],
  ['GET', /^\/pricelists\/[^/]+\/records$/, 10],
  ['GET', /^\/pricelists\/[^/]+\/records\/[^/]+$/, 40],
  ['GET', /^\/pricelists\/[^/]+\/records\/[^/]+\/[^/]+$/, 50],
  ['PUT', /^\/pricelists\/[^/]+\/records\/[^/]+\/[^/]+$/, 40],
  ['DELETE', /^\/pricelists\/[^/]+\/records\/[^/]+\/[^/]+$/, 25],
  ['*', /^\/pricelists\/assignments$/, 25],
];

/** Where any of them can be: all other paths pass at once. */
const LIMITED = /^\/(customers|inventory|segments|pricelists)\b/;

/** The semaphores of one store, by their place in {@link LIMITS}. */
const semaphoresOf = perStore(() => new Map<number, Gate>());

/** Keeps the platform's limits on how many requests of an operation may run at once, for all who share the budget of a store. */
export class ConcurrencyLimits implements Link {
  readonly #next: Link;
  readonly #semaphores: Map<number, Gate>;
  readonly #budget: RateBudget;
  readonly #events: Events;

  constructor(next: Link, store: string, budget: RateBudget, events: Events) {
    this.#next = next;
    this.#semaphores = semaphoresOf(store);
    this.#budget = budget;
    this.#events = events;
  }

  send(request: TimedRequest, operation: Operation): Promise<RawResponse> {
    const isLimited = request.version === 'v3' && LIMITED.test(request.path);
    return isLimited ? this.#sendLimited(request, operation) : this.#next.send(request, operation);
  }

  async #sendLimited(request: TimedRequest, operation: Operation): Promise<RawResponse> {
    const { method, path, priority = 'interactive', signal } = request;
    const at = LIMITS.findIndex(([verb, pattern]) => (verb === '*' || verb === method) && pattern.test(path));
    const limit = LIMITS[at]?.[2];
    if (limit === undefined) return this.#next.send(request, operation);
    let gate: Gate | undefined = this.#budget.gate?.(String(LIMITS[at]), limit) ?? this.#semaphores.get(at);
    if (gate === undefined) this.#semaphores.set(at, (gate = new Semaphore(limit)));
    await gate.enter(priority, signal, () => this.#events.throttled(request, operation, 'concurrency limit of the operation', 0));
    try {
      return await this.#next.send(request, operation);
    } finally {
      gate.leave();
    }
  }
}

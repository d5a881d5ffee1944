import type { Method } from '../transport/request.js';
import type { OnWait } from './budget.js';
import { perStore } from './per-store.js';
import type { Priority } from './priority-queue.js';
import { Semaphore } from './semaphore.js';

/**
 * Operations of which the platform takes so many at once; beyond that it answers 429 although quota is left (the prose of the
 * published descriptions, and FACTS: rate limits).
 */
const LIMITS: readonly (readonly [Method | '*', RegExp, number])[] = [
  ['PUT', /^\/v3\/customers$/, 3],
  ['POST', /^\/v3\/customers\/attributes$/, 3],
  ['PUT', /^\/v3\/customers\/attributes$/, 3],
  ['PUT', /^\/v3\/customers\/attribute-values$/, 3],
  ['PUT', /^\/v3\/customers\/form-field-values$/, 10],
  ['*', /^\/v3\/inventory\/locations(\/|$)/, 50],
  ['*', /^\/v3\/segments(\/|$)/, 10],
  ['DELETE', /^\/v3\/pricelists(\/[^/]+)?$/, 1],
  ['PUT', /^\/v3\/pricelists\/([^/]+\/)?records$/, 2],
  ['POST', /^\/v3\/pricelists\/([^/]+\/)?records$/, 10],
  ['GET', /^\/v3\/pricelists\/[^/]+\/records$/, 10],
  ['GET', /^\/v3\/pricelists\/[^/]+\/records\/[^/]+$/, 40],
  ['GET', /^\/v3\/pricelists\/[^/]+\/records\/[^/]+\/[^/]+$/, 50],
  ['PUT', /^\/v3\/pricelists\/[^/]+\/records\/[^/]+\/[^/]+$/, 40],
  ['DELETE', /^\/v3\/pricelists\/[^/]+\/records\/[^/]+\/[^/]+$/, 25],
  ['*', /^\/v3\/pricelists\/assignments$/, 25],
];

/** Where any of them can be: all other paths are let through at a glance. */
const LIMITED = /^\/v3\/(customers|inventory|segments|pricelists)\b/;

/** The gates of one store: one an operation that has a limit. */
export class Gates {
  readonly #gates = new Map<number, Semaphore>();

  /** Waits until there is room, and gives the function that makes room again; `undefined` where there is no limit. */
  enter(
    method: Method,
    path: string,
    priority: Priority,
    signal: AbortSignal | undefined,
    onWait: OnWait,
  ): Promise<() => void> | undefined {
    if (!LIMITED.test(path)) return undefined;
    const at = LIMITS.findIndex(([verb, pattern]) => (verb === '*' || verb === method) && pattern.test(path));
    const limit = LIMITS[at]?.[2];
    if (limit === undefined) return undefined;
    let gate = this.#gates.get(at);
    if (gate === undefined) this.#gates.set(at, (gate = new Semaphore(limit, 'concurrency limit of the operation')));
    return gate.enter(priority, signal, onWait);
  }
}

/** The gates of a store. */
export const gatesOf = perStore(() => new Gates());

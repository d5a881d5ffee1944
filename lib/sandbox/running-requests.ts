/** How many requests of an operation a store works on at once; beyond that it responds with 429 although quota is left. */
type Limit = readonly [method: string, path: RegExp, most: number];

/** The limits that the published descriptions name, by path below the version. */
const LIMITS: readonly Limit[] = [
  ['PUT', /^\/v3\/customers$/, 3],
  ['POST', /^\/v3\/customers\/addresses$/, 10],
  ['PUT', /^\/v3\/customers\/addresses$/, 3],
  ['POST', /^\/v3\/customers\/attributes$/, 3],
  ['PUT', /^\/v3\/customers\/attributes$/, 3],
  ['PUT', /^\/v3\/customers\/attribute-values$/, 3],
  ['PUT', /^\/v3\/customers\/form-field-values$/, 10],
  ['*', /^\/v2\/customer_groups(\/[^/]+)?$/, 40],
  ['*', /^\/v3\/segments(\/|$)/, 10],
  ['POST', /^\/v3\/promotions\/[^/]+\/codegen$/, 10],
  ['GET', /^\/v3\/promotions\/[^/]+\/codes$/, 10],
  ['*', /^\/v3\/promotions(\/|$)/, 40],
  ['DELETE', /^\/v3\/pricelists(\/[^/]+)?$/, 1],
  ['PUT', /^\/v3\/pricelists\/[^/]+\/records$/, 2],
  ['POST', /^\/v3\/pricelists\/([^/]+\/)?records$/, 10],
  ['*', /^\/v3\/inventory\/locations(\/|$)/, 50],
];

/** The milliseconds after which a client may try again. */
const RESET_MS = '200';

/** A request that a store has begun to work on. */
interface Turn {
  /** Whether there were not too many of its operation. */
  readonly isAllowed: boolean;
  /** Must be called after the response. */
  leave(): void;
}

const FREE: Turn = { isAllowed: true, leave: () => undefined };

/** The headers of a response to a request too many. */
export const TRY_SOON = { 'x-rate-limit-time-reset-ms': RESET_MS } as const;

/** Counts the requests that a store works on, by operation. */
export class RunningRequests {
  readonly #counts = new Map<Limit, number>();

  /** Begins a request. @param path below the store: `/v3/customers` */
  enter(method: string, path: string): Turn {
    const limit = LIMITS.find(([verb, pattern]) => (verb === '*' || verb === method) && pattern.test(path));
    if (limit === undefined) return FREE;
    const running = this.#counts.get(limit) ?? 0;
    if (running >= limit[2]) return { ...FREE, isAllowed: false };
    this.#counts.set(limit, running + 1);
    return { isAllowed: true, leave: () => void this.#counts.set(limit, (this.#counts.get(limit) ?? 1) - 1) };
  }
}

import { randomUUID } from 'node:crypto';
import type { Connection } from './connection.js';
import { LEASE } from './lease-script.js';

/**
 * A reply may be late because this process, or Redis, gets little of a busy machine. Whoever then went by itself would send besides what
 * the others share: for so long their count still holds what it has been given, and it waits. A Redis that refuses connections is known
 * at once.
 */
const TIMEOUT_MS = 3000;

/** What the headers of responses say of the window, as of `performance.now()`. */
export interface Told {
  readonly quota: number;
  readonly left: number;
  readonly windowMs: number;
  readonly endsAt: number;
}

/** Places in one operation: how many the process holds, and how many more it asks for. */
export interface PlacesAsked {
  readonly operation: string;
  readonly limit: number;
  readonly held: number;
  readonly wanted: number;
}

/** What a process tells and asks in one call of the script. */
export interface Report {
  /** Requests in flight and leased ones that were not sent yet. */
  readonly held: number;
  readonly interactive: number;
  readonly bulk: number;
  /** Attempts that have ended since the report before, and those of them of which no header tells whether they were counted. */
  readonly ended: number;
  readonly lost: number;
  /** `'nothing'`: there was a response, and it had no headers of a quota. */
  readonly told: Told | 'nothing' | undefined;
  readonly isRefused: boolean;
  /** Milliseconds for which everybody is to pause. */
  readonly pauseMs: number;
  readonly retries: number;
  readonly successes: number;
  readonly places: readonly PlacesAsked[];
}

/** What the script gives. Times are those of `performance.now()`. */
export interface Lease {
  /** When each request may go; those that interactive calls asked for at once. */
  readonly turns: readonly number[];
  /** When to ask again, if less was given than asked for. */
  readonly askAgainAt: number;
  readonly endsAt: number;
  /** `undefined` while it is not known. */
  readonly quota: number | undefined;
  readonly left: number;
  readonly windowMs: number;
  /** Requests that other processes hold. */
  readonly heldByOthers: number;
  /** Processes that were heard of in the last seconds. */
  readonly processes: number;
  readonly pausedUntil: number;
  readonly retries: number;
  readonly areRetriesFull: boolean;
  /** Places given, in the order of {@link Report.places}. */
  readonly places: readonly number[];
}

/** A request that may be sent. */
export interface Turn {
  readonly from: number;
  readonly givenAt: number;
  /** The end of its window. */
  readonly until: number;
}

/** Tells and asks for one process and store. */
export class LeaseClient {
  readonly #connection: Connection;
  readonly #keys: readonly string[];
  readonly #name = randomUUID();

  constructor(connection: Connection, key: string) {
    this.#connection = connection;
    this.#keys = [key, `${key}:heard`, `${key}:held`, `${key}:places`, `${key}:expected`];
  }

  /** @throws Error if Redis does not respond, or responds with something else */
  async exchange(report: Report): Promise<Lease> {
    const reply = await this.#connection.run(LEASE, this.#keys, [this.#name, ...argumentsOf(report, performance.now())], TIMEOUT_MS);
    return leaseOf(reply, performance.now());
  }
}

function argumentsOf(report: Report, now: number): (string | number)[] {
  const { held, interactive, bulk, ended, lost, told, isRefused, pauseMs, retries, successes, places } = report;
  const stated =
    typeof told === 'object'
      ? [1, told.quota, told.left, told.windowMs, Math.round(told.endsAt - now)]
      : [told === undefined ? 0 : 2, 0, 0, 0, 0];
  return [
    ...[held, interactive, bulk, ended, lost, ...stated, isRefused ? 1 : 0, Math.ceil(pauseMs), retries, successes],
    ...places.flatMap(({ operation, limit, held: has, wanted }) => [operation, limit, has, wanted]),
  ];
}

function leaseOf(reply: unknown, now: number): Lease {
  if (!Array.isArray(reply) || reply.length < 14) throw new Error('Redis sent an unexpected reply');
  const [atOnce = 0, given = 0, wait = 0, gap = 0, again = 0, endsIn = 0, quota = 0, left = 0, windowMs = 0, ...rest] = reply.map(Number);
  const [heldByOthers = 0, processes = 1, pausedMs = 0, retries = 0, full = 0, ...places] = rest;
  return {
    turns: Array.from({ length: given }, (_, at) => (at < atOnce ? now : now + wait + (at - atOnce) * gap)),
    askAgainAt: again > 0 ? now + again : 0,
    endsAt: endsIn < 0 ? Number.POSITIVE_INFINITY : now + endsIn,
    quota: quota < 0 ? undefined : quota,
    left,
    windowMs,
    heldByOthers,
    processes,
    pausedUntil: pausedMs > 0 ? now + pausedMs : 0,
    retries,
    areRetriesFull: full === 1,
    places,
  };
}

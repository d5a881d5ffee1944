import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { Outage, warningOnce } from '../session/backend-health.js';
import { assertRoom, nextTurn, type OnWait, type RateBudget, type RateLimitState, stateOf, tellWait } from '../session/budget.js';
import { perStore } from '../session/per-store.js';
import { type Priority, PriorityQueue } from '../session/priority-queue.js';
import type { AttemptResult } from '../session/quota.js';
import { Connection, type RedisClient } from './connection.js';
import { SharedQuota, type Step } from './shared-quota.js';

/** Options of {@link redisBudget}. */
export interface RedisBudgetOptions {
  /** What the keys in Redis begin with. Default `bigrecord`. */
  prefix?: string | undefined;
}

/** Where only another answer can tell more, it may be one of another process. */
const LOOK_AGAIN_MS = 50;
/** Other processes may have changed what was known. */
const LONGEST_WAIT_MS = 1000;
/** Processes that wait for the same moment do not all come in the same millisecond. */
const SPREAD_MS = 4;

/**
 * The quotas of stores, shared by all processes that ask the same Redis: together they ask a store for no more than it allows.
 * Make it once, for all sessions of the process. Given a client, it is yours to close; made from an address, the connection
 * keeps no process alive.
 *
 * While Redis does not answer, no request fails or hangs: each process then goes by what it knows, as it would without Redis,
 * a warning says so once, and Redis is tried again every 5 seconds.
 *
 * @throws ConfigurationError where ioredis is not installed
 * @example
 * import { redisBudget } from 'bigrecord/redis';
 * Session.configure({ storeHash, accessToken, rateLimit: redisBudget('redis://127.0.0.1:6379') });
 */
export function redisBudget(redis: RedisClient | string, options: RedisBudgetOptions = {}): (store: string) => RateBudget {
  assertKnownOptions(options, { prefix: 1 } satisfies Record<keyof RedisBudgetOptions, 1>, 'redisBudget()', ConfigurationError);
  const { prefix = 'bigrecord' } = options;
  const connection = new Connection(redis);
  const warn = warningOnce((reason) => `Redis fails (${reason}): until it answers again, each process keeps the store's quota by itself.`);
  return perStore((store) => new RedisBudget(new SharedQuota(connection, `${prefix}:quota:{${store}}`), new Outage(warn)));
}

/** Those of one process who wait for the quota of one store. They are let go one after the other, each by a step in Redis. */
class RedisBudget implements RateBudget {
  readonly #line = new PriorityQueue();
  readonly #shared: SharedQuota;
  readonly #outage: Outage;
  /** What ended, when by the clock of Redis, and was not told yet. */
  #spent: { readonly spent: AttemptResult; readonly at: number }[] = [];
  /** Turns of those who had left when they were called. */
  #unused = 0;
  /** Those who have not been told that they wait. */
  readonly #untold = new Set<OnWait>();
  #isStepping = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(shared: SharedQuota, outage: Outage) {
    this.#shared = shared;
    this.#outage = outage;
  }

  acquire(priority: Priority, signal: AbortSignal | undefined, onWait: OnWait): Promise<void> {
    assertRoom(this.#line);
    this.#untold.add(onWait);
    const turn = this.#line.join(priority, signal).finally(() => this.#untold.delete(onWait));
    void this.#advance();
    return turn;
  }

  release(spent: AttemptResult): void {
    this.#spent.push({ spent, at: this.#shared.now });
    void this.#advance();
  }

  get state(): RateLimitState {
    return stateOf(this.#shared.known, this.#shared.now, this.#line.size);
  }

  /** Tells what ended and lets go who may, until somebody has to wait. */
  async #advance(): Promise<void> {
    if (this.#isStepping) return;
    this.#isStepping = true;
    clearTimeout(this.#timer);
    try {
      while (this.#spent.length > 0 || this.#unused > 0 || this.#line.size > 0) {
        const spent = this.#spent;
        const unused = this.#unused;
        const order = this.#line.order();
        this.#spent = [];
        this.#unused = 0;
        const { priority, at } = await this.#step((quota, earliest, error) => {
          for (let back = 0; back < unused; back++) quota.giveBack();
          for (const each of spent) quota.spend(each.spent, each.at + error);
          const turn = nextTurn(this.#line, quota, earliest);
          if (turn.priority === undefined || turn.at > earliest) return turn;
          quota.go(earliest, turn.priority);
          return { ...turn, at: 0 };
        });
        if (priority === undefined) continue;
        if (at > 0) {
          if (this.#spent.length > 0 || this.#line.order() !== order) continue; // that may change who goes
          this.#wait(at);
          return;
        }
        this.#letGo(priority);
      }
    } finally {
      this.#isStepping = false;
    }
  }

  #letGo(priority: Priority): void {
    const before = this.#line.size;
    this.#line.call(priority);
    if (this.#line.size === before) this.#unused++;
  }

  #wait(at: number): void {
    const { known, now } = this.#shared;
    for (const onWait of this.#untold) tellWait(onWait, known, at, now);
    this.#untold.clear();
    const ms = Number.isFinite(at) ? Math.min(at - now, LONGEST_WAIT_MS) : LOOK_AGAIN_MS;
    this.#timer = setTimeout(() => void this.#advance(), Math.ceil(ms + Math.random() * SPREAD_MS));
  }

  async #step<T>(step: Step<T>): Promise<T> {
    if (!this.#outage.isOn) {
      try {
        return await this.#shared.take(step);
      } catch (error) {
        this.#outage.begin(error);
      }
    }
    return this.#shared.takeAlone(step);
  }
}

import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { BackendHealth, warnOnce } from '../session/backend-health.js';
import { perStore } from '../session/per-store.js';
import { type Priority, PriorityQueue } from '../session/priority-queue.js';
import type { AttemptResult } from '../session/quota.js';
import { assertRoom, nextTurn, type OnWait, type RateBudget, type RateLimitState, reportWait, stateOf } from '../session/rate-budget.js';
import { Connection, type RedisClient } from './connection.js';
import { SharedQuota, type Step } from './shared-quota.js';

/** Options of {@link redisBudget}. */
export interface RedisBudgetOptions {
  /** Prefix of the keys in Redis. Default `bigrecord`. */
  prefix?: string | undefined;
}

/** Interval for asking Redis again while requests wait for the next response, which may go to another process. */
const LOOK_AGAIN_MS = 50;
/** Longest wait before asking Redis again, since other processes change the quota too. */
const LONGEST_WAIT_MS = 1000;
/** Random delay, so that processes that wait for the same moment do not all continue in the same millisecond. */
const SPREAD_MS = 4;

/**
 * Shares the quotas of stores among all processes that use the same Redis, so that together they stay within the limit of a store.
 * Create it once, for all sessions of the process. Close a client that you pass in yourself; a connection created from an address does
 * not keep the process alive.
 *
 * If Redis does not respond, no request fails or hangs: each process uses its own budget, as it would without Redis. A warning reports
 * this once, and Redis is tried again every 5 seconds.
 *
 * @throws ConfigurationError if ioredis is not installed
 * @example
 * import { redisBudget } from 'bigrecord/redis';
 * Session.configure({ storeHash, accessToken, rateLimit: redisBudget('redis://127.0.0.1:6379') });
 */
export function redisBudget(redis: RedisClient | string, options: RedisBudgetOptions = {}): (store: string) => RateBudget {
  assertKnownOptions(options, { prefix: 1 } satisfies Record<keyof RedisBudgetOptions, 1>, 'redisBudget()', ConfigurationError);
  const { prefix = 'bigrecord' } = options;
  const connection = new Connection(redis);
  const warn = warnOnce((reason) => `Redis fails (${reason}): until it responds again, each process tracks the store's quota by itself.`);
  return perStore((store) => new RedisBudget(new SharedQuota(connection, `${prefix}:quota:{${store}}`), new BackendHealth(warn)));
}

/** Paces the requests of this process to one store: one after another, each with a step in Redis. */
class RedisBudget implements RateBudget {
  readonly #queue = new PriorityQueue();
  readonly #shared: SharedQuota;
  readonly #health: BackendHealth;
  /** Attempts that have ended but are not recorded in Redis yet, with their time by the clock of Redis. */
  #ended: { readonly result: AttemptResult; readonly at: number }[] = [];
  /** Turns of requests that had left the queue before their turn. */
  #unused = 0;
  /** Callbacks that report waiting requests and have not been called yet. */
  readonly #unreported = new Set<OnWait>();
  #isStepping = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(shared: SharedQuota, health: BackendHealth) {
    this.#shared = shared;
    this.#health = health;
  }

  acquire(priority: Priority, signal: AbortSignal | undefined, onWait: OnWait): Promise<void> {
    assertRoom(this.#queue);
    this.#unreported.add(onWait);
    const turn = this.#queue.wait(priority, signal).finally(() => this.#unreported.delete(onWait));
    void this.#advance();
    return turn;
  }

  release(result: AttemptResult): void {
    this.#ended.push({ result, at: this.#shared.now });
    void this.#advance();
  }

  get state(): RateLimitState {
    return stateOf(this.#shared.known, this.#shared.now, this.#queue.size);
  }

  /** Records ended attempts in Redis and starts requests, until one has to wait. */
  async #advance(): Promise<void> {
    if (this.#isStepping) return;
    this.#isStepping = true;
    clearTimeout(this.#timer);
    try {
      while (this.#ended.length > 0 || this.#unused > 0 || this.#queue.size > 0) {
        const ended = this.#ended;
        const unused = this.#unused;
        const order = this.#queue.order();
        this.#ended = [];
        this.#unused = 0;
        const { priority, at } = await this.#step((quota, earliest, error) => {
          for (let back = 0; back < unused; back++) quota.withdrawn();
          for (const each of ended) quota.ended(each.result, each.at + error);
          const turn = nextTurn(this.#queue, quota, earliest);
          if (turn.priority === undefined || turn.at > earliest) return turn;
          quota.started(earliest, turn.priority);
          return { ...turn, at: 0 };
        });
        if (priority === undefined) continue;
        if (at > 0) {
          if (this.#ended.length > 0 || this.#queue.order() !== order) continue; // this may change whose turn it is
          this.#wait(at);
          return;
        }
        this.#startNext(priority);
      }
    } finally {
      this.#isStepping = false;
    }
  }

  #startNext(priority: Priority): void {
    const before = this.#queue.size;
    this.#queue.release(priority);
    if (this.#queue.size === before) this.#unused++;
  }

  #wait(at: number): void {
    const { known, now } = this.#shared;
    for (const onWait of this.#unreported) reportWait(onWait, known, at, now);
    this.#unreported.clear();
    const ms = Number.isFinite(at) ? Math.min(at - now, LONGEST_WAIT_MS) : LOOK_AGAIN_MS;
    this.#timer = setTimeout(() => void this.#advance(), Math.ceil(ms + Math.random() * SPREAD_MS));
  }

  async #step<T>(step: Step<T>): Promise<T> {
    if (!this.#health.isDown) {
      try {
        return await this.#shared.take(step);
      } catch (error) {
        this.#health.failed(error);
      }
    }
    return this.#shared.takeAlone(step);
  }
}

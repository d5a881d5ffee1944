import { BigRecordError } from '../errors/bigrecord-error.js';
import { MAX_TIMER_MS } from '../transport/abort.js';
import { perStore } from './per-store.js';
import { type Priority, PriorityQueue } from './priority-queue.js';
import { type AttemptResult, Quota } from './quota.js';

/** What is known of a store's quota. */
export interface RateLimitState {
  /** Requests a window; `undefined` until an answer has told. */
  readonly quota: number | undefined;
  /** Requests left in this window, those under way taken off. */
  readonly left: number | undefined;
  /** Length of a window, in milliseconds. */
  readonly windowMs: number | undefined;
  /** Milliseconds until the window is renewed. */
  readonly resetMs: number | undefined;
  /** Requests that wait for their turn. */
  readonly waiting: number;
}

/** Is told how long a request has to wait, as far as it is known, and why. */
export type OnWait = (waitMs: number, reason: string) => void;

/** What decides when a request may go. The local one is shared by all sessions of a store in a process. */
export interface RateBudget {
  /** Waits for a turn; `undefined` where none has to be waited for. @throws the signal's reason when aborted */
  acquire(priority: Priority, signal: AbortSignal | undefined, onWait: OnWait): Promise<void> | undefined;
  /** To be told of the end of every attempt that was let go. */
  release(spent: AttemptResult): void;
  readonly state: RateLimitState;
}

/** Calls that wait, at the most: each holds memory, and a program that asks for more has lost count. */
const MAX_WAITING = 50_000;

/** @throws BigRecordError where too many wait already */
export function assertRoom(line: PriorityQueue): void {
  if (line.size < MAX_WAITING) return;
  throw new BigRecordError(
    `${MAX_WAITING} requests of this store wait for their turn already: await some before you ask for more. Nothing was sent.`,
  );
}

/** Tells one that waits when it may go, and why not now. */
export function tellWait(onWait: OnWait, { pausedUntil }: Quota, at: number, now: number): void {
  onWait(Number.isFinite(at) ? Math.max(0, Math.round(at - now)) : 0, pausedUntil > now ? 'pause' : 'quota');
}

/** Who of a line may go next, and when; nobody where nobody waits. */
export function nextTurn(line: PriorityQueue, quota: Quota, now: number): { priority: Priority | undefined; at: number } {
  let next: { priority: Priority | undefined; at: number } = { priority: undefined, at: Number.POSITIVE_INFINITY };
  for (const priority of line.order()) {
    const at = quota.goesAt(priority, now);
    if (at <= now) return { priority, at };
    if (next.priority === undefined || at < next.at) next = { priority, at };
  }
  return next;
}

/** A quota as the program may see it. */
export function stateOf(quota: Quota, now: number, waiting: number): RateLimitState {
  quota.renew(now);
  const isKnown = quota.quota !== undefined;
  return {
    quota: quota.quota,
    left: isKnown ? Math.max(0, quota.left - quota.underWay) : undefined,
    windowMs: isKnown ? quota.windowMs : undefined,
    resetMs: isKnown ? Math.max(0, Math.round(quota.resetAt - now)) : undefined,
    waiting,
  };
}

/** The quota of one store as this process knows it, and those who wait for their turn. */
class LocalBudget implements RateBudget {
  readonly #line = new PriorityQueue();
  readonly #quota = new Quota();
  #timer: { readonly handle: NodeJS.Timeout; readonly at: number } | undefined;

  acquire(priority: Priority, signal: AbortSignal | undefined, onWait: OnWait): Promise<void> | undefined {
    const now = performance.now();
    const at = this.#quota.goesAt(priority, now);
    if (at <= now && this.#line.size === 0) {
      this.#quota.go(now, priority);
      return undefined;
    }
    assertRoom(this.#line);
    tellWait(onWait, this.#quota, at, now);
    const turn = this.#line.join(priority, signal);
    this.#schedule(now);
    return turn;
  }

  release(spent: AttemptResult): void {
    const now = performance.now();
    this.#quota.spend(spent, now);
    this.#schedule(now);
  }

  get state(): RateLimitState {
    return stateOf(this.#quota, performance.now(), this.#line.size);
  }

  /** Lets go who may go, and sets the clock for who may go next. The timer keeps the process alive: somebody waits. */
  #schedule(now: number): void {
    for (;;) {
      const { priority, at } = nextTurn(this.#line, this.#quota, now);
      if (priority === undefined) return;
      if (at > now) {
        this.#wakeAt(at, now);
        return;
      }
      this.#quota.go(now, priority);
      this.#line.call(priority);
    }
  }

  #wakeAt(at: number, now: number): void {
    if (!Number.isFinite(at)) return;
    if (this.#timer !== undefined) {
      if (this.#timer.at <= at) return;
      clearTimeout(this.#timer.handle);
    }
    const handle = setTimeout(
      () => {
        this.#timer = undefined;
        this.#schedule(performance.now());
      },
      Math.min(MAX_TIMER_MS, Math.max(1, Math.ceil(at - now))),
    );
    this.#timer = { handle, at };
  }
}

/** Without any limit, for stores that have none and for tests. */
export class NoBudget implements RateBudget {
  readonly state: RateLimitState = { quota: undefined, left: undefined, windowMs: undefined, resetMs: undefined, waiting: 0 };
  acquire(): undefined {}
  release(): void {}
}

/** The budget of a store. */
export const budgetOf = perStore(() => new LocalBudget());

import { MAX_TIMER_MS } from '../transport/abort.js';
import { perStore } from './per-store.js';
import { type Priority, PriorityQueue } from './priority-queue.js';
import { type AttemptResult, Quota } from './quota.js';
import { assertRoom, nextTurn, type OnWait, type RateBudget, type RateLimitState, reportWait, stateOf } from './rate-budget.js';

/** Paces the requests of this process to one store by its quota. */
class LocalBudget implements RateBudget {
  readonly #queue = new PriorityQueue();
  readonly #quota = new Quota();
  #timer: { readonly handle: NodeJS.Timeout; readonly at: number } | undefined;

  acquire(priority: Priority, signal: AbortSignal | undefined, onWait: OnWait): Promise<void> | undefined {
    const now = performance.now();
    const at = this.#quota.goesAt(priority, now);
    if (at <= now && this.#queue.size === 0) {
      this.#quota.started(now, priority);
      return undefined;
    }
    assertRoom(this.#queue);
    reportWait(onWait, this.#quota, at, now);
    const turn = this.#queue.wait(priority, signal);
    this.#schedule(now);
    return turn;
  }

  release(result: AttemptResult): void {
    const now = performance.now();
    this.#quota.ended(result, now);
    if (this.#queue.size > 0) this.#schedule(now);
  }

  get state(): RateLimitState {
    return stateOf(this.#quota, performance.now(), this.#queue.size);
  }

  /** Lets go who may, and sets a timer for who may go next. The timer keeps the process alive: somebody waits. */
  #schedule(now: number): void {
    for (;;) {
      const { priority, at } = nextTurn(this.#queue, this.#quota, now);
      if (priority === undefined) return;
      if (at > now) {
        this.#wakeAt(at, now);
        return;
      }
      this.#quota.started(now, priority);
      this.#queue.release(priority);
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

/** Returns the budget of a store. */
export const localBudgetOf = perStore(() => new LocalBudget());

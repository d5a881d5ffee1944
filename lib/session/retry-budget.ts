import { perStore } from './per-store.js';

/** What a minute of failures may cost: repetitions drain the bucket, successes fill it again (the idea of the AWS SDKs' retry quota). */
const CAPACITY = 50;
const COST = 1;
const REFILL = 0.2;

/** The repetitions that a store may still be asked for. When they are used up, failures are final at once. */
export class RetryBudget {
  #tokens = CAPACITY;

  /** Whether one more repetition may be made; it is then taken. */
  take(): boolean {
    if (this.#tokens < COST) return false;
    this.#tokens -= COST;
    return true;
  }

  succeeded(): void {
    this.#tokens = Math.min(CAPACITY, this.#tokens + REFILL);
  }
}

/** The repetitions of a store. */
export const retryBudgetOf = perStore(() => new RetryBudget());

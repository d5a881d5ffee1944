import { perStore } from './per-store.js';
import type { Retries } from './rate-budget.js';

/**
 * Limits what a minute of failures may cost: retries drain the bucket, successes fill it again (the idea of the AWS SDKs' retry
 * quota), and so does time, slowly: a store that was down for an hour is not given up for good.
 */
const CAPACITY = 50;
const COST = 1;
const REFILL = 0.2;
const REFILL_PER_MS = 0.2 / 1000;

/** Counts the retries that a store may still be asked for. When they are used up, failures are final at once. */
export class RetryBudget implements Retries {
  #tokens = CAPACITY;
  #asOf = performance.now();
  /** Whether a success would add nothing. */
  isFull = true;

  /** Takes one retry from the budget, if there is one left. */
  take(): boolean {
    const now = performance.now();
    this.#tokens = Math.min(CAPACITY, this.#tokens + (now - this.#asOf) * REFILL_PER_MS);
    this.#asOf = now;
    if (this.#tokens < COST) return false;
    this.#tokens -= COST;
    this.isFull = false;
    return true;
  }

  succeeded(): void {
    this.#tokens = Math.min(CAPACITY, this.#tokens + REFILL);
    this.isFull = this.#tokens === CAPACITY;
  }
}

/** Returns the retry budget of a store. */
export const retryBudgetOf = perStore(() => new RetryBudget());

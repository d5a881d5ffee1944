import { perStore } from './per-store.js';

/**
 * What a minute of failures may cost: repetitions drain the bucket, successes fill it again (the idea of the AWS SDKs' retry quota),
 * and so does time, slowly: a store that was down for an hour is not given up for good.
 */
const CAPACITY = 50;
const COST = 1;
const REFILL = 0.2;
const REFILL_PER_MS = 0.2 / 1000;

/** The repetitions that a store may still be asked for. When they are used up, failures are final at once. */
export class RetryBudget {
  #tokens = CAPACITY;
  #asOf = performance.now();

  /** Whether one more repetition may be made; it is then taken. */
  take(): boolean {
    const now = performance.now();
    this.#add((now - this.#asOf) * REFILL_PER_MS);
    this.#asOf = now;
    if (this.#tokens < COST) return false;
    this.#tokens -= COST;
    return true;
  }

  succeeded(): void {
    this.#add(REFILL);
  }

  #add(tokens: number): void {
    this.#tokens = Math.min(CAPACITY, this.#tokens + tokens);
  }
}

/** The repetitions of a store. */
export const retryBudgetOf = perStore(() => new RetryBudget());

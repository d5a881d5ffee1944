import { BigRecordError } from '../errors/bigrecord-error.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { isThenable } from '../thenable.js';
import { localBudgetOf } from './local-budget.js';
import type { SessionOptions } from './options.js';
import type { Priority } from './priority-queue.js';
import type { AttemptResult } from './quota.js';
import { type Gate, NoBudget, type OnWait, type RateBudget, type RateLimitState, type Retries } from './rate-budget.js';
import { callSafely, reasonOf, warnOfFailure } from './safe-call.js';

/** Does without a budget of the user's where that fails. */
class GuardedBudget implements RateBudget {
  readonly #budget: RateBudget;

  constructor(budget: RateBudget) {
    this.#budget = budget;
  }

  async acquire(priority: Priority, signal: AbortSignal | undefined, onWait: OnWait): Promise<void> {
    try {
      await this.#budget.acquire(priority, signal, onWait);
    } catch (error) {
      if (signal?.aborted || error instanceof BigRecordError) throw error;
      warnOfFailure('acquire() of rateLimit', error, this.#budget);
    }
  }

  release(result: AttemptResult): void {
    callSafely('release() of rateLimit', () => this.#budget.release(result), this.#budget);
  }

  get state(): RateLimitState {
    return this.#budget.state;
  }

  gate(operation: string, limit: number): Gate | undefined {
    return this.#budget.gate?.(operation, limit);
  }

  get retries(): Retries | undefined {
    return this.#budget.retries;
  }
}

/** Returns the budget that the option `rateLimit` asks for. @throws ConfigurationError for a wrong value */
export function budgetFor(store: string, given: SessionOptions['rateLimit']): RateBudget {
  if (given === undefined) return localBudgetOf(store);
  if (given === false) return new NoBudget();
  const budget = typeof given === 'function' ? made(store, given) : given;
  if (isBudget(budget)) return new GuardedBudget(budget);
  if (isThenable(budget)) Promise.resolve(budget).catch(() => {}); // the error below reports it
  throw new ConfigurationError(
    'rateLimit must be false, a budget such as redisBudget() of bigrecord/redis, a function that returns one at once, or left out.',
  );
}

function made(store: string, make: (store: string) => RateBudget): RateBudget {
  try {
    return make(store);
  } catch (error) {
    throw new ConfigurationError(`The function of rateLimit threw: ${reasonOf(error)}`, { cause: error });
  }
}

/** A program without types may give anything. */
const isBudget = (value: Partial<RateBudget> | null): boolean =>
  typeof value === 'object' && value !== null && typeof value.acquire === 'function' && typeof value.release === 'function';

import { ArgumentError } from '../errors/argument-error.js';
import { eitherOf, sleep } from '../transport/abort.js';
import type { RawResponse } from '../transport/raw-response.js';
import type { TimedRequest } from '../transport/transport.js';
import type { Events } from './events.js';
import type { Link, Operation } from './link.js';
import { type Policy, policyOf } from './policy.js';
import type { RetryBudget } from './retry-budget.js';
import { mayHaveBeenDone, nextAttempt, type Outcome, REFUSED, resolveOutcome } from './retry-decision.js';

/** Sends a request until its outcome is final: repeats what is safe to repeat, with back-off, within the time and budget for it. */
export class Retry implements Link {
  readonly #next: Link;
  readonly #policy: Policy;
  readonly #budget: RetryBudget;
  readonly #events: Events;
  readonly #abort: AbortSignal;

  /** @param abort ends all operations of the session */
  constructor(next: Link, policy: Policy, budget: RetryBudget, events: Events, abort: AbortSignal) {
    this.#next = next;
    this.#policy = policy;
    this.#budget = budget;
    this.#events = events;
    this.#abort = abort;
  }

  async send(request: TimedRequest, operation: Operation): Promise<RawResponse> {
    const hasOwnPolicy = request.retry !== undefined || request.timeout !== undefined;
    const policy = hasOwnPolicy ? policyOf(request, this.#policy, ArgumentError) : this.#policy;
    if (request.signal === undefined) return this.#repeat(request, operation, policy, this.#abort);
    const { signal, release } = eitherOf(request.signal, this.#abort);
    try {
      return await this.#repeat(request, operation, policy, signal);
    } finally {
      release();
    }
  }

  /** Sends until the outcome is final. @throws the error of the last attempt; the reason of the signal */
  async #repeat(request: TimedRequest, operation: Operation, policy: Policy, signal: AbortSignal): Promise<RawResponse> {
    const { method } = request;
    let last: Outcome | undefined;
    let isRepeated = false;
    // Waiting for quota, for a concurrency limit or for a connection does not count.
    let spentMs = 0;
    for (; ; operation.attempt++) {
      const { attempt } = operation;
      const limits = attempt === 1 && policy === this.#policy ? undefined : remaining(policy, spentMs);
      const outcome = await this.#attempt({ ...request, signal, limits }, operation);
      if (outcome.response !== undefined && outcome.response.status < 400) {
        this.#budget.succeeded();
        return outcome.response;
      }
      // It was never sent: an earlier attempt, if there was one, says more.
      if (operation.startedAt === undefined) {
        if (last === undefined || signal.aborted) throw outcome.error;
        return resolveOutcome(method, last, attempt - 1, isRepeated);
      }
      spentMs += performance.now() - operation.startedAt;
      const next = signal.aborted || operation.isFinal ? undefined : nextAttempt(method, outcome, attempt, policy.retry);
      if (next === undefined || spentMs + next.waitMs >= policy.timeout.total || !this.#mayRepeat(next.reason))
        return resolveOutcome(method, outcome, attempt, isRepeated);
      spentMs += next.waitMs;
      isRepeated ||= mayHaveBeenDone(outcome);
      last = outcome;
      this.#events.emit(eventOf(next.reason), () => ({ ...this.#events.exchange(request, attempt), ...next }));
      await sleep(next.waitMs, signal);
    }
  }

  async #attempt(request: TimedRequest, operation: Operation): Promise<Outcome> {
    operation.startedAt = undefined;
    operation.isFinal = false;
    try {
      request.signal?.throwIfAborted();
      return { response: await this.#next.send(request, operation) };
    } catch (error) {
      return { error };
    }
  }

  /** Waiting for quota is no failure of the store; any other retry costs the store's retry budget. */
  #mayRepeat(reason: string): boolean {
    return reason === REFUSED || this.#budget.take();
  }
}

/** Returns the time limits of an attempt, with what is left of the total. */
const remaining = ({ timeout }: Policy, spentMs: number): Policy['timeout'] => ({ ...timeout, total: timeout.total - spentMs });

/** Returns the event for a retry: one that waits for quota is throttled. */
const eventOf = (reason: string): 'throttle' | 'retry' => (reason === REFUSED ? 'throttle' : 'retry');

import { ArgumentError } from '../errors/argument-error.js';
import { eitherOf, sleep } from '../transport/abort.js';
import type { RawResponse } from '../transport/raw-response.js';
import type { TimedRequest } from '../transport/transport.js';
import type { Link, Operation } from './link.js';
import { type Policy, policyOf } from './policy.js';
import type { Reporter } from './reporter.js';
import type { RetryBudget } from './retry-budget.js';
import { mayHaveBeenDone, nextAttempt, type Outcome, REFUSED, resolveOutcome } from './retry-decision.js';

/** Sends a request until its outcome is final: repeats what is safe to repeat, with back-off, within the time and budget for it. */
export class Retry implements Link {
  readonly #next: Link;
  readonly #policy: Policy;
  readonly #budget: RetryBudget;
  readonly #reporter: Reporter;
  readonly #abort: AbortSignal;

  /** @param abort ends all operations of the session */
  constructor(next: Link, policy: Policy, budget: RetryBudget, reporter: Reporter, abort: AbortSignal) {
    this.#next = next;
    this.#policy = policy;
    this.#budget = budget;
    this.#reporter = reporter;
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

  async #repeat(request: TimedRequest, operation: Operation, { timeout, retry }: Policy, signal: AbortSignal): Promise<RawResponse> {
    const { method } = request;
    let last: Outcome | undefined;
    let isRepeated = false;
    // Waiting for quota, for a concurrency limit or for a connection does not count.
    let spentMs = 0;
    for (; ; operation.attempt++) {
      const isPlain = operation.attempt === 1 && request.timeout === undefined;
      const limits = isPlain ? undefined : { ...timeout, total: timeout.total - spentMs };
      const outcome = await this.#attempt({ ...request, signal, limits }, operation);
      const { response } = outcome;
      if (response !== undefined && response.status < 400) {
        this.#budget.succeeded();
        return response;
      }
      // It was never sent: an earlier attempt, if there was one, says more.
      if (operation.startedAt === undefined) {
        if (last === undefined || signal.aborted) throw outcome.error;
        return resolveOutcome(method, last, operation.attempt - 1, isRepeated);
      }
      const next = signal.aborted || operation.isFinal ? undefined : nextAttempt(method, outcome, operation.attempt, retry);
      spentMs += performance.now() - operation.startedAt + (next?.waitMs ?? 0);
      if (next === undefined || spentMs >= timeout.total || !this.#mayRepeat(next.reason))
        return resolveOutcome(method, outcome, operation.attempt, isRepeated);
      isRepeated ||= mayHaveBeenDone(outcome);
      last = outcome;
      this.#reporter.willRetry(next.reason === REFUSED ? 'throttle' : 'retry', request, operation, next.reason, next.waitMs);
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

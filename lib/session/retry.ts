import { ArgumentError } from '../errors/argument-error.js';
import { eitherOf, sleep } from '../transport/abort.js';
import type { RawResponse } from '../transport/raw-response.js';
import type { TimedRequest } from '../transport/transport.js';
import type { Events } from './events.js';
import type { Link, Operation } from './link.js';
import { type Policy, policyOf } from './policy.js';
import type { Retries } from './rate-budget.js';
import { mayHaveBeenDone, nextAttempt, type Outcome, REFUSED, resolveOutcome } from './retry-decision.js';

/** A call whose attempts so far have failed. */
interface RepeatedCall {
  readonly request: TimedRequest;
  readonly operation: Operation;
  readonly policy: Policy;
  readonly signal: AbortSignal;
  /** How the attempt before ended. */
  last: Outcome | undefined;
  /** Whether an earlier attempt may have been carried out. */
  isRepeated: boolean;
  /** Milliseconds so far, without the time that it waited for quota, for a concurrency limit or for a connection. */
  spentMs: number;
}

/** Sends a request until its outcome is final: repeats what is safe to repeat, with back-off, within the time and budget for it. */
export class Retry implements Link {
  readonly #next: Link;
  readonly #policy: Policy;
  readonly #budget: Retries;
  readonly #events: Events;
  readonly #abort: AbortSignal;

  /** @param abort ends all operations of the session */
  constructor(next: Link, policy: Policy, budget: Retries, events: Events, abort: AbortSignal) {
    this.#next = next;
    this.#policy = policy;
    this.#budget = budget;
    this.#events = events;
    this.#abort = abort;
  }

  /** Sends until the outcome is final. @throws the error of the last attempt; the reason of the signal */
  async send(request: TimedRequest, operation: Operation): Promise<RawResponse> {
    const isPlain = request.retry === undefined && request.timeout === undefined;
    const policy = isPlain ? this.#policy : policyOf(request, this.#policy, ArgumentError);
    const either = request.signal === undefined ? undefined : eitherOf(request.signal, this.#abort);
    const signal = either?.signal ?? this.#abort;
    const call: RepeatedCall = { request, operation, policy, signal, last: undefined, isRepeated: false, spentMs: 0 };
    try {
      for (; ; operation.attempt++) {
        const limits = isPlain && operation.attempt === 1 ? undefined : remaining(policy, call.spentMs);
        operation.startedAt = undefined;
        operation.isFinal = false;
        let outcome: Outcome;
        try {
          signal.throwIfAborted();
          const response = await this.#next.send({ ...request, signal, limits }, operation);
          if (response.status < 400) {
            if (!this.#budget.isFull) this.#budget.succeeded();
            return response;
          }
          outcome = { response };
        } catch (error) {
          outcome = { error };
        }
        const final = await this.#waitToRepeat(call, outcome);
        if (final !== undefined) return final;
      }
    } finally {
      either?.release();
    }
  }

  /** Waits until a failed attempt may be repeated; returns the response if it is final. @throws the error that is final */
  async #waitToRepeat(call: RepeatedCall, outcome: Outcome): Promise<RawResponse | undefined> {
    const { request, operation, policy, signal, last } = call;
    const { method } = request;
    const { attempt } = operation;
    // It was never sent: an earlier attempt, if there was one, says more.
    if (operation.startedAt === undefined) {
      if (last === undefined || signal.aborted) throw outcome.error;
      return resolveOutcome(method, last, attempt - 1, call.isRepeated);
    }
    call.spentMs += performance.now() - operation.startedAt;
    const next = signal.aborted || operation.isFinal ? undefined : nextAttempt(request, outcome, attempt, policy.retry);
    if (next === undefined || call.spentMs + next.waitMs >= policy.timeout.total || !(await this.#mayRepeat(next.reason)))
      return resolveOutcome(method, outcome, attempt, call.isRepeated);
    call.spentMs += next.waitMs;
    call.isRepeated ||= mayHaveBeenDone(outcome);
    call.last = outcome;
    this.#events.emit(eventOf(next.reason), () => ({ ...this.#events.exchange(request, attempt), ...next }));
    await sleep(next.waitMs, signal);
    return undefined;
  }

  /** Waiting for quota is no failure of the store; any other retry costs the store's retry budget. */
  #mayRepeat(reason: string): boolean | Promise<boolean> {
    return reason === REFUSED || this.#budget.take();
  }
}

/** Returns the time limits of an attempt, with what is left of the total. */
const remaining = ({ timeout }: Policy, spentMs: number): Policy['timeout'] => ({ ...timeout, total: timeout.total - spentMs });

/** Returns the event for a retry: one that waits for quota is throttled. */
const eventOf = (reason: string): 'throttle' | 'retry' => (reason === REFUSED ? 'throttle' : 'retry');

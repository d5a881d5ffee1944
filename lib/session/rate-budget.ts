import { BigRecordError } from '../errors/bigrecord-error.js';
import type { Priority, PriorityQueue } from './priority-queue.js';
import type { AttemptResult, Quota } from './quota.js';

/** What is known of a store's quota. */
export interface RateLimitState {
  /** Requests a window; `undefined` until a response states it. */
  readonly quota: number | undefined;
  /** Requests left in this window, less those in flight. */
  readonly left: number | undefined;
  /** Length of a window, in milliseconds. */
  readonly windowMs: number | undefined;
  /** Milliseconds until the next window begins. */
  readonly resetMs: number | undefined;
  /** Requests that wait for their turn. */
  readonly waiting: number;
}

/** Called with how long a request has to wait, as far as it is known, and why. */
export type OnWait = (waitMs: number, reason: string) => void;

/** Limits how many requests of one operation run at once. */
export interface Gate {
  /** Waits for a place, and calls `onWait` once none is free; `undefined` if one is. @throws the signal's reason when aborted */
  enter(priority: Priority, signal: AbortSignal | undefined, onWait: () => void): Promise<void> | undefined;
  /** Gives a place back. */
  leave(): void;
}

/** Limits what retries may cost a store that fails. */
export interface Retries {
  /** Whether a success would add nothing. */
  readonly isFull: boolean;
  /** Takes one retry, if there is one left. */
  take(): boolean | Promise<boolean>;
  /** Called for each success while it is not full. */
  succeeded(): void;
}

/** Decides when a request may go. The local one is shared by all sessions of a store in a process. */
export interface RateBudget {
  /** Waits for a turn; `undefined` if there is no need to wait. @throws the signal's reason when aborted */
  acquire(priority: Priority, signal: AbortSignal | undefined, onWait: OnWait): Promise<void> | undefined;
  /** Called at the end of every attempt that had its turn. */
  release(result: AttemptResult): void;
  readonly state: RateLimitState;
  /** Limits an operation for all who share the budget. Without it, each process does so by itself. */
  gate?(operation: string, limit: number): Gate | undefined;
  /** The retries of all who share the budget. Without it, each process has its own. */
  readonly retries?: Retries | undefined;
}

/** Most calls that may wait: each takes memory, and a program with more has lost count. */
const MAX_WAITING = 50_000;

/** @throws BigRecordError if too many requests wait already */
export function assertRoom(queue: PriorityQueue): void {
  if (queue.size < MAX_WAITING) return;
  throw new BigRecordError(
    `${MAX_WAITING} requests to this store are already waiting for their turn: await some before you start more. Nothing was sent.`,
  );
}

/** Tells a request when it may go, and why not now. */
export function reportWait(onWait: OnWait, { pausedUntil }: Quota, at: number, now: number): void {
  onWait(Number.isFinite(at) ? Math.max(0, Math.round(at - now)) : 0, pausedUntil > now ? 'pause' : 'quota');
}

/** Returns which request of a queue may go next, and when; none if nobody waits. */
export function nextTurn(queue: PriorityQueue, quota: Quota, now: number): { priority: Priority | undefined; at: number } {
  let next: { priority: Priority | undefined; at: number } = { priority: undefined, at: Number.POSITIVE_INFINITY };
  for (const priority of queue.order()) {
    const at = quota.goesAt(priority, now);
    if (at <= now) return { priority, at };
    if (next.priority === undefined || at < next.at) next = { priority, at };
  }
  return next;
}

/** Returns a quota as a program sees it. */
export function stateOf(quota: Quota, now: number, waiting: number): RateLimitState {
  quota.renew(now);
  const isKnown = quota.quota !== undefined;
  return {
    quota: quota.quota,
    left: isKnown ? Math.max(0, quota.left - quota.inFlight) : undefined,
    windowMs: isKnown ? quota.windowMs : undefined,
    resetMs: isKnown ? Math.max(0, Math.round(quota.resetAt - now)) : undefined,
    waiting,
  };
}

/** Sets no limit, for stores that have none and for tests. */
export class NoBudget implements RateBudget {
  readonly state: RateLimitState = { quota: undefined, left: undefined, windowMs: undefined, resetMs: undefined, waiting: 0 };
  acquire(): undefined {}
  release(): void {}
}

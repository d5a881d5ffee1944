import { askedWaitMs } from '../errors/retry-after.js';
import type { Priority } from './priority-queue.js';

/** How an attempt to send a request ended, as far as the quota is concerned. */
export interface AttemptResult {
  /** `undefined` if there was no response. */
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** How long the attempt took, in milliseconds: its headers may be that old. */
  readonly ms?: number | undefined;
  /** `false` if the request never left: the store did not count it. */
  readonly isSent?: boolean | undefined;
}

/** Requests of a window that are reserved for interactive calls, however many bulk work wants. */
const RESERVE = 2;
/** Share of what other clients of the store have used in this window that is kept free for them in addition. */
const FOREIGN_SHARE = 0.06;
/** While more than this share of the quota is left, nobody waits; the rest is spread over the window. */
const FREE_PART = 0.5;
/** Before the first response nothing is known of the quota: this many requests go out to find out. */
const PROBES = 8;
/** Longer than any window of the platform: a call that is told to wait longer fails, and the next may ask again. */
const LONGEST_PAUSE_MS = 60_000;
/** The server's window may end a little later than we think. */
const MARGIN_MS = 5;
/** Without headers that say how long, a 429 means overload: the pause doubles up to the longest. */
const OVERLOAD_MS = 1000;
const LONGEST_OVERLOAD_MS = 30_000;
/** From this many requests at once there is no limit any more. */
const MANY = 32;
/** Rounds of successes before one more request may be in flight: each one that is refused costs everybody a pause. */
const ROUNDS = 8;

/**
 * Models the quota of one store from the headers of its responses (`X-Rate-Limit-*`, api-rate-limits). All apps of the store share
 * the quota, so the headers count, not our own requests. Nobody waits while plenty is left; then requests are spread over the rest
 * of the window, so that all of the quota is used and it is never exceeded. After a 429 everybody waits for the same moment.
 *
 * Plain data and calculations: it has no clock, no timer and no queue. Times are milliseconds of whatever clock its owner uses;
 * as JSON it travels from one process to another.
 */
export class Quota {
  /** Requests a window; `undefined` until a response states it. */
  quota: number | undefined = undefined;
  /** Whether a response has arrived, with a quota or without. */
  hasResponse = false;
  windowMs = 0;
  left = 0;
  resetAt = 0;
  inFlight = 0;
  /** Our requests that were answered in this window; others have used the rest. */
  own = 0;
  foreign = 0;
  /** When bulk work sent last: interactive requests in between do not delay its next one. */
  lastBulk = 0;
  pausedUntil = 0;
  overloads = 0;
  /** Most requests in flight at once: halved by each overload, and raised again by one after some rounds of successes. */
  atOnce: number | null = null;

  /** When a request of this priority may go; infinity means not before another response. */
  goesAt(priority: Priority, now: number): number {
    if (this.pausedUntil > now) return this.pausedUntil;
    if (this.atOnce !== null && this.inFlight >= Math.floor(this.atOnce)) return Number.POSITIVE_INFINITY;
    if (this.quota === undefined && this.hasResponse) return now;
    if (this.quota === undefined || !this.#isCurrent(now)) return this.inFlight < PROBES ? now : Number.POSITIVE_INFINITY;
    this.renew(now);
    const reserved =
      priority === 'bulk' ? RESERVE + Math.ceil(this.foreign * FOREIGN_SHARE) : Math.ceil(this.foreign * FOREIGN_SHARE * 0.5);
    const available = this.left - this.inFlight - Math.min(reserved, Math.floor(this.quota / 4));
    if (available <= 0) return this.resetAt;
    if (available > this.quota * FREE_PART || priority === 'interactive') return now;
    return this.lastBulk + (this.resetAt - now) / available;
  }

  /** Counts a request that goes out now. */
  started(now: number, priority: Priority): void {
    this.inFlight++;
    if (priority === 'bulk') this.lastBulk = now;
  }

  /** Takes back a request that did not go out after all. */
  withdrawn(): void {
    this.inFlight = Math.max(0, this.inFlight - 1);
  }

  /** Takes in the result of a request. */
  ended({ status, headers = {}, ms = 0, isSent = true }: AttemptResult, now: number): void {
    this.inFlight = Math.max(0, this.inFlight - 1);
    if (!isSent) return;
    if (status === undefined)
      this.left = Math.max(0, this.left - 1); // the store may have counted it
    else this.hasResponse = true;
    const stated = headers['x-rate-limit-requests-quota'] === undefined ? undefined : quotaIn(headers);
    if (stated !== undefined) this.#learn(stated, ms, now);
    if (status === 429) this.#refused(headers, now);
    else if (status !== undefined && status < 500) {
      this.overloads = 0;
      if (this.atOnce !== null) this.atOnce = this.atOnce >= MANY ? null : this.atOnce + 1 / (ROUNDS * this.atOnce);
    }
  }

  /** Begins a new window when its time has come, even if no response of that window has arrived yet. */
  renew(now: number): void {
    if (this.quota === undefined || now < this.resetAt || !this.#isCurrent(now)) return;
    this.left = this.quota;
    this.resetAt = now + this.windowMs;
    this.own = 0;
    this.foreign = 0;
  }

  /** Whether the last known state still means anything: after a sleep of the machine, others may have used all of the quota. */
  #isCurrent(now: number): boolean {
    return now < this.resetAt + this.windowMs;
  }

  /** Takes in what the headers of a response say; responses may overtake each other. */
  #learn(stated: StatedQuota, ms: number, now: number): void {
    const resetAt = now + Math.min(stated.resetMs, LONGEST_PAUSE_MS) + MARGIN_MS;
    const isSameWindow = this.quota !== undefined && Math.abs(resetAt - this.resetAt) < Math.max(50, this.windowMs / 10);
    if (!isSameWindow && this.#isOutdated(stated.left, resetAt, ms, now)) return;
    if (!isSameWindow) this.own = 0;
    this.own++;
    this.quota = stated.quota;
    this.windowMs = stated.windowMs ?? this.windowMs;
    // Within a window the least that was left is the newest.
    this.left = isSameWindow ? Math.min(this.left, stated.left) : stated.left;
    this.resetAt = isSameWindow ? Math.max(this.resetAt, Math.min(resetAt, this.resetAt + MARGIN_MS)) : resetAt;
    this.foreign = Math.max(0, stated.quota - this.left - this.own - this.inFlight);
  }

  /** Whether the headers of another window are those of an earlier one: a slow response says nothing about this one. */
  #isOutdated(left: number, resetAt: number, ms: number, now: number): boolean {
    if (this.#isCurrent(now) && resetAt < this.resetAt && left > this.left) return true;
    return this.quota !== undefined && resetAt < this.resetAt - this.windowMs + ms + MARGIN_MS;
  }

  /** Pauses everybody: until the window is renewed, or longer each time if nothing says how long. */
  #refused(headers: Readonly<Record<string, string>>, now: number): void {
    const reset = count(headers['x-rate-limit-time-reset-ms']);
    if (reset !== undefined) {
      // The latest information on when the window ends, sooner or later than before.
      this.left = 0;
      this.resetAt = now + Math.min(reset, LONGEST_PAUSE_MS) + MARGIN_MS;
    }
    const asked = reset ?? askedWaitMs(headers);
    // One of several that were in flight when the pause began: one overload for all of them.
    if (asked === undefined && this.pausedUntil > now) return;
    const wait = asked ?? this.#overloaded();
    this.pausedUntil = Math.max(this.pausedUntil, now + Math.min(wait, LONGEST_PAUSE_MS) + MARGIN_MS);
  }

  /** Allows fewer requests at once from now on. Returns the milliseconds to pause, longer each time. */
  #overloaded(): number {
    const longest = Math.min(LONGEST_OVERLOAD_MS, OVERLOAD_MS * 2 ** this.overloads);
    this.overloads++;
    this.atOnce = Math.max(1, Math.floor(Math.min(this.atOnce ?? Number.POSITIVE_INFINITY, this.inFlight + 1) / 2));
    return longest * (0.5 + Math.random() / 2);
  }
}

/** The quota as the headers of a response state it. */
interface StatedQuota {
  readonly quota: number;
  readonly left: number;
  readonly windowMs: number | undefined;
  readonly resetMs: number;
}

function quotaIn(headers: Readonly<Record<string, string>>): StatedQuota | undefined {
  const quota = count(headers['x-rate-limit-requests-quota']);
  const left = count(headers['x-rate-limit-requests-left']);
  const resetMs = count(headers['x-rate-limit-time-reset-ms']);
  if (quota === undefined || left === undefined || resetMs === undefined) return undefined;
  return { quota, left, windowMs: count(headers['x-rate-limit-time-window-ms']), resetMs };
}

function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}$/.test(text.trim()) ? Number(text) : undefined;
}

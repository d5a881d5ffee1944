import { askedWaitMs } from '../errors/retry-after.js';
import type { Priority } from './priority-queue.js';

/** How an attempt ended, as far as the quota is concerned. */
export interface AttemptResult {
  /** `undefined` where there was no answer. */
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** How long the attempt took, in milliseconds: so old may be what its headers say. */
  readonly ms?: number | undefined;
  /** `false` where the request never left: the store did not count it. */
  readonly isSent?: boolean | undefined;
}

/** Requests of a window that are kept for interactive ones, however many a bulk job wants. */
const RESERVE = 2;
/** Of what other clients of the store have used in this window, so much more is kept free. */
const FOREIGN_SHARE = 0.06;
/** While more than this part of the quota is left, nobody waits; what is left then is spread over the window. */
const FREE_PART = 0.5;
/** Before the first answer nothing is known of the quota: so many requests go to find out. */
const PROBES = 8;
/** Longer than any window of the platform: whoever is told to wait longer gets the error, and the next may ask again. */
const LONGEST_PAUSE_MS = 60_000;
/** The server's window may end a little later than we think. */
const MARGIN_MS = 5;
/** Without headers that say how long, a 429 or 503 means overload: a pause that doubles up to the longest. */
const OVERLOAD_MS = 1000;
const LONGEST_OVERLOAD_MS = 30_000;
/** So many at once are no limit any more. */
const MANY = 32;
/** Rounds of successes before one more may be under way: each probe that is refused costs everybody a pause. */
const ROUNDS = 8;

/**
 * What is known of the quota of one store, by what its answers say of it (`X-Rate-Limit-*`, api-rate-limits): all apps of the
 * store share it, so the headers are believed, not our own count. Nobody waits while plenty is left; then requests are spread
 * over the rest of the window, so that all of the quota is used and none is exceeded. After a 429 everybody waits for the same
 * moment.
 *
 * Plain data and what follows from it: it has no clock, no timer and nobody who waits. Times are milliseconds of whatever clock
 * its owner asks it with; JSON carries it from one process to another.
 */
export class Quota {
  /** Requests a window; `undefined` until an answer has told. */
  quota: number | undefined = undefined;
  /** Whether an answer has come, with a quota or without. */
  hasAnswer = false;
  windowMs = 0;
  left = 0;
  resetAt = 0;
  underWay = 0;
  /** Answered in this window: what others have used is the rest. */
  own = 0;
  foreign = 0;
  /** When a job sent last: what interactive requests do meanwhile does not put off its next one. */
  lastBulk = 0;
  pausedUntil = 0;
  overloads = 0;
  /** Requests under way at once, at the most: halved by each overload, and grown again by one after so many rounds of successes. */
  atOnce: number | null = null;

  /** When a request of this priority may go; infinity: not before another answer. */
  goesAt(priority: Priority, now: number): number {
    if (this.pausedUntil > now) return this.pausedUntil;
    if (this.atOnce !== null && this.underWay >= Math.floor(this.atOnce)) return Number.POSITIVE_INFINITY;
    if (this.quota === undefined && this.hasAnswer) return now;
    if (this.quota === undefined || !this.#isCurrent(now)) return this.underWay < PROBES ? now : Number.POSITIVE_INFINITY;
    this.renew(now);
    const kept = priority === 'bulk' ? RESERVE + Math.ceil(this.foreign * FOREIGN_SHARE) : Math.ceil(this.foreign * FOREIGN_SHARE * 0.5);
    const available = this.left - this.underWay - Math.min(kept, Math.floor(this.quota / 4));
    if (available <= 0) return this.resetAt;
    if (available > this.quota * FREE_PART || priority === 'interactive') return now;
    return this.lastBulk + (this.resetAt - now) / available;
  }

  /** A request goes. */
  go(now: number, priority: Priority): void {
    this.underWay++;
    if (priority === 'bulk') this.lastBulk = now;
  }

  /** A request that went did not go after all. */
  giveBack(): void {
    this.underWay = Math.max(0, this.underWay - 1);
  }

  /** A request is over. */
  spend({ status, headers = {}, ms = 0, isSent = true }: AttemptResult, now: number): void {
    this.giveBack();
    if (!isSent) return;
    if (status === undefined)
      this.left = Math.max(0, this.left - 1); // the store may have counted it
    else this.hasAnswer = true;
    this.#learn(headers, ms, now);
    if (status === 429) this.#refused(headers, now);
    else if (status !== undefined && status < 500) {
      this.overloads = 0;
      if (this.atOnce !== null) this.atOnce = this.atOnce >= MANY ? null : this.atOnce + 1 / (ROUNDS * this.atOnce);
    }
  }

  /** Time alone renews the window: an answer may be long in coming. */
  renew(now: number): void {
    if (this.quota === undefined || now < this.resetAt || !this.#isCurrent(now)) return;
    this.left = this.quota;
    this.resetAt = now + this.windowMs;
    this.own = 0;
    this.foreign = 0;
  }

  /** Whether what is known of the quota still says anything: after a sleep of the machine, others may have used all of it. */
  #isCurrent(now: number): boolean {
    return now < this.resetAt + this.windowMs;
  }

  #learn(headers: Readonly<Record<string, string>>, ms: number, now: number): void {
    const quota = count(headers['x-rate-limit-requests-quota']);
    const left = count(headers['x-rate-limit-requests-left']);
    const windowMs = count(headers['x-rate-limit-time-window-ms']);
    const resetMs = count(headers['x-rate-limit-time-reset-ms']);
    if (quota === undefined || left === undefined || resetMs === undefined) return;
    const resetAt = now + Math.min(resetMs, LONGEST_PAUSE_MS) + MARGIN_MS;
    const isSameWindow = this.quota !== undefined && Math.abs(resetAt - this.resetAt) < Math.max(50, this.windowMs / 10);
    if (!isSameWindow && this.#isCurrent(now) && resetAt < this.resetAt && left > this.left) return;
    // An answer of the window before that was long in coming: of this one it says nothing.
    if (!isSameWindow && this.quota !== undefined && resetAt < this.resetAt - this.windowMs + ms + MARGIN_MS) return;
    if (!isSameWindow) this.own = 0;
    this.own++;
    this.quota = quota;
    this.windowMs = windowMs ?? this.windowMs;
    // Answers may overtake each other: within a window the least that was left is the newest.
    this.left = isSameWindow ? Math.min(this.left, left) : left;
    this.resetAt = isSameWindow ? Math.max(this.resetAt, Math.min(resetAt, this.resetAt + MARGIN_MS)) : resetAt;
    this.foreign = Math.max(0, quota - this.left - this.own - this.underWay);
  }

  /** One pause for all: until the window is renewed, or longer each time where nothing says how long. */
  #refused(headers: Readonly<Record<string, string>>, now: number): void {
    const reset = count(headers['x-rate-limit-time-reset-ms']);
    if (reset !== undefined) {
      // The newest word on when the window ends, sooner or later than was said before.
      this.left = 0;
      this.resetAt = now + Math.min(reset, LONGEST_PAUSE_MS) + MARGIN_MS;
    }
    const told = reset ?? askedWaitMs(headers);
    // One of several that were under way when the pause began: it was an overload for all of them.
    if (told === undefined && this.pausedUntil > now) return;
    const wait = told ?? this.#overloaded();
    this.pausedUntil = Math.max(this.pausedUntil, now + Math.min(wait, LONGEST_PAUSE_MS) + MARGIN_MS);
  }

  /** Asks for less at once from now on. The milliseconds to pause, longer each time. */
  #overloaded(): number {
    const longest = Math.min(LONGEST_OVERLOAD_MS, OVERLOAD_MS * 2 ** this.overloads);
    this.overloads++;
    this.atOnce = Math.max(1, Math.floor(Math.min(this.atOnce ?? Number.POSITIVE_INFINITY, this.underWay + 1) / 2));
    return longest * (0.5 + Math.random() / 2);
  }
}

function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}$/.test(text.trim()) ? Number(text) : undefined;
}

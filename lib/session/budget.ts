import { BigRecordError } from '../errors/bigrecord-error.js';
import { askedWaitMs } from '../errors/retry-after.js';
import { perStore } from './per-store.js';
import type { Priority } from './waiting-line.js';
import { WaitingLine } from './waiting-line.js';

/** What is known of a store's quota. */
export interface RateLimitState {
  /** Requests a window; `undefined` until an answer has told. */
  readonly quota: number | undefined;
  /** Requests left in this window, those under way taken off. */
  readonly left: number | undefined;
  /** Length of a window, in milliseconds. */
  readonly windowMs: number | undefined;
  /** Milliseconds until the window is renewed. */
  readonly resetMs: number | undefined;
  /** Requests that wait for their turn. */
  readonly waiting: number;
}

/** How an attempt ended, as far as the quota is concerned. */
export interface Spent {
  /** `undefined` where there was no answer. */
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What decides when a request may go. The local one is shared by all sessions of a store in a process. */
export interface RateBudget {
  /** Waits for a turn; `undefined` where none has to be waited for. @throws the signal's reason when aborted */
  acquire(priority: Priority, signal: AbortSignal | undefined, onWait: (waitMs: number, reason: string) => void): Promise<void> | undefined;
  /** To be told of the end of every attempt that was let go. */
  release(spent: Spent): void;
  readonly state: RateLimitState;
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
/** Calls that wait, at the most: each holds memory, and a program that asks for more has lost count. */
const MAX_WAITING = 50_000;
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
 * The quota of one store, by what its answers say of it (`X-Rate-Limit-*`, api-rate-limits): all apps of the store share it,
 * so the headers are believed, not our own count. Nobody waits while plenty is left; then requests are spread over the rest
 * of the window, so that all of the quota is used and none is exceeded. After a 429 everybody waits for the same moment.
 */
class LocalBudget implements RateBudget {
  readonly #line = new WaitingLine();
  #quota: number | undefined;
  /** Whether an answer has come, with a quota or without. */
  #hasAnswer = false;
  #windowMs = 0;
  #left = 0;
  #resetAt = 0;
  #underWay = 0;
  /** Answered in this window: what others have used is the rest. */
  #own = 0;
  #foreign = 0;
  #lastSent = 0;
  #pausedUntil = 0;
  #overloads = 0;
  /** Requests under way at once, at the most: halved by each overload, and grown again by one after so many rounds of successes. */
  #atOnce = Number.POSITIVE_INFINITY;
  #timer: { readonly handle: NodeJS.Timeout; readonly at: number } | undefined;

  acquire(
    priority: Priority,
    signal: AbortSignal | undefined,
    onWait: (waitMs: number, reason: string) => void,
  ): Promise<void> | undefined {
    const now = performance.now();
    const at = this.#goesAt(priority, now);
    if (at <= now && this.#line.size === 0) {
      this.#go(now);
      return undefined;
    }
    if (this.#line.size >= MAX_WAITING)
      throw new BigRecordError(
        `${MAX_WAITING} requests of this store wait for their turn already: await some before you ask for more. Nothing was sent.`,
      );
    onWait(Number.isFinite(at) ? Math.max(0, Math.round(at - now)) : 0, this.#pausedUntil > now ? 'pause' : 'quota');
    const turn = this.#line.join(priority, signal);
    this.#schedule(now);
    return turn;
  }

  release({ status, headers }: Spent): void {
    this.#underWay = Math.max(0, this.#underWay - 1);
    const now = performance.now();
    this.#hasAnswer ||= status !== undefined;
    this.#learn(headers ?? {}, now);
    if (status === 429) this.#refused(headers ?? {}, now);
    else if (status !== undefined && status < 500) {
      this.#overloads = 0;
      this.#atOnce = this.#atOnce >= MANY ? Number.POSITIVE_INFINITY : this.#atOnce + 1 / (ROUNDS * this.#atOnce);
    }
    this.#schedule(now);
  }

  get state(): RateLimitState {
    const now = performance.now();
    this.#renew(now);
    const isKnown = this.#quota !== undefined;
    return {
      quota: this.#quota,
      left: isKnown ? Math.max(0, this.#left - this.#underWay) : undefined,
      windowMs: isKnown ? this.#windowMs : undefined,
      resetMs: isKnown ? Math.max(0, Math.round(this.#resetAt - now)) : undefined,
      waiting: this.#line.size,
    };
  }

  /** When a request of this priority may go; infinity: not before another answer. */
  #goesAt(priority: Priority, now: number): number {
    if (this.#pausedUntil > now) return this.#pausedUntil;
    if (this.#underWay >= Math.floor(this.#atOnce)) return Number.POSITIVE_INFINITY;
    if (this.#quota === undefined && this.#hasAnswer) return now;
    if (this.#quota === undefined || !this.#isCurrent(now)) return this.#underWay < PROBES ? now : Number.POSITIVE_INFINITY;
    this.#renew(now);
    const kept = priority === 'bulk' ? RESERVE + Math.ceil(this.#foreign * FOREIGN_SHARE) : Math.ceil(this.#foreign * FOREIGN_SHARE * 0.5);
    const available = this.#left - this.#underWay - Math.min(kept, Math.floor(this.#quota / 4));
    if (available <= 0) return this.#resetAt;
    if (available > this.#quota * FREE_PART || priority === 'interactive') return now;
    return this.#lastSent + (this.#resetAt - now) / available;
  }

  /** Whether what is known of the quota still says anything: after a sleep of the machine, others may have used all of it. */
  #isCurrent(now: number): boolean {
    return now < this.#resetAt + this.#windowMs;
  }

  /** Time alone renews the window: an answer may be long in coming. */
  #renew(now: number): void {
    if (this.#quota === undefined || now < this.#resetAt || !this.#isCurrent(now)) return;
    this.#left = this.#quota;
    this.#resetAt = now + this.#windowMs;
    this.#own = 0;
    this.#foreign = 0;
  }

  #go(now: number): void {
    this.#underWay++;
    this.#lastSent = now;
  }

  #learn(headers: Readonly<Record<string, string>>, now: number): void {
    const quota = count(headers['x-rate-limit-requests-quota']);
    const left = count(headers['x-rate-limit-requests-left']);
    const windowMs = count(headers['x-rate-limit-time-window-ms']);
    const resetMs = count(headers['x-rate-limit-time-reset-ms']);
    if (quota === undefined || left === undefined || resetMs === undefined) return;
    const resetAt = now + Math.min(resetMs, LONGEST_PAUSE_MS) + MARGIN_MS;
    const isSameWindow = this.#quota !== undefined && Math.abs(resetAt - this.#resetAt) < Math.max(50, this.#windowMs / 10);
    if (!isSameWindow && this.#isCurrent(now) && resetAt < this.#resetAt && left > this.#left) return;
    if (!isSameWindow) this.#own = 0;
    this.#own++;
    this.#quota = quota;
    this.#windowMs = windowMs ?? this.#windowMs;
    // Answers may overtake each other: within a window the least that was left is the newest.
    this.#left = isSameWindow ? Math.min(this.#left, left) : left;
    this.#resetAt = isSameWindow ? Math.max(this.#resetAt, Math.min(resetAt, this.#resetAt + MARGIN_MS)) : resetAt;
    this.#foreign = Math.max(0, quota - this.#left - this.#own - this.#underWay);
  }

  /** One pause for all: until the window is renewed, or longer each time where nothing says how long. */
  #refused(headers: Readonly<Record<string, string>>, now: number): void {
    const reset = count(headers['x-rate-limit-time-reset-ms']);
    if (reset !== undefined) {
      // The newest word on when the window ends, sooner or later than was said before.
      this.#left = 0;
      this.#resetAt = now + Math.min(reset, LONGEST_PAUSE_MS) + MARGIN_MS;
    }
    const told = reset ?? askedWaitMs(headers);
    // One of several that were under way when the pause began: it was an overload for all of them.
    if (told === undefined && this.#pausedUntil > now) return;
    const wait = told ?? this.#overloaded();
    this.#pausedUntil = Math.max(this.#pausedUntil, now + Math.min(wait, LONGEST_PAUSE_MS) + MARGIN_MS);
  }

  /** Asks for less at once from now on. The milliseconds to pause, longer each time. */
  #overloaded(): number {
    const longest = Math.min(LONGEST_OVERLOAD_MS, OVERLOAD_MS * 2 ** this.#overloads);
    this.#overloads++;
    this.#atOnce = Math.max(1, Math.floor(Math.min(this.#atOnce, this.#underWay + 1) / 2));
    return longest * (0.5 + Math.random() / 2);
  }

  /** Lets go who may go, and sets the clock for who may go next. The timer keeps the process alive: somebody waits. */
  #schedule(now: number): void {
    for (let priority = this.#line.next(); priority !== undefined; priority = this.#line.next()) {
      const at = this.#goesAt(priority, now);
      if (at > now) {
        this.#wakeAt(at, now);
        return;
      }
      this.#go(now);
      this.#line.call(priority);
    }
  }

  #wakeAt(at: number, now: number): void {
    if (!Number.isFinite(at)) return;
    if (this.#timer !== undefined) {
      if (this.#timer.at <= at) return;
      clearTimeout(this.#timer.handle);
    }
    const handle = setTimeout(
      () => {
        this.#timer = undefined;
        this.#schedule(performance.now());
      },
      Math.max(1, Math.ceil(at - now)),
    );
    this.#timer = { handle, at };
  }
}

/** Without any limit, for stores that have none and for tests. */
export class NoBudget implements RateBudget {
  readonly state: RateLimitState = { quota: undefined, left: undefined, windowMs: undefined, resetMs: undefined, waiting: 0 };
  acquire(): undefined {}
  release(): void {}
}

/** The budget of a store. */
export const budgetOf = perStore(() => new LocalBudget());

function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}$/.test(text.trim()) ? Number(text) : undefined;
}

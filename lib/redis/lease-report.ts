import type { AttemptResult, Quota } from '../session/quota.js';
import type { Report, Told } from './lease-client.js';

const HEADERS = ['quota', 'left'] as const;
/** Longer than any window of the platform. */
const LONGEST_WINDOW_MS = 60_000;
/** The server's window may end a little later than it says. */
const MARGIN_MS = 5;

/** Collects what ended attempts say, until it is reported. */
export class LeaseReport {
  #ended = 0;
  #lost = 0;
  #told: Told | 'nothing' | undefined;
  #isRefused = false;
  /** Successes, for the retries. Written here and by their owner. */
  successes = 0;
  /** Whether others must know at once: everybody has to wait. */
  isUrgent = false;
  /** What was left as the newest response says, since the last report. */
  left: number | undefined;
  /** Until when the quota says that everybody pauses, as it was last reported. */
  #pausedUntil = 0;

  get isEmpty(): boolean {
    return this.#ended === 0 && this.successes === 0 && !this.isUrgent;
  }

  /** @param quota the process's own view, which has taken in the result already */
  add({ status, headers = {}, isSent = true }: AttemptResult, quota: Quota, now: number): void {
    if (!isSent) return;
    this.#ended++;
    if (status === 429) this.#isRefused = true;
    if (status === 429 || quota.pausedUntil > this.#pausedUntil) this.isUrgent = true;
    const told = toldIn(headers, now);
    if (told === undefined) {
      if (status === undefined) this.#lost++;
      else this.#told ??= 'nothing';
      return;
    }
    this.left = told.left;
    this.#told = typeof this.#told === 'object' ? newer(this.#told, told) : told;
  }

  /** Returns what is to be reported, and begins anew. */
  take(pausedUntil: number, now: number): Pick<Report, 'ended' | 'lost' | 'told' | 'isRefused' | 'pauseMs' | 'successes'> {
    const taken = {
      ended: this.#ended,
      lost: this.#lost,
      told: this.#told,
      // A refusal that says nothing of the window is a pause.
      isRefused: this.#isRefused && typeof this.#told === 'object',
      pauseMs: pausedUntil > this.#pausedUntil ? Math.max(0, pausedUntil - now) : 0,
      successes: this.successes,
    };
    this.#ended = this.#lost = this.successes = 0;
    this.#told = this.left = undefined;
    this.#isRefused = this.isUrgent = false;
    this.#pausedUntil = Math.max(this.#pausedUntil, pausedUntil);
    return taken;
  }

  /** Others have told of a pause: it need not be reported. */
  paused(until: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
  }
}

/** Of two responses the one of the later window counts; within a window, the one with less left. */
function newer(one: Told, other: Told): Told {
  const isLater = other.endsAt > one.endsAt + other.windowMs / 4;
  const isSame = Math.abs(other.endsAt - one.endsAt) <= other.windowMs / 4;
  return isLater || (isSame && other.left < one.left) ? other : one;
}

function toldIn(headers: Readonly<Record<string, string>>, now: number): Told | undefined {
  const count = (name: string): number | undefined => {
    const text = headers[`x-rate-limit-${name}`];
    return text !== undefined && /^\d{1,12}$/.test(text.trim()) ? Number(text) : undefined;
  };
  const [quota, left] = HEADERS.map((name) => count(`requests-${name}`));
  const resetMs = count('time-reset-ms');
  if (quota === undefined || left === undefined || resetMs === undefined) return undefined;
  return { quota, left, windowMs: count('time-window-ms') ?? 0, endsAt: now + Math.min(resetMs, LONGEST_WINDOW_MS) + MARGIN_MS };
}

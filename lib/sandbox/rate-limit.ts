import type { Clock } from './clock.js';

/** The quota of the store: requests allowed per window, counted as the platform counts them. */
export class RateLimit {
  #begun: number;
  #used = 0;
  readonly #clock: Clock;

  /** @internal */
  constructor(
    public quota: number,
    public windowMs: number,
    clock: Clock,
  ) {
    this.#clock = clock;
    this.#begun = clock.now();
  }

  /** @internal Begins a new window, with these limits. */
  reset(quota: number, windowMs: number): void {
    this.quota = quota;
    this.windowMs = windowMs;
    this.#begun = this.#clock.now();
    this.#used = 0;
  }

  /** Counts a request. Returns whether the quota allows it, and the headers that report the quota. */
  take(): { allowed: boolean; headers: Record<string, string> } {
    const now = this.#clock.now();
    if (now - this.#begun >= this.windowMs) {
      this.#begun = now;
      this.#used = 0;
    }
    const allowed = this.#used < this.quota;
    if (allowed) this.#used++;
    return {
      allowed,
      headers: {
        'x-rate-limit-time-window-ms': String(this.windowMs),
        'x-rate-limit-time-reset-ms': String(Math.max(0, this.#begun + this.windowMs - now)),
        'x-rate-limit-requests-quota': String(this.quota),
        'x-rate-limit-requests-left': String(Math.max(0, this.quota - this.#used)),
      },
    };
  }
}

/** The quota of the store: requests allowed per window, counted as the platform counts them. */
export class RateLimit {
  #begun = Date.now();
  #used = 0;

  constructor(
    public quota: number,
    public windowMs: number,
  ) {}

  /** Counts a request. Returns whether the quota allows it, and the headers that report the quota. */
  take(): { allowed: boolean; headers: Record<string, string> } {
    const now = Date.now();
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

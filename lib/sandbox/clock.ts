import { ArgumentError } from '../errors/argument-error.js';
import { describe } from '../transport/path.js';

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The time of a store: that of the machine, plus what a test has advanced it by. */
export class Clock {
  #aheadMs = 0;
  readonly #listeners: ((byMs: number) => void)[] = [];
  /** The last time that was written: many rows are stamped in the same millisecond. */
  #last = { ms: 0, iso: '' };

  /** @internal Milliseconds that the store is ahead of the machine. */
  get aheadMs(): number {
    return this.#aheadMs;
  }

  /** @internal */
  set aheadMs(ms: number) {
    this.#aheadMs = ms;
  }

  /** The current time of the store, in milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#aheadMs;
  }

  /** The current time of the store, in seconds since 1970. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  /** The current time of the store, as ISO 8601 text. */
  iso(): string {
    const now = this.now();
    if (now !== this.#last.ms) this.#last = { ms: now, iso: new Date(now).toISOString() };
    return this.#last.iso;
  }

  /**
   * Moves the time of the store forward. Carts that nobody has changed for an hour are then abandoned, and are gone after 30 days.
   *
   * @param time milliseconds, or a number with a unit: `'500ms'`, `'30s'`, `'15m'`, `'1h'`, `'2d'`
   * @throws ArgumentError for anything else
   * @example store.clock.advance('1h');
   */
  advance(time: number | string): void {
    const byMs = millisecondsOf(time);
    this.#aheadMs += byMs;
    for (const listener of this.#listeners) listener(byMs);
  }

  /** @internal Calls something whenever the time was moved forward, with the milliseconds. */
  onAdvance(listener: (byMs: number) => void): void {
    this.#listeners.push(listener);
  }
}

function millisecondsOf(time: number | string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(String(time)) ?? [];
  const ms = typeof time === 'number' ? time : Number(amount) * (UNITS_MS[unit] ?? Number.NaN);
  if (Number.isFinite(ms) && ms >= 0) return ms;
  throw new ArgumentError(`clock.advance() takes milliseconds or a text such as '30s', '15m', '1h' or '2d', got ${describe(time)}.`);
}

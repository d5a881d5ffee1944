import { ArgumentError } from '../errors/argument-error.js';
import { describe } from '../transport/path.js';

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The time of a store: that of the machine, plus what a test has advanced it by. */
export class Clock {
  #aheadMs = 0;

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
    return new Date(this.now()).toISOString();
  }

  /**
   * Moves the time of the store forward.
   *
   * @param time milliseconds, or a number with a unit: `'500ms'`, `'30s'`, `'15m'`, `'1h'`, `'2d'`
   * @throws ArgumentError for anything else
   * @example store.clock.advance('1h');
   */
  advance(time: number | string): void {
    this.#aheadMs += millisecondsOf(time);
  }
}

function millisecondsOf(time: number | string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(String(time)) ?? [];
  const ms = typeof time === 'number' ? time : Number(amount) * (UNITS_MS[unit] ?? Number.NaN);
  if (Number.isFinite(ms) && ms >= 0) return ms;
  throw new ArgumentError(`clock.advance() takes milliseconds or a text such as '30s', '15m', '1h' or '2d', got ${describe(time)}.`);
}

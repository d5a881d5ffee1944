import { CircuitOpenError } from '../errors/circuit-open-error.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { onAbort } from '../transport/abort.js';
import { perStore } from './per-store.js';
import { duration, positive } from './policy.js';
import type { Priority } from './priority-queue.js';

/** When a store that keeps failing is left alone, and for how long. */
export interface CircuitBreakerOptions {
  /** Failures in a row after which it is left alone. Default 10. */
  failures?: number | undefined;
  /** Milliseconds that they must be spread over, at the least: a burst of failures is no outage. Default 10,000. */
  overMs?: number | undefined;
  /** Milliseconds until one request tries it again; they double with each that fails. Default 5,000. */
  probeAfterMs?: number | undefined;
  /** The most that they double to, in milliseconds. Default 60,000. */
  maxProbeMs?: number | undefined;
}

/** Tells what became of a request: whether the store works, or `undefined` where that was not found out. */
export type Report = (works: boolean | undefined) => void;

type Settings = { readonly [K in keyof CircuitBreakerOptions]-?: number };

const DEFAULT: Settings = { failures: 10, overMs: 10_000, probeAfterMs: 5000, maxProbeMs: 60_000 };

/**
 * Counts the failures of one store: connections that came to nothing, and answers of 500 and above. Any other answer, 429 too,
 * shows that the store works. After too many failures in a row nothing is sent but one probe at a time, until one is answered.
 */
export class CircuitBreaker {
  readonly #settings: Settings;
  #failures = 0;
  #firstAt = 0;
  #isOpen = false;
  #probeMs = 0;
  /** While it is open: when the next probe may go. */
  #retryAt = 0;
  /** The probe that is under way. */
  #probe: Report | undefined;
  readonly #waiting = new Set<() => void>();

  constructor(settings: Settings = DEFAULT) {
    this.#settings = settings;
  }

  /** Whether nothing may be sent just now. */
  get isHolding(): boolean {
    return this.#isOpen && (this.#probe !== undefined || performance.now() < this.#retryAt);
  }

  /**
   * Lets pass at once while the store works, or may be tried. Otherwise a job waits until then; whoever waits for an answer is
   * told at once.
   *
   * @param asked what was to be sent, for the message
   * @throws CircuitOpenError; the signal's reason when it is aborted
   */
  async pass(asked: string, priority: Priority, signal: AbortSignal): Promise<void> {
    while (this.isHolding) {
      if (priority === 'interactive') throw new CircuitOpenError(asked, this.#failures, this.#nextProbe());
      signal.throwIfAborted();
      await this.#change(signal);
    }
  }

  /**
   * A request is about to be sent: gives what is to be told of its end. `undefined`: it must `pass` again, since others have found
   * out meanwhile that the store does not work.
   */
  begin(): Report | undefined {
    if (this.isHolding) return undefined;
    const report: Report = (works) => {
      const isProbe = this.#probe === report;
      if (isProbe) this.#probe = undefined;
      if (works === true) this.#close();
      else if (works === false) this.#failed(isProbe);
      if (isProbe || works === true) for (const wake of [...this.#waiting]) wake();
    };
    if (this.#isOpen) this.#probe = report;
    return report;
  }

  #close(): void {
    this.#failures = 0;
    this.#isOpen = false;
  }

  #failed(isProbe: boolean): void {
    const now = performance.now();
    const { failures, overMs, probeAfterMs, maxProbeMs } = this.#settings;
    if (this.#failures++ === 0) this.#firstAt = now;
    if (this.#isOpen) {
      if (!isProbe) return;
      this.#probeMs = Math.min(this.#probeMs * 2, maxProbeMs);
    } else {
      if (this.#failures < failures || now - this.#firstAt < overMs) return;
      this.#isOpen = true;
      this.#probeMs = Math.min(probeAfterMs, maxProbeMs);
    }
    this.#retryAt = now + this.#probeMs;
  }

  #nextProbe(): Date {
    const ms = this.#probe !== undefined ? this.#probeMs : this.#retryAt - performance.now();
    return new Date(Date.now() + Math.max(0, Math.ceil(ms)));
  }

  /** Waits until the probe that is under way has ended, or the next may go. The timer keeps the process alive: somebody waits. */
  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const ms = Math.max(1, Math.ceil(this.#retryAt - performance.now()));
      const timer = this.#probe === undefined ? setTimeout(() => wake(), ms) : undefined;
      const leave = onAbort(signal, () => {
        end();
        reject(signal.reason);
      });
      const end = (): void => {
        clearTimeout(timer);
        leave();
        this.#waiting.delete(wake);
      };
      const wake = (): void => {
        end();
        resolve();
      };
      this.#waiting.add(wake);
    });
  }
}

const shared = perStore((key) => new CircuitBreaker((JSON.parse(key) as [string, Settings])[1]));

/**
 * The circuit breaker of a store: one for all sessions of the process that have the same settings.
 *
 * @throws ConfigurationError for wrong options
 */
export function circuitBreakerOf(store: string, options: CircuitBreakerOptions | false | undefined): CircuitBreaker | undefined {
  return options === false ? undefined : shared(JSON.stringify([store, settingsOf(options)]));
}

function settingsOf(options: CircuitBreakerOptions = {}): Settings {
  if (typeof options !== 'object' || options === null)
    throw new ConfigurationError('circuitBreaker is false, or an object of limits: { failures, overMs, probeAfterMs, maxProbeMs }.');
  assertKnownOptions(options, { failures: 1, overMs: 1, probeAfterMs: 1, maxProbeMs: 1 }, 'circuitBreaker', ConfigurationError);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) (name === 'failures' ? positive : duration)(`circuitBreaker.${name}`, value);
  return { ...DEFAULT, ...Object.fromEntries(given) };
}

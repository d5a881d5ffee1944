import { CircuitOpenError } from '../errors/circuit-open-error.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { onAbort } from '../transport/abort.js';
import { duration, positive } from '../transport/option-values.js';
import { perStore } from './per-store.js';
import type { Priority } from './priority-queue.js';

/** When a store that keeps failing is left alone, and for how long. */
export interface CircuitBreakerOptions {
  /** Failures in a row after which the circuit opens. Default 10. */
  failures?: number | undefined;
  /** Milliseconds over which they must be spread, at least: a burst of failures is no outage. Default 10,000. */
  overMs?: number | undefined;
  /** Milliseconds until one request probes the store; they double with each probe that fails. Default 5,000. */
  probeAfterMs?: number | undefined;
  /** The most that they double to, in milliseconds. Default 60,000. */
  maxProbeMs?: number | undefined;
}

/** The one request that finds out whether a store works again. */
export type Probe = symbol;

type Settings = { readonly [K in keyof CircuitBreakerOptions]-?: number };

const DEFAULT: Settings = { failures: 10, overMs: 10_000, probeAfterMs: 5000, maxProbeMs: 60_000 };

/**
 * Counts the failures of one store: failed connections, and responses of 500 and above. Any other response, 429 too, shows that
 * the store works. After too many failures in a row nothing is sent but one probe at a time, until one is answered.
 */
export class CircuitBreaker {
  readonly #settings: Settings;
  /** Requests that have failed since the last that did not. Written here only. */
  failures = 0;
  #firstAt = 0;
  /** Whether the store fails: it is sent probes only. Written here only. */
  isOpen = false;
  #probeMs = 0;
  /** While the circuit is open: when the next probe may go. */
  #retryAt = 0;
  /** The probe that is under way. */
  #probe: Probe | undefined;
  readonly #waiting = new Set<() => void>();

  constructor(settings: Settings = DEFAULT) {
    this.#settings = settings;
  }

  /** Whether nothing may be sent just now. */
  get isHolding(): boolean {
    return this.isOpen && (this.#probe !== undefined || performance.now() < this.#retryAt);
  }

  /**
   * Returns at once while the store works, or may be probed. Otherwise bulk work waits until then, and an interactive call fails.
   *
   * @param asked what was to be sent, for the message
   * @throws CircuitOpenError; the signal's reason when it is aborted
   */
  async pass(asked: string, priority: Priority, signal: AbortSignal): Promise<void> {
    while (this.isHolding) {
      if (priority === 'interactive') throw new CircuitOpenError(asked, this.failures, this.#nextProbe());
      signal.throwIfAborted();
      await this.#change(signal);
    }
  }

  /** Makes the next request the probe of an open circuit; `undefined` if none may go just now. */
  claimProbe(): Probe | undefined {
    if (this.isHolding) return undefined;
    this.#probe = Symbol('probe');
    return this.#probe;
  }

  /** Notes how a request ended: whether the store works, or `undefined` if that was not found out. */
  ended(works: boolean | undefined, probe?: Probe): void {
    const isProbe = probe !== undefined && this.#probe === probe;
    if (isProbe) this.#probe = undefined;
    if (works === true) {
      this.failures = 0;
      this.isOpen = false;
    } else if (works === false) this.#failed(isProbe);
    if (isProbe || works === true) for (const wake of [...this.#waiting]) wake();
  }

  #failed(isProbe: boolean): void {
    const now = performance.now();
    const { failures, overMs, probeAfterMs, maxProbeMs } = this.#settings;
    if (this.failures++ === 0) this.#firstAt = now;
    if (this.isOpen) {
      if (!isProbe) return;
      this.#probeMs = Math.min(this.#probeMs * 2, maxProbeMs);
    } else {
      if (this.failures < failures || now - this.#firstAt < overMs) return;
      this.isOpen = true;
      this.#probeMs = Math.min(probeAfterMs, maxProbeMs);
    }
    this.#retryAt = now + this.#probeMs;
  }

  #nextProbe(): Date {
    const ms = this.#probe !== undefined ? this.#probeMs : this.#retryAt - performance.now();
    return new Date(Date.now() + Math.max(0, Math.ceil(ms)));
  }

  /** Waits until the current probe has ended, or the next may go. The timer keeps the process alive: somebody waits. */
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

/** By store: the breakers with each set of settings. */
const breakersOf = perStore(() => new Map<string, CircuitBreaker>());

/**
 * Returns the circuit breaker of a store: one for all sessions of the process that have the same settings.
 *
 * @throws ConfigurationError for wrong options
 */
export function circuitBreakerOf(store: string, options: CircuitBreakerOptions | false | undefined): CircuitBreaker | undefined {
  if (options === false) return undefined;
  const settings = settingsOf(options);
  const key = JSON.stringify(settings);
  const breakers = breakersOf(store);
  let breaker = breakers.get(key);
  if (breaker === undefined) breakers.set(key, (breaker = new CircuitBreaker(settings)));
  return breaker;
}

function settingsOf(options: CircuitBreakerOptions = {}): Settings {
  if (typeof options !== 'object' || options === null)
    throw new ConfigurationError('circuitBreaker must be false, or an object of limits: { failures, overMs, probeAfterMs, maxProbeMs }.');
  assertKnownOptions(options, { failures: 1, overMs: 1, probeAfterMs: 1, maxProbeMs: 1 }, 'circuitBreaker', ConfigurationError);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (name === 'failures') positive(`circuitBreaker.${name}`, value);
    else duration(`circuitBreaker.${name}`, value);
  }
  const { failures = DEFAULT.failures, overMs = DEFAULT.overMs } = options;
  const { probeAfterMs = DEFAULT.probeAfterMs, maxProbeMs = DEFAULT.maxProbeMs } = options;
  return { failures, overMs, probeAfterMs, maxProbeMs };
}

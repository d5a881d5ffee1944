import type { Retries } from '../session/rate-budget.js';
import { RetryBudget } from '../session/retry-budget.js';
import type { LeaseReport } from './lease-report.js';

/** The retries of a store, shared by all processes; those of this process alone while Redis is away. */
export class LeasedRetries implements Retries {
  readonly #alone = new RetryBudget();
  readonly #report: LeaseReport;
  readonly #ask: () => void;
  #waiting: ((isGiven: boolean) => void)[] = [];
  /** How many of those that wait the current call of Redis asks for. */
  #asked = 0;
  isFull = true;

  constructor(report: LeaseReport, ask: () => void) {
    this.#report = report;
    this.#ask = ask;
  }

  get isAsking(): boolean {
    return this.#waiting.length > 0;
  }

  /** How many are asked for; called when the call is made. */
  get waiting(): number {
    this.#asked = this.#waiting.length;
    return this.#asked;
  }

  take(): Promise<boolean> {
    this.isFull = false;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#ask();
    });
  }

  succeeded(): void {
    this.#report.successes++;
    this.#alone.succeeded();
  }

  given(count: number, isFull: boolean): void {
    this.isFull = isFull;
    this.#waiting.splice(0, this.#asked).forEach((resolve, at) => void resolve(at < count));
    this.#asked = 0;
  }

  /** Redis does not respond: each process has retries of its own. */
  takeAlone(): void {
    this.#asked = 0;
    for (const resolve of this.#waiting.splice(0)) resolve(this.#alone.take());
  }
}

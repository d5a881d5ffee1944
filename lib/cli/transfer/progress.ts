import cliProgress, { type SingleBar } from 'cli-progress';
import { count, duration } from '../quantities.js';

/** What a long command tells while it runs. */
export interface ProgressState {
  /** Rows that are done, with those of earlier runs that were interrupted. */
  readonly done: number;
  readonly failed?: number;
}

/** Options of {@link Progress}. */
export interface ProgressOptions {
  /** What is counted: `rows`. */
  readonly unit: string;
  /** How many there are, if that is known. */
  readonly total: number | undefined;
  /** How many were done before this run began. */
  readonly before?: number;
  /** Whether a bar is drawn, on the standard error output. */
  readonly hasBar: boolean;
  /** Prints a line for people. */
  warn(line: string): void;
  /** Prints an event; `undefined` to show a bar or lines instead. */
  readonly event?: ((name: string, more: object) => void) | undefined;
}

const LINE_EVERY_MS = 5000;
const EVENT_EVERY_MS = 1000;

/** How much a new measurement counts for the rate; the rest is the rate so far. */
const WEIGHT = 0.15;
const MEASURED_EVERY_MS = 250;

/** Shows how far a command is: a bar on a terminal, otherwise a line each few seconds, or events. */
export class Progress {
  readonly #options: ProgressOptions;
  readonly #bar: SingleBar | undefined;
  readonly #everyMs: number;
  readonly #begunAt = performance.now();
  #shownAt = performance.now();
  #measured: { readonly at: number; readonly done: number };
  #rate: number | undefined;
  #state: ProgressState;

  constructor(options: ProgressOptions) {
    const { hasBar, event, total, before = 0 } = options;
    this.#options = options;
    this.#state = { done: before };
    this.#measured = { at: this.#begunAt, done: before };
    this.#everyMs = event === undefined ? LINE_EVERY_MS : EVENT_EVERY_MS;
    if (!hasBar) return;
    this.#bar = barOn(process.stderr, total === undefined);
    this.#bar.start(total ?? 0, before, this.#payload());
  }

  /** Shows how far it is now. */
  update(state: ProgressState): void {
    this.#state = state;
    const now = performance.now();
    this.#measure(now);
    if (this.#bar !== undefined) this.#bar.update(state.done, this.#payload());
    else if (now - this.#shownAt >= this.#everyMs) {
      this.#shownAt = now;
      this.#show();
    }
  }

  /** Removes the bar: what follows is printed below what was printed before. */
  stop(): void {
    this.#bar?.stop();
  }

  /** Rows per second, lately. */
  get #recentRate(): number {
    return this.#rate ?? this.#meanRate;
  }

  get #meanRate(): number {
    const seconds = (performance.now() - this.#begunAt) / 1000;
    return seconds < 0.05 ? 0 : (this.#state.done - (this.#options.before ?? 0)) / seconds;
  }

  /** Milliseconds until all is done; `undefined` if that cannot be told yet. */
  get #leftMs(): number | undefined {
    const { total } = this.#options;
    const rate = this.#recentRate;
    if (total === undefined || rate <= 0) return undefined;
    return Math.max(0, Math.round(((total - this.#state.done) / rate) * 1000));
  }

  /** Smooths the rate: pages arrive in bursts. */
  #measure(now: number): void {
    const ms = now - this.#measured.at;
    if (ms < MEASURED_EVERY_MS) return;
    const rate = ((this.#state.done - this.#measured.done) / ms) * 1000;
    this.#rate = this.#rate === undefined ? rate : this.#rate * (1 - WEIGHT) + rate * WEIGHT;
    this.#measured = { at: now, done: this.#state.done };
  }

  #payload(): { rate: string; left: string; failed: string; unit: string } {
    const { failed = 0 } = this.#state;
    return {
      unit: this.#options.unit,
      rate: `${count(this.#recentRate)}/s`,
      left: this.#leftMs === undefined ? '' : `, ${duration(this.#leftMs)} left`,
      failed: failed > 0 ? `, ${count(failed)} failed` : '',
    };
  }

  #show(): void {
    const { event, warn, total, unit } = this.#options;
    const { done, failed = 0 } = this.#state;
    if (event !== undefined) {
      event('progress', { done, failed, total: total ?? null, rate: Math.round(this.#recentRate), leftMs: this.#leftMs ?? null });
      return;
    }
    const { rate, left, failed: failures } = this.#payload();
    warn(`${count(done)}${total === undefined ? '' : ` of ${count(total)}`} ${unit}${failures}, ${rate}${left}`);
  }
}

function barOn(stream: NodeJS.WriteStream, isEndless: boolean): SingleBar {
  return new cliProgress.SingleBar({
    stream,
    hideCursor: true,
    fps: 10,
    barsize: 30,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    gracefulExit: false, // the command itself ends on Ctrl-C
    format(options, { progress, value, total }, payload) {
      const { unit, rate, left, failed } = payload;
      if (isEndless) return `${count(value)} ${unit}${failed}, ${rate}`;
      const share = String(Math.floor(progress * 100)).padStart(3);
      return `${cliProgress.Format.BarFormat(progress, options)} ${share}%  ${count(value)} of ${count(total)} ${unit}${failed}, ${rate}${left}`;
    },
  });
}

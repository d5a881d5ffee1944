import type { RunState } from '../engine/journal.js';

/** Pauses and cancels a run in this process. */
export class LocalControl {
  #state: RunState = 'running';
  #writers = 0;
  #idle: (() => void)[] = [];
  #wake: (() => void)[] = [];

  get state(): RunState {
    return this.#state;
  }

  /** Resolves when nothing is written. */
  async pause(): Promise<void> {
    if (this.#state === 'running') this.#state = 'paused';
    if (this.#writers > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  resume(): void {
    if (this.#state === 'paused') this.#state = 'running';
    this.#wakeAll();
  }

  cancel(): void {
    this.#state = 'cancelled';
    this.#wakeAll();
  }

  /** Lets work that follows a cancelled run go on: a retry, or a revert. */
  restart(): void {
    if (this.#state === 'cancelled') this.#state = 'running';
  }

  /** Waits until the run goes on, or is cancelled. */
  async whilePaused(): Promise<void> {
    if (this.#state === 'paused') await new Promise<void>((resolve) => this.#wake.push(resolve));
  }

  /** Counts a writer while it works. */
  async writing<T>(work: () => Promise<T>): Promise<T> {
    this.#writers++;
    try {
      return await work();
    } finally {
      this.#writers--;
      if (this.#writers === 0) for (const tell of this.#idle.splice(0)) tell();
    }
  }

  #wakeAll(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}

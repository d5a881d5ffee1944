import { type Priority, PriorityQueue } from './priority-queue.js';

/** Lets a limited number of requests in at once; the others wait in a queue. */
export class Semaphore {
  readonly #limit: number;
  readonly #queue = new PriorityQueue();
  #inside = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Takes a place, to be given back with `leave`; `undefined` where one is free, else a promise for the next one. Whoever leaves
   * hands its place on, so nobody queues while a place is free.
   *
   * @throws the signal's reason when it is aborted
   */
  enter(priority: Priority, signal: AbortSignal | undefined, onWait?: () => void): Promise<void> | undefined {
    if (this.#inside >= this.#limit) {
      onWait?.();
      return this.#queue.wait(priority, signal);
    }
    this.#inside++;
    return undefined;
  }

  /** Gives a place back. */
  leave(): void {
    const [next] = this.#queue.size === 0 ? [] : this.#queue.order();
    if (next === undefined) this.#inside--;
    else this.#queue.release(next);
  }
}

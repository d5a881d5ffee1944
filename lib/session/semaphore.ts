import type { OnWait } from './budget.js';
import { type Priority, PriorityQueue } from './priority-queue.js';

/** Lets so many in at once; the others wait in line. */
export class Semaphore {
  readonly #limit: number;
  readonly #reason: string | undefined;
  readonly #line = new PriorityQueue();
  #inside = 0;

  /** @param reason what those who wait are told, if anything */
  constructor(limit: number, reason?: string) {
    this.#limit = limit;
    this.#reason = reason;
  }

  /** Waits until there is room, and gives the function that makes room again. @throws the signal's reason when it is aborted */
  async enter(priority: Priority, signal: AbortSignal | undefined, onWait: OnWait): Promise<() => void> {
    if (this.#inside < this.#limit && this.#line.size === 0) this.#inside++;
    else {
      if (this.#reason !== undefined) onWait(0, this.#reason);
      // Whoever leaves hands its place on, so that `#inside` does not change.
      await this.#line.join(priority, signal);
    }
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      const [next] = this.#line.order();
      if (next === undefined) this.#inside--;
      else this.#line.call(next);
    };
  }
}

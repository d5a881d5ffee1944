import { onAbort } from '../transport/abort.js';

/** Who goes first: somebody who waits for a response, or bulk work. */
export type Priority = 'interactive' | 'bulk';

interface Waiter {
  resolve(): void;
}

/** One of this many turns goes to bulk work, so that neither waits for ever. */
const BULK_EVERY = 8;

const NOBODY: readonly Priority[] = [];
const INTERACTIVE: readonly Priority[] = ['interactive'];
const BULK: readonly Priority[] = ['bulk'];
const INTERACTIVE_FIRST: readonly Priority[] = ['interactive', 'bulk'];
const BULK_FIRST: readonly Priority[] = ['bulk', 'interactive'];

/** Queues requests until it is their turn: first come, first served, interactive ones before bulk. Leaving takes no time. */
export class PriorityQueue {
  readonly #lanes: Readonly<Record<Priority, Set<Waiter>>> = { interactive: new Set(), bulk: new Set() };
  /** How many wait. Written here only. */
  size = 0;
  #sinceBulk = 0;

  /** Waits for a turn. @throws the signal's reason when it is aborted */
  wait(priority: Priority, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const lane = this.#lanes[priority];
      const waiter: Waiter = {
        resolve: () => {
          leave();
          resolve();
        },
      };
      const leave = onAbort(signal, () => {
        lane.delete(waiter);
        this.size--;
        leave();
        reject(signal?.reason);
      });
      lane.add(waiter);
      this.size++;
    });
  }

  /**
   * Returns whose turn is first, and whose it is if the first may not go yet: bulk work that has to wait for the next window
   * does not hold up a request that may use this one.
   */
  order(): readonly Priority[] {
    const { interactive, bulk } = this.#lanes;
    if (bulk.size === 0) return interactive.size === 0 ? NOBODY : INTERACTIVE;
    if (interactive.size === 0) return BULK;
    return this.#sinceBulk >= BULK_EVERY ? BULK_FIRST : INTERACTIVE_FIRST;
  }

  /** Lets the next request of this priority go. */
  release(priority: Priority): void {
    const lane = this.#lanes[priority];
    const [first] = lane;
    if (first === undefined) return;
    lane.delete(first);
    this.size--;
    this.#sinceBulk = priority === 'bulk' ? 0 : this.#sinceBulk + 1;
    first.resolve();
  }
}

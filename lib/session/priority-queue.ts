import { onAbort } from '../transport/abort.js';

/** Whose turn is first: somebody who waits for an answer, or a job of many. */
export type Priority = 'interactive' | 'bulk';

interface Waiter {
  resolve(): void;
}

/** Of so many that go, one is of the bulk, so that neither waits for ever. */
const BULK_EVERY = 8;

const NOBODY: readonly Priority[] = [];
const INTERACTIVE: readonly Priority[] = ['interactive'];
const BULK: readonly Priority[] = ['bulk'];
const INTERACTIVE_FIRST: readonly Priority[] = ['interactive', 'bulk'];
const BULK_FIRST: readonly Priority[] = ['bulk', 'interactive'];

/** Those who wait for their turn: first come, first served, interactive ones before bulk. Leaving takes no time. */
export class PriorityQueue {
  readonly #lines: Readonly<Record<Priority, Set<Waiter>>> = { interactive: new Set(), bulk: new Set() };
  #sinceBulk = 0;

  get size(): number {
    return this.#lines.interactive.size + this.#lines.bulk.size;
  }

  /** Waits for a turn. @throws the signal's reason when it is aborted */
  join(priority: Priority, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const line = this.#lines[priority];
      const waiter: Waiter = {
        resolve: () => {
          leave();
          resolve();
        },
      };
      const leave = onAbort(signal, () => {
        line.delete(waiter);
        leave();
        reject(signal?.reason);
      });
      line.add(waiter);
    });
  }

  /**
   * Of those who wait, whose turn is first, and whose if the first may not go yet: a job that has to wait for the next window
   * does not hold up whoever may use this one.
   */
  order(): readonly Priority[] {
    const { interactive, bulk } = this.#lines;
    if (bulk.size === 0) return interactive.size === 0 ? NOBODY : INTERACTIVE;
    if (interactive.size === 0) return BULK;
    return this.#sinceBulk >= BULK_EVERY ? BULK_FIRST : INTERACTIVE_FIRST;
  }

  /** Lets the next one of a line go. */
  call(priority: Priority): void {
    const line = this.#lines[priority];
    const [first] = line;
    if (first === undefined) return;
    line.delete(first);
    this.#sinceBulk = priority === 'bulk' ? 0 : this.#sinceBulk + 1;
    first.resolve();
  }
}

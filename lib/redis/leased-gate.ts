import { type Priority, PriorityQueue } from '../session/priority-queue.js';
import type { Gate } from '../session/rate-budget.js';
import type { PlacesAsked } from './lease-client.js';

/** For this long a place goes from one request of a process to its next; then other processes have a chance. */
const KEEP_MS = 500;
/** When to ask again for places that others have. */
const AGAIN_MS = 60;

/** Limits how many requests of one operation run at once, in all processes together. */
export class LeasedGate implements Gate {
  readonly #operation: string;
  readonly #limit: number;
  readonly #queue = new PriorityQueue();
  readonly #ask: () => void;
  /** Places that this process has, free ones too, since when it has them, and how many of them are in use. */
  held = 0;
  #heldSince = 0;
  #inside = 0;
  #askAgainAt = 0;
  #isUnreported = false;
  /** The places that Redis was told of last. */
  #reported = 0;
  /** Callbacks that report waiting requests and have not been called yet. */
  readonly #unreported = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;

  constructor(operation: string, limit: number, ask: () => void) {
    this.#operation = operation;
    this.#limit = limit;
    this.#ask = ask;
  }

  enter(priority: Priority, signal: AbortSignal | undefined, onWait: () => void): Promise<void> {
    this.#unreported.add(onWait);
    const turn = this.#queue.wait(priority, signal).finally(() => this.#unreported.delete(onWait));
    this.#admit();
    return turn;
  }

  leave(): void {
    this.#inside--;
    if (performance.now() - this.#heldSince > KEEP_MS) this.#giveBack();
    this.#admit();
  }

  /** Whether Redis is to be asked now. */
  isDue(now: number): boolean {
    return this.#isUnreported || (this.#missing > 0 && this.held < this.#limit && now >= this.#askAgainAt);
  }

  asked(now: number): PlacesAsked {
    this.#reported = this.held;
    const wanted = now >= this.#askAgainAt ? Math.min(this.#missing, this.#limit - this.held) : 0;
    return { operation: this.#operation, limit: this.#limit, held: this.held, wanted: Math.max(0, wanted) };
  }

  /** Takes the places that Redis has given. */
  given(count: number, wanted: number, now: number): void {
    if (count > 0 && this.held === 0) this.#heldSince = now;
    // Some may have been given back while the reply was on its way.
    this.#isUnreported = this.held !== this.#reported;
    this.held = Math.min(this.#limit, this.held + count); // it may have gone by itself meanwhile
    if (count < wanted) {
      this.#askAgainAt = now + AGAIN_MS * (0.7 + Math.random() * 0.6);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#askAgainAt = 0;
        this.#ask();
      }, this.#askAgainAt - now);
    }
    this.#admit();
    if (count < wanted) {
      for (const onWait of this.#unreported) onWait();
      this.#unreported.clear();
    }
  }

  /** Redis does not respond: this process takes its part of the places. */
  takeAlone(processes: number): void {
    this.held = Math.max(this.#inside, Math.max(1, Math.floor(this.#limit / processes)));
    this.#heldSince = performance.now();
    this.#isUnreported = false;
    this.#letIn();
  }

  get #missing(): number {
    return this.#queue.size - (this.held - this.#inside);
  }

  #admit(): void {
    this.#letIn();
    if (this.#queue.size === 0 && this.held > this.#inside) this.#giveBack();
    if (this.#isUnreported || this.#queue.size > 0) this.#ask();
  }

  #letIn(): void {
    while (this.#queue.size > 0 && this.#inside < this.held) {
      const [next] = this.#queue.order();
      if (next === undefined) break;
      this.#inside++;
      this.#queue.release(next);
    }
  }

  #giveBack(): void {
    if (this.held === this.#inside) return;
    this.held = this.#inside;
    this.#isUnreported = true;
  }
}

import { randomUUID } from 'node:crypto';
import type { WebhookEvent } from './event.js';
import { type DeadLetter, type EventQueue, type QueuedEvent, reasonOf } from './queue.js';

interface Entry {
  readonly event: WebhookEvent;
  attempts: number;
  isClaimed: boolean;
}

/** Stores events in memory: they are lost with the process. */
export class MemoryQueue implements EventQueue {
  readonly #entries = new Map<string, Entry>();
  readonly #dead = new Map<string, DeadLetter>();

  async push(event: WebhookEvent): Promise<QueuedEvent> {
    const id = randomUUID();
    this.#entries.set(id, { event, attempts: 0, isClaimed: true });
    return { id, event, attempts: 0 };
  }

  async done(id: string): Promise<void> {
    this.#entries.delete(id);
  }

  async pending(): Promise<readonly QueuedEvent[]> {
    return [...this.#entries].map(([id, { event, attempts }]) => ({ id, event, attempts }));
  }

  async claim(id: string): Promise<boolean> {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.isClaimed) return false;
    entry.isClaimed = true;
    return true;
  }

  async release(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry !== undefined) entry.isClaimed = false;
  }

  async begin(id: string): Promise<number | undefined> {
    const entry = this.#entries.get(id);
    return entry && ++entry.attempts;
  }

  async bury(id: string, error: unknown): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#dead.set(id, { id, event: entry.event, attempts: entry.attempts, reason: reasonOf(error) });
    this.#entries.delete(id);
  }

  /** Lists the events that failed too often, oldest first. */
  async deadLetters(): Promise<readonly DeadLetter[]> {
    return [...this.#dead.values()];
  }

  /** Puts a dead letter back among the pending events, with no attempts made; `false` for an unknown id. `handler.resume()` takes it up. */
  async retry(id: string): Promise<boolean> {
    const letter = this.#dead.get(id);
    if (letter === undefined) return false;
    this.#dead.delete(id);
    this.#entries.set(id, { event: letter.event, attempts: 0, isClaimed: false });
    return true;
  }
}

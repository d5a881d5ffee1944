import type { WebhookEvent } from './event.js';
import { changesOf } from './reconciled.js';

const MOST = 100_000;

/**
 * Remembers which creations and changes of records were delivered, and when, so that a reconciliation can tell which were missed. An event
 * covers the changes up to its own time, to the second. Old records are dropped first.
 */
export class DeliveredChanges {
  readonly #latest = new Map<string, number>();

  add(event: WebhookEvent): void {
    const changes = changesOf(event);
    if (changes === undefined) return;
    const name = changes.isCreation ? changes.created : changes.updated;
    const at = Math.max(secondsOf(event.createdAt ?? new Date()), this.#latest.get(name) ?? 0);
    this.#latest.delete(name);
    this.#latest.set(name, at);
    if (this.#latest.size > MOST) for (const oldest of this.#latest.keys()) return void this.#latest.delete(oldest);
  }

  /** Whether this change was delivered: a creation tells of the changes before it too, a change never of the creation. */
  has(event: WebhookEvent): boolean {
    const changes = changesOf(event);
    if (changes === undefined || event.createdAt === undefined) return false;
    const created = this.#latest.get(changes.created) ?? Number.NEGATIVE_INFINITY;
    const updated = changes.isCreation ? created : (this.#latest.get(changes.updated) ?? Number.NEGATIVE_INFINITY);
    return Math.max(created, updated) >= secondsOf(event.createdAt);
  }
}

const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1000);

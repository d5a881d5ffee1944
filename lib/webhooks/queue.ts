import type { WebhookEvent } from './event.js';

/** An accepted event that is still to be processed. */
export interface QueuedEvent {
  /** Names it in the queue. */
  readonly id: string;
  readonly event: WebhookEvent;
  /** How often it has been tried, also by earlier processes. Default 0. */
  readonly attempts?: number | undefined;
}

/**
 * Where accepted events wait. `push`, `done` and `pending` are enough for a queue of one process; the other methods let several
 * processes share it, and keep what always fails.
 */
export interface EventQueue {
  /** Stores an event, and claims it for the caller. What it resolves for must not be lost; where it rejects, nothing is stored. */
  push(event: WebhookEvent): Promise<QueuedEvent>;
  /** Removes a processed event. An unknown id is no error: `done` is repeated after a failure. */
  done(id: string): Promise<void>;
  /** Lists what was accepted and is not done, whoever has claimed it, oldest first. */
  pending(): Promise<readonly QueuedEvent[]>;
  /** Takes a pending event for the caller; `false` where it is taken, by the caller too, or gone. */
  claim?(id: string): Promise<boolean>;
  /** Gives a claimed event back, for others to claim. */
  release?(id: string): Promise<void>;
  /** Counts an attempt just before it is made, so that one that ends the process counts; `undefined` where the claim was lost. */
  begin?(id: string): Promise<number | undefined>;
  /** Moves an event that failed too often to the dead letters. */
  bury?(id: string, error: unknown): Promise<void>;
}

/** An event that failed too often. */
export interface DeadLetter extends QueuedEvent {
  readonly attempts: number;
  /** Message of the last failure. */
  readonly reason: string;
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

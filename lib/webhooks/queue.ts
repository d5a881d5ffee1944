import type { WebhookEvent } from './event.js';

/** An accepted event that is not processed yet. */
export interface QueuedEvent {
  /** Identifies it in the queue. */
  readonly id: string;
  readonly event: WebhookEvent;
  /** Attempts so far, including those of earlier processes. Default 0. */
  readonly attempts?: number | undefined;
}

/**
 * A queue of accepted events. `push`, `done` and `pending` are enough for one process; the other methods let several processes
 * share the queue, and set aside events that keep failing.
 */
export interface EventQueue {
  /** Stores an event, and claims it for the caller. Once this resolves, the event must not be lost; if it rejects, nothing is stored. */
  push(event: WebhookEvent): Promise<QueuedEvent>;
  /** Removes a processed event. An unknown id is not an error: `done` is repeated after a failure. */
  done(id: string): Promise<void>;
  /** Lists the events that are not done, whoever has claimed them, oldest first. */
  pending(): Promise<readonly QueuedEvent[]>;
  /** Claims a pending event for the caller; `false` if it is gone or claimed already, even by the caller. */
  claim?(id: string): Promise<boolean>;
  /** Releases a claimed event, for others to claim. */
  release?(id: string): Promise<void>;
  /** Counts an attempt before it is made, so that one that crashes the process counts; `undefined` if the claim was lost. */
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

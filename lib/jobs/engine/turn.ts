import type { Checkpoint, Claim, PartitionJournal } from './journal.js';
import type { Reader } from './reader.js';
import type { Writer } from './writer.js';

/** What a partition is worked with. Made for each claim. */
export interface PartitionWork {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly batchSize: number;
  close(): Promise<void>;
}

/** How a partition is worked. */
export interface PartitionOptions {
  readonly journal: PartitionJournal;
  /** Creates what works from a checkpoint. */
  begin(checkpoint: Checkpoint, attempt: number): Promise<PartitionWork>;
  /** Whether to stop at the next commit, because others wait or the process is shut down. */
  shouldYield(): boolean;
  /** How long a request of a killed process may still be carried out, in milliseconds. */
  readonly inFlightMs: number;
  /** Called with the error that ends the partition before its last row. */
  onError?(error: unknown): void;
}

/** How a turn at a partition ended. */
export type Turn =
  | { readonly outcome: 'ended' | 'yielded' | 'paused' | 'lost' }
  /** Another process writes, or the store does not respond: try again later. */
  | { readonly outcome: 'later'; readonly waitMs: number; readonly reason?: Error };

/** A claim that succeeded. */
export type Claimed = Extract<Claim, { waitMs?: undefined }>;

/** How long a request of a killed process may still be carried out, by default, in milliseconds. */
export const IN_FLIGHT_MS = 5_000;

/** The pause after the first failure of the store; it doubles with each. */
export const FIRST_PAUSE_MS = 100;

import type { Sent } from '../errors/network-error.js';

/** The head and the body of a response. */
export interface Received {
  readonly status: number;
  /** Names are in lower case. */
  readonly headers: Record<string, string>;
  /** The text, which can be taken once. */
  readonly body: { take(): string };
}

/** Why no whole response arrived. */
export type Reason =
  | { readonly kind: 'aborted' }
  | { readonly kind: 'timeout'; readonly phase: TimedPhase }
  | { readonly kind: 'too large' }
  | { readonly kind: 'failed'; readonly error: Error & { readonly code?: string } };

export type TimedPhase = 'response' | 'body' | 'total';

/** How an exchange without a whole response ended. */
export interface Failure {
  readonly reason: Reason;
  /** Whether the request can have reached the store. */
  readonly sent: Sent;
  readonly status: number;
  readonly headers: Record<string, string>;
}

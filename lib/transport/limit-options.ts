/** How often a request is sent again, and after what waits. */
export interface RetryOptions {
  /** Repetitions after the first try. Default 3. */
  limit?: number;
  /** First wait in milliseconds; it doubles each time, with random jitter between half and all of it. Default 250. */
  baseMs?: number;
  /** Longest wait in milliseconds. If the store asks for a longer one, the call fails at once. Default 60,000. */
  maxMs?: number;
}

/** Limits in milliseconds, each for one phase of an exchange. */
export interface TimeoutOptions {
  /** For the DNS lookup, the connection and the TLS handshake, each. Default 10,000. */
  connect?: number;
  /** From the end of the request to the first byte of the response. Default 60,000. */
  response?: number;
  /** From the first to the last byte of the response. Default 60,000. */
  body?: number;
  /**
   * For the whole operation, including retries and the waits between them. Waiting for quota, for a concurrency limit or for a free
   * connection does not count; `signal` ends that too. Default 180,000.
   */
  total?: number;
}

/** Milliseconds added to the best round trip with each sample: clocks drift, so older samples count less. */
const DRIFT_MS = 0.01;
/** A difference that a slow response cannot explain: the machine slept, or it is a different server. */
const JUMP_MS = 50;

/**
 * Estimates the time of a server from its responses. The quicker a response, the more accurate its time, so only the quickest counts;
 * responses that had to wait for this process are ignored (Cristian's algorithm).
 */
export class ServerClock {
  #ahead: number | undefined;
  #roundTrip = Number.POSITIVE_INFINITY;

  get isSet(): boolean {
    return this.#ahead !== undefined;
  }

  /** The server's time in milliseconds, as far as it is known. */
  get now(): number {
    return performance.now() + (this.#ahead ?? 0);
  }

  /** How much {@link now} may be off, in milliseconds. */
  get error(): number {
    return this.isSet ? this.#roundTrip / 2 : 0;
  }

  /** Adds a sample: the server's time in milliseconds, with the `performance.now()` of the request and of the response. */
  sample(time: number, requestedAt: number, respondedAt: number): void {
    const roundTrip = respondedAt - requestedAt;
    const ahead = time - (requestedAt + respondedAt) / 2;
    this.#roundTrip += DRIFT_MS;
    const hasJumped = Math.abs(ahead - (this.#ahead ?? ahead)) > roundTrip / 2 + JUMP_MS;
    if (roundTrip > this.#roundTrip && !hasJumped) return;
    this.#ahead = ahead;
    this.#roundTrip = roundTrip;
  }
}

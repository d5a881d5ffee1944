/** A sample may be so much slower than the best before it is taken again, in milliseconds a sample: clocks drift. */
const DRIFT_MS = 0.01;
/** A difference that no slow answer explains: the machine slept, or the server is another. */
const JUMP_MS = 50;

/**
 * The time of a server, by what its answers tell of it. The quicker the answer, the better it is known what time it was when it
 * came, so that the quickest is believed and those that waited for this process are not (Cristian's algorithm).
 */
export class ServerClock {
  #ahead: number | undefined;
  #roundTrip = Number.POSITIVE_INFINITY;

  get isSet(): boolean {
    return this.#ahead !== undefined;
  }

  /** Milliseconds, by the server's clock as far as it is known. */
  get now(): number {
    return performance.now() + (this.#ahead ?? 0);
  }

  /** By how much {@link now} may be wrong, in milliseconds. */
  get error(): number {
    return this.isSet ? this.#roundTrip / 2 : 0;
  }

  /** Takes a time that the server told: in milliseconds, with the `performance.now()` of the question and of the answer. */
  take(told: number, asked: number, answered: number): void {
    const roundTrip = answered - asked;
    const ahead = told - (asked + answered) / 2;
    this.#roundTrip += DRIFT_MS;
    const hasJumped = Math.abs(ahead - (this.#ahead ?? ahead)) > roundTrip / 2 + JUMP_MS;
    if (roundTrip > this.#roundTrip && !hasJumped) return;
    this.#ahead = ahead;
    this.#roundTrip = roundTrip;
  }
}

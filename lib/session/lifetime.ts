import { ConfigurationError } from '../errors/configuration-error.js';
import type { Operation } from './link.js';
import { Semaphore } from './semaphore.js';

/** More than are ever in flight, and few enough to take no memory worth mentioning. */
const MOST_PREPARED = 256;

/** Counts the operations of a session, so that closing it can wait for them or abort them. */
export class Lifetime {
  readonly #abort = new AbortController();
  readonly #closing = new AbortController();
  readonly #count: (by: 1 | -1) => void;
  #operations = 0;
  /** Whether it has connections, and counts as a session of its store. */
  #isAwake = false;
  /** When an operation began last. Written here and by the registry of sessions. */
  usedAt = performance.now();
  /**
   * Lets so many saves be prepared at once: the others wait without a body, until their turn comes. Middleware may save records itself,
   * which would wait for the save that it is part of; so there is none with middleware.
   */
  saves: Semaphore | undefined = new Semaphore(MOST_PREPARED);
  /** Called when no operation is under way any more. */
  #onIdle: (() => void)[] = [];
  /** Why it is closed; empty if its owner closed it. */
  #closed: string | undefined;

  /** @param count called with 1 when the session begins to be used, and with -1 when it rests or is closed */
  constructor(count: (by: 1 | -1) => void) {
    this.#count = count;
  }

  /** Aborted when all operations are to end at once. */
  get abortSignal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Aborted when the session closes: nobody waits for a store that is down any more. */
  get closingSignal(): AbortSignal {
    return this.#closing.signal;
  }

  /** Begins an operation, which counts until `ended` is called. @throws ConfigurationError if the session is closed */
  begin(): Operation {
    if (this.#closed !== undefined)
      throw new ConfigurationError(`${this.#closed || 'The session is closed: make a new one.'} Nothing was sent.`);
    this.#operations++;
    this.usedAt = performance.now();
    if (!this.#isAwake) {
      this.#isAwake = true;
      this.#count(1);
    }
    return { attempt: 1, startedAt: undefined, isFinal: false, hasFailed: false, forget: [] };
  }

  /** Begins a part of an operation that may outlast it, for one of several requests that middleware sends. */
  beginPart({ forget }: Operation): Operation {
    this.#operations++;
    return { attempt: 1, startedAt: undefined, isFinal: false, hasFailed: false, forget };
  }

  ended(): void {
    if (--this.#operations === 0) for (const call of this.#onIdle.splice(0)) call();
  }

  /** Lets nothing new begin. */
  close(reason = ''): void {
    this.#closed ||= reason;
    this.#closing.abort(new ConfigurationError('The session was closed while the circuit of its store was open. Nothing was sent.'));
  }

  abort(): void {
    this.#abort.abort(new ConfigurationError(this.#closed || 'The session was closed.'));
  }

  /** Gives back what is held until the next operation. Returns whether that was possible: no operation is under way. */
  rest(): boolean {
    if (this.#operations > 0) return false;
    if (this.#isAwake) {
      this.#isAwake = false;
      this.#count(-1);
    }
    return true;
  }

  /** Waits until no operation is under way. */
  async idle(): Promise<void> {
    if (this.#operations > 0) await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }
}

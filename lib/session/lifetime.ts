import { ConfigurationError } from '../errors/configuration-error.js';
import type { Operation } from './link.js';

/** Counts the operations of a session, so that closing it can wait for them or abort them. */
export class Lifetime {
  readonly #abort = new AbortController();
  readonly #closing = new AbortController();
  #operations = 0;
  /** Called when no operation is under way any more. */
  #onIdle: (() => void)[] = [];
  /** Why it is closed; empty if its owner closed it. */
  #closed: string | undefined;

  /** Aborted when all operations are to end at once. */
  get abortSignal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Aborted when the session closes: nobody waits for a store that is down any more. */
  get closingSignal(): AbortSignal {
    return this.#closing.signal;
  }

  get isBusy(): boolean {
    return this.#operations > 0;
  }

  /** Begins an operation, which counts until `ended` is called. @throws ConfigurationError if the session is closed */
  begin(): Operation {
    if (this.#closed !== undefined)
      throw new ConfigurationError(`${this.#closed || 'The session is closed: make a new one.'} Nothing was sent.`);
    this.#operations++;
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

  /** Waits until no operation is under way. */
  async idle(): Promise<void> {
    if (this.isBusy) await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }
}

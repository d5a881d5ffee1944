import { ArgumentError } from '../errors/argument-error.js';
import { addCallSite, CallSite } from '../errors/call-site.js';
import { type DeferredWrite, deferredWrites } from './deferred-writes.js';

/** What is known of a task when it is created. */
export interface TaskInit {
  /** How a warning names it: `deleteAll() of Product`. */
  readonly what: string;
  /** The session that it was created on, if that is known then. */
  readonly session: object | undefined;
  /** How a warning says to start it. Default: `await it`. */
  readonly start?: string;
}

/**
 * Work that starts when it is first used, like a query: when it is awaited, or in another way that its class offers. If it is never
 * used, a warning says so when its session is closed or the process exits.
 */
export abstract class Task<T> implements Promise<T> {
  readonly [Symbol.toStringTag] = 'Task';
  /** Where the program created the task. */
  protected readonly place = new CallSite();
  readonly #deferred: DeferredWrite;
  #use: string | undefined;
  #result: Promise<T> | undefined;

  constructor({ what, session, start = 'await it' }: TaskInit) {
    // Not the place itself: its stack holds on to everything on it, the work too.
    this.#deferred = { what, start, line: this.place.line, session: session && new WeakRef(session) };
    deferredWrites.add(this.#deferred);
  }

  /** Starts the work, unless it has been started. */
  then<A = T, B = never>(
    resolve?: ((result: T) => A | PromiseLike<A>) | null,
    reject?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#start().then(resolve, reject);
  }

  catch<B = never>(reject?: ((error: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.#start().catch(reject);
  }

  finally(done?: (() => void) | null): Promise<T> {
    return this.#start().finally(done);
  }

  /** Does the work. Called once. */
  protected abstract work(): Promise<T>;

  /** Claims the work for one use. @throws ArgumentError if it is used in another way already */
  protected use(how: string): void {
    if (this.#use !== undefined) throw new ArgumentError(`This is ${this.#use} already, and cannot be ${how} as well.`);
    this.#use = how;
    deferredWrites.started(this.#deferred);
  }

  async #start(): Promise<T> {
    try {
      if (this.#result === undefined) {
        this.use('awaited');
        this.#result = this.work();
      }
      return await this.#result;
    } catch (error) {
      throw addCallSite(error, this.place);
    }
  }
}

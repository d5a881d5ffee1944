import { ArgumentError } from '../errors/argument-error.js';
import { addCallSite, CallSite } from '../errors/call-site.js';
import { forget, remember, type Unstarted } from './deferred-writes.js';

/** What is known of a piece of work when it is asked for. */
export interface TaskInit {
  /** How a warning names it: `deleteAll() of Product`. */
  readonly what: string;
  /** The session that it was asked for on, where that is known then. */
  readonly session: object | undefined;
}

/**
 * Work that begins when it is first used, like a query: awaited, or as its class offers besides. One that is never used is
 * warned of when its session is closed or the process exits.
 */
export abstract class Task<T> implements Promise<T> {
  readonly [Symbol.toStringTag] = 'Task';
  /** Where the program asked for the work. */
  protected readonly place = new CallSite();
  readonly #unstarted: Unstarted;
  #use: string | undefined;
  #result: Promise<T> | undefined;

  constructor({ what, session }: TaskInit) {
    // Not the place itself: its stack holds on to what is on it, the work too.
    this.#unstarted = { what, line: this.place.line, session: session && new WeakRef(session) };
    remember(this.#unstarted);
  }

  /** Begins the work, unless it is under way already. */
  then<A = T, B = never>(
    resolve?: ((result: T) => A | PromiseLike<A>) | null,
    reject?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#settle().then(resolve, reject);
  }

  catch<B = never>(reject?: ((error: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.#settle().catch(reject);
  }

  finally(done?: (() => void) | null): Promise<T> {
    return this.#settle().finally(done);
  }

  /** Does the work. Called once. */
  protected abstract work(): Promise<T>;

  /** @throws ArgumentError when the work is used in another way already */
  protected use(how: string): void {
    if (this.#use !== undefined) throw new ArgumentError(`This is ${this.#use} already, and cannot be ${how} as well.`);
    this.#use = how;
    forget(this.#unstarted);
  }

  async #settle(): Promise<T> {
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

import { ArgumentError } from '../errors/argument-error.js';

/**
 * Work that can be used in one of several ways: awaited like a promise, or as its class offers besides. It begins by itself
 * once the current tick is over, unless it was used in another way by then.
 */
export abstract class Task<T> implements Promise<T> {
  readonly [Symbol.toStringTag] = 'Task';
  #use: string | undefined;
  #result: Promise<T> | undefined;

  constructor() {
    queueMicrotask(() => {
      if (this.#use === undefined) void this.#settle();
    });
  }

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
  }

  #settle(): Promise<T> {
    if (this.#result !== undefined) return this.#result;
    this.use('awaited');
    return (this.#result = this.work());
  }
}

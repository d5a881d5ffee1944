import { onAbort } from '../transport/abort.js';

/**
 * Runs at most `concurrency` jobs at once and yields each result when its job is done. A job is taken from the source only when there
 * is room for it. Leaving the loop waits for running jobs, since a write cannot be undone. If the source fails or the signal is
 * aborted, the results of running jobs are yielded before the error is thrown.
 */
export async function* runConcurrently<J, R>(
  jobs: Iterable<J> | AsyncIterable<J>,
  concurrency: number,
  work: (job: J) => Promise<R>,
  signal?: AbortSignal,
): AsyncGenerator<R, void, undefined> {
  const pool = new Pool(jobs, concurrency, work);
  const stopListening = onAbort(signal, () => pool.fail(signal?.reason));
  try {
    yield* pool.results();
  } finally {
    stopListening();
    await pool.close();
  }
}

/** Holds the running jobs, and the results that were not consumed yet. */
class Pool<J, R> {
  readonly #source: Iterator<J> | AsyncIterator<J>;
  readonly #concurrency: number;
  readonly #work: (job: J) => Promise<R>;
  readonly #running = new Set<Promise<void>>();
  readonly #done: { readonly result: R }[] = [];
  #pulling: Promise<void> | undefined;
  #isExhausted = false;
  #isClosed = false;
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => {};

  constructor(jobs: Iterable<J> | AsyncIterable<J>, concurrency: number, work: (job: J) => Promise<R>) {
    this.#source = Symbol.asyncIterator in jobs ? jobs[Symbol.asyncIterator]() : jobs[Symbol.iterator]();
    this.#concurrency = concurrency;
    this.#work = work;
  }

  async *results(): AsyncGenerator<R, void, undefined> {
    for (;;) {
      if (this.#hasRoom()) this.#pulling = this.#pull();
      const next = this.#done.shift();
      if (next !== undefined) yield next.result;
      else if (this.#failure !== undefined && this.#running.size === 0) throw this.#failure.error;
      else if (this.#running.size === 0 && this.#pulling === undefined) {
        if (this.#isExhausted) return;
      } else await this.#change();
    }
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }

  /** Waits for running jobs and closes the source. Does not wait for a source that is busy or has failed. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#running);
    if (this.#isExhausted) return;
    const closing = (async () => this.#source.return?.())();
    if (this.#pulling === undefined && this.#failure === undefined) await closing;
    else closing.catch(() => {});
  }

  #hasRoom(): boolean {
    const isOpen = this.#failure === undefined && !this.#isExhausted && this.#pulling === undefined;
    return isOpen && this.#running.size + this.#done.length < this.#concurrency;
  }

  /** Waits for the next event. Once the run has failed, does not wait for the source, which may hang. */
  #change(): Promise<void> {
    const source = this.#pulling === undefined || this.#failure !== undefined ? [] : [this.#pulling];
    return Promise.race([...this.#running, ...source, new Promise<void>((resolve) => (this.#wake = resolve))]);
  }

  async #pull(): Promise<void> {
    try {
      const next = await this.#source.next();
      if (next.done) this.#isExhausted = true;
      else if (this.#failure === undefined && !this.#isClosed) this.#start(next.value);
    } catch (error) {
      this.#isExhausted = true; // a source that throws has ended
      this.fail(error);
    } finally {
      this.#pulling = undefined;
    }
  }

  #start(job: J): void {
    const run: Promise<void> = this.#run(job).finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  async #run(job: J): Promise<void> {
    try {
      this.#done.push({ result: await this.#work(job) });
    } catch (error) {
      this.fail(error);
    }
  }
}

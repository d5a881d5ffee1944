import { BulkError, type BulkFailure } from '../errors/bulk-error.js';
import { onAbort } from '../transport/abort.js';
import { CALL_OPTIONS, type CallOptions, type RequestDescription } from '../transport/request.js';
import { harmlessly } from './harmlessly.js';
import { Task } from './task.js';

/** Where the records of a bulk write come from: a list, a generator, a stream of objects. */
export type Source<T> = Iterable<T> | AsyncIterable<T>;

/** How far a bulk write is. */
export interface BulkProgress {
  /** Records whose outcome is known. */
  readonly done: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Requests sent so far. */
  readonly requests: number;
}

/** Options of the bulk writes. */
export interface BulkOptions extends CallOptions {
  /** Called after each request with what is done so far. Where it throws or rejects, a process warning says so; the run goes on. */
  onProgress?: ((progress: BulkProgress) => void) | undefined;
  /** Requests under way at once. Default: the session's `concurrency`. */
  concurrency?: number | undefined;
}

/** The names of {@link BulkOptions}. */
export const BULK_OPTIONS = { ...CALL_OPTIONS, onProgress: 1, concurrency: 1 } as const satisfies Record<keyof BulkOptions, 1>;

/** What became of one record. */
export type BulkOutcome<T> =
  | { readonly record: T; readonly status: 'succeeded'; readonly error?: undefined }
  | { readonly record: T; readonly status: 'failed'; readonly error: Error };

/** What became of all records, in the order in which they were given. */
export class BulkResult<T> {
  constructor(
    readonly succeeded: readonly T[],
    readonly failed: readonly BulkFailure<T>[],
    /** Requests that were sent. */
    readonly requests: number,
  ) {}

  /** This result, where every record succeeded. @throws BulkError otherwise, with both lists */
  orThrow(): this {
    if (this.failed.length === 0) return this;
    throw new BulkError(this.succeeded, this.failed);
  }
}

/** A settled record with its place in the order in which the records were given. */
export interface Settled<T> {
  readonly place: number;
  readonly outcome: BulkOutcome<T>;
}

/** The work of a bulk write, as the model room describes it. */
export interface BulkWork<T> {
  /** Writes everything, and yields each record as it is settled. `sent` is told of every request. */
  run(options: BulkOptions, sent: () => void): AsyncGenerator<readonly Settled<T>[], void, undefined>;
  /** The requests that `run` would send, as far as that is known without sending them. */
  plan(options: BulkOptions): Promise<RequestDescription[]>;
}

/**
 * A bulk write: awaited, it gives a {@link BulkResult}; iterated, one outcome a record as it is settled, and keeps nothing,
 * so that a million records stream through. It begins by itself, once the current tick is over.
 *
 * @example
 * const { succeeded, failed, requests } = await Product.saveMany(products);
 * for await (const { record, error } of Product.createMany(rows)) if (error) console.error(record.name, error.message);
 */
export class BulkRun<T> extends Task<BulkResult<T>> implements AsyncIterable<BulkOutcome<T>> {
  readonly #work: BulkWork<T>;
  readonly #options: BulkOptions;

  /** @internal */
  constructor(work: BulkWork<T>, options: BulkOptions) {
    super();
    this.#work = work;
    this.#options = options;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<BulkOutcome<T>, void, undefined> {
    this.use('iterated');
    for await (const settled of this.#settledInTime()) for (const { outcome } of settled) yield outcome;
  }

  /** The requests that would be sent; none of them is. What has to be read first (the keys of a query) is read. */
  dryRun(): Promise<RequestDescription[]> {
    this.use('planned');
    return this.#work.plan(this.#options);
  }

  protected async work(): Promise<BulkResult<T>> {
    const all: Settled<T>[] = [];
    let requests = 0;
    for await (const settled of this.#settledInTime(() => requests++)) all.push(...settled);
    all.sort((a, b) => a.place - b.place);
    const succeeded: T[] = [];
    const failed: BulkFailure<T>[] = [];
    for (const { outcome } of all) {
      if (outcome.status === 'succeeded') succeeded.push(outcome.record);
      else failed.push({ record: outcome.record, error: outcome.error });
    }
    return new BulkResult(succeeded, failed, requests);
  }

  async *#settledInTime(onRequest?: () => void): AsyncGenerator<readonly Settled<T>[], void, undefined> {
    const { signal, onProgress } = this.#options;
    signal?.throwIfAborted();
    const progress = { done: 0, succeeded: 0, failed: 0, requests: 0 };
    const sent = (): void => {
      progress.requests++;
      onRequest?.();
    };
    for await (const settled of this.#work.run(this.#options, sent)) {
      for (const { outcome } of settled) progress[outcome.status]++;
      progress.done += settled.length;
      if (onProgress !== undefined) harmlessly('onProgress', () => onProgress({ ...progress }), onProgress);
      yield settled;
    }
  }
}

/**
 * Runs jobs, so many at once, and yields what each gives as it is done. Jobs are taken from the source only when there is
 * room for them. Leaving the loop waits for what is under way, since a write cannot be taken back.
 */
export async function* atOnce<J, R>(
  jobs: Source<J>,
  concurrency: number,
  work: (job: J) => Promise<R>,
  signal?: AbortSignal,
): AsyncGenerator<R, void, undefined> {
  const iterator = Symbol.asyncIterator in jobs ? jobs[Symbol.asyncIterator]() : jobs[Symbol.iterator]();
  const running = new Set<Promise<void>>();
  const done: R[] = [];
  let pulling: Promise<void> | undefined;
  let isExhausted = false;
  let failure: { error: unknown } | undefined;
  let wake = (): void => {};
  const fail = (error: unknown): void => void (failure ??= { error });
  const leave = onAbort(signal, () => {
    fail(signal?.reason);
    wake();
  });
  const start = (job: J): void => {
    const run: Promise<void> = work(job)
      .then((result) => void done.push(result), fail)
      .finally(() => running.delete(run));
    running.add(run);
  };
  const pull = async (): Promise<void> => {
    try {
      const next = await iterator.next();
      if (next.done) isExhausted = true;
      else if (failure === undefined) start(next.value);
    } catch (error) {
      fail(error);
    } finally {
      pulling = undefined;
    }
  };
  try {
    while (true) {
      if (failure === undefined && !isExhausted && pulling === undefined && running.size + done.length < concurrency) pulling = pull();
      if (done.length > 0) yield done.shift() as R;
      else if (failure !== undefined) throw failure.error;
      else if (running.size === 0 && pulling === undefined) {
        if (isExhausted) return;
      } else
        await Promise.race([...running, ...(pulling === undefined ? [] : [pulling]), new Promise<void>((resolve) => (wake = resolve))]);
    }
  } finally {
    leave();
    await Promise.allSettled(running);
    if (!isExhausted) await iterator.return?.();
  }
}

import { BulkError, type BulkFailure, carryResult } from '../errors/bulk-error.js';
import { addPlaces } from '../errors/call-site.js';
import { callSafely } from '../session/safe-call.js';
import { Task, type TaskInit } from '../session/task.js';
import { CALL_OPTIONS, type CallOptions, type RequestDescription } from '../transport/request.js';

/** Where the records of a bulk write come from: a list, a generator, a stream of objects. */
export type Source<T> = Iterable<T> | AsyncIterable<T>;

/**
 * A source that reads the store: its requests count as those of the run.
 *
 * @internal
 */
export class ReadSource<T> implements AsyncIterable<T> {
  /** Reads anew; `sent` is called for every request. */
  readonly read: (sent: () => void) => AsyncIterable<T>;

  constructor(read: (sent: () => void) => AsyncIterable<T>) {
    this.read = read;
  }

  [Symbol.asyncIterator](): AsyncIterator<T> {
    return this.read(() => {})[Symbol.asyncIterator]();
  }
}

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
  onProgress?: ((progress: BulkProgress) => unknown) | undefined;
  /** Requests under way at once. Default: the session's `concurrency`. */
  concurrency?: number | undefined;
  /**
   * Reads the records again first, in as few requests as the API allows, and fails with a StaleRecordError each of which a field
   * that is to be sent has changed on the store since it was read; the others are saved.
   */
  ifUnchanged?: boolean | undefined;
}

/** Options of `updateMany`. */
export interface UpdateManyOptions extends BulkOptions {
  /** The attribute by which each row names its record, by property or by the API's name. Default: the key. */
  by?: string | undefined;
}

/** The names of {@link BulkOptions}. */
export const BULK_OPTIONS = { ...CALL_OPTIONS, onProgress: 1, concurrency: 1, ifUnchanged: 1 } as const satisfies Record<
  keyof BulkOptions,
  1
>;

/** The names of {@link UpdateManyOptions}. */
export const UPDATE_MANY_OPTIONS = { ...BULK_OPTIONS, by: 1 } as const satisfies Record<keyof UpdateManyOptions, 1>;

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
    throw new BulkError(this);
  }
}

/** A settled record with its place in the order in which the records were given. */
export interface Settled<T> {
  readonly place: number;
  readonly outcome: BulkOutcome<T>;
}

/** The work of a bulk write, as the plan of the call describes it. */
export interface BulkWork<T = object> {
  /** Writes everything, and yields each record as it is settled. `sent` is called for every request. */
  run(options: BulkOptions, sent: () => void): AsyncGenerator<readonly Settled<T>[], void, undefined>;
  /** The requests that `run` would send, as far as that is known without sending them. */
  plan(options: BulkOptions): Promise<RequestDescription[]>;
}

/**
 * A bulk write: awaited, it gives a {@link BulkResult}; iterated, one outcome a record as it is settled, and keeps nothing,
 * so that a million records stream through. It begins when it is first awaited or iterated.
 *
 * What ends a run early (its source throws, a row is not an object, its signal is aborted) loses nothing of what was done: iterated,
 * all outcomes come before the error; awaited, the error carries them as `error.result`, a {@link BulkResult}. In both,
 * records that were taken and not sent are failures that say so, and those whose request was under way are
 * UncertainOutcomeErrors. A reason that cannot carry a result is the `cause` of a BulkError that does.
 *
 * @example
 * const { succeeded, failed, requests } = await Product.saveMany(products);
 * for await (const { record, error } of Product.createMany(rows)) if (error) console.error(record.name, error.message);
 */
export class BulkRun<T> extends Task<BulkResult<T>> implements AsyncIterable<BulkOutcome<T>> {
  readonly #work: BulkWork<T>;
  readonly #options: BulkOptions;

  /** @internal */
  constructor(work: BulkWork, options: BulkOptions, init: TaskInit) {
    super({ start: 'await it, or iterate it', ...init });
    this.#work = work as BulkWork<T>; // the caller knows the class of its records
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
    try {
      for await (const settled of this.#settledInTime(() => requests++)) all.push(...settled);
    } catch (error) {
      throw withResult(error, resultOf(all, requests));
    }
    return resultOf(all, requests);
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
      for (const { outcome } of settled) {
        progress[outcome.status]++;
        if (outcome.error !== undefined) addPlaces(outcome.error, this.place);
      }
      progress.done += settled.length;
      if (onProgress !== undefined) callSafely('onProgress', () => onProgress({ ...progress }), onProgress);
      yield settled;
    }
  }
}

function resultOf<T>(settled: readonly Settled<T>[], requests: number): BulkResult<T> {
  const succeeded: T[] = [];
  const failed: BulkFailure<T>[] = [];
  const outcomes: BulkOutcome<T>[] = [];
  for (const { place, outcome } of settled) outcomes[place] = outcome;
  for (const outcome of outcomes) {
    if (outcome === undefined) continue; // a run that ended early has no outcome here
    if (outcome.status === 'succeeded') succeeded.push(outcome.record);
    else failed.push({ record: outcome.record, error: outcome.error });
  }
  return new BulkResult(succeeded, failed, requests);
}

/** What a run ends in, with its result on it; what cannot carry it becomes the cause of an error that does. */
const withResult = <T>(error: unknown, result: BulkResult<T>): unknown =>
  typeof error === 'object' && error !== null && carryResult(error, result) ? error : new BulkError(result, { cause: error });

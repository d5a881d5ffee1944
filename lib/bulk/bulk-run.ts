import { BulkError, type BulkFailure, carryResult } from '../errors/bulk-error.js';
import { addPlaces } from '../errors/call-site.js';
import { callSafely } from '../session/safe-call.js';
import { Task, type TaskInit } from '../session/task.js';
import { CALL_OPTIONS, type CallOptions, type RequestDescription } from '../transport/request.js';

/** Where the records of a bulk write come from: an array, a generator, a stream of objects. */
export type Source<T> = Iterable<T> | AsyncIterable<T>;

/**
 * Reads its entries from the store. Its requests count as those of the run.
 *
 * @internal
 */
export class ReadSource<T> implements AsyncIterable<T> {
  /** Starts reading. `sent` is called for every request. */
  readonly read: (sent: () => void) => AsyncIterable<T>;

  constructor(read: (sent: () => void) => AsyncIterable<T>) {
    this.read = read;
  }

  [Symbol.asyncIterator](): AsyncIterator<T> {
    return this.read(() => {})[Symbol.asyncIterator]();
  }
}

/** The progress of a bulk write. */
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
  /** Called after each request with the progress so far. If it throws or rejects, a process warning reports that and the run continues. */
  onProgress?: ((progress: BulkProgress) => unknown) | undefined;
  /** The most requests at once. Default: the session's `concurrency`. */
  concurrency?: number | undefined;
  /**
   * Reads the records again first, in as few requests as the API allows. A record fails with a StaleRecordError if a field to be sent
   * has changed on the store since the record was read; the others are saved.
   */
  ifUnchanged?: boolean | undefined;
}

/** Options of `updateMany`. */
export interface UpdateManyOptions extends BulkOptions {
  /** The attribute that identifies the record of each row, by property or by the API's name. Default: the key. */
  by?: string | undefined;
}

/** The names of {@link BulkOptions}. */
export const BULK_OPTIONS = { ...CALL_OPTIONS, onProgress: 1, concurrency: 1, ifUnchanged: 1 } as const satisfies Record<
  keyof BulkOptions,
  1
>;

/** The names of {@link UpdateManyOptions}. */
export const UPDATE_MANY_OPTIONS = { ...BULK_OPTIONS, by: 1 } as const satisfies Record<keyof UpdateManyOptions, 1>;

/** The outcome of one record. */
export type BulkOutcome<T> =
  | { readonly record: T; readonly status: 'succeeded'; readonly error?: undefined }
  | { readonly record: T; readonly status: 'failed'; readonly error: Error };

/** The outcomes of all records, in the order in which the records were given. */
export class BulkResult<T> {
  constructor(
    readonly succeeded: readonly T[],
    readonly failed: readonly BulkFailure<T>[],
    /** Requests that were sent. */
    readonly requests: number,
  ) {}

  /** Returns this result if every record succeeded. @throws BulkError if one failed; `error.result` is this result */
  orThrow(): this {
    if (this.failed.length === 0) return this;
    throw new BulkError(this);
  }
}

/** The outcome of a record, with the record's place in the input. */
export interface Settled<T> {
  readonly place: number;
  readonly outcome: BulkOutcome<T>;
}

/** What a {@link BulkRun} runs. */
export interface BulkWork<T = object> {
  /** Writes everything and yields outcomes as they become known. `sent` is called for every request. */
  run(sent: () => void): AsyncGenerator<readonly Settled<T>[], void, undefined>;
  /** Returns the requests that `run` would send, as far as they can be known without sending them. */
  plan(): Promise<RequestDescription[]>;
}

/**
 * Writes many records. It starts when it is first awaited or iterated. Awaited, it resolves with a {@link BulkResult}. Iterated, it
 * yields an outcome per record as soon as it is known, and keeps none of them, so a million records take constant memory.
 *
 * If a run ends early (its source throws, a row is not an object, its signal is aborted), no outcome is lost. Iterated, it yields all
 * outcomes before it throws. Awaited, it rejects with an error that has them as `error.result`, a {@link BulkResult}. Records that
 * were read from the source but not sent fail with an error that states this; those whose request was running fail with an
 * UncertainOutcomeError. If the reason cannot have a property, it is the `cause` of a BulkError.
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

  /** Returns the requests that the run would send, without sending them. Only what they depend on is read, such as the keys of a query. */
  dryRun(): Promise<RequestDescription[]> {
    this.use('planned');
    return this.#work.plan();
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
    for await (const settled of this.#work.run(sent)) {
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
    if (outcome === undefined) continue; // the run ended before this record
    if (outcome.status === 'succeeded') succeeded.push(outcome.record);
    else failed.push({ record: outcome.record, error: outcome.error });
  }
  return new BulkResult(succeeded, failed, requests);
}

/** Returns the error of a run with the result on it. What cannot have a property becomes the cause of a BulkError. */
const withResult = <T>(error: unknown, result: BulkResult<T>): unknown =>
  typeof error === 'object' && error !== null && carryResult(error, result) ? error : new BulkError(result, { cause: error });

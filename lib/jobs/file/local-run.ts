import { ArgumentError } from '../../errors/argument-error.js';
import { ConfigurationError } from '../../errors/configuration-error.js';
import { assertKnownOptions } from '../../errors/known-options.js';
import { currentSession } from '../../session/current.js';
import type { StoreSession } from '../../session/session.js';
import { eitherOf } from '../../transport/abort.js';
import { describe } from '../../transport/path.js';
import type { JobFailure } from '../engine/failure.js';
import { assertRevertible } from '../engine/revert.js';
import { type CheckedJob, givenFailures } from '../engine/task.js';
import { encodeParams } from '../params.js';
import { progressOf } from '../progress.js';
import type { JobProgress, JobReport, RevertReport } from '../report.js';
import { CheckpointFile } from './checkpoint-file.js';
import { keptFailures, openFailures, refusedBy } from './file-failures.js';
import { keepCancelled, keepRetry, keepRevert } from './file-parts.js';
import { fileReport } from './file-report.js';
import { LocalControl } from './local-control.js';
import { LOCAL_OPTIONS, type LocalOptions } from './local-options.js';
import { LocalWork } from './local-work.js';
import { takeLock } from './lock.js';

/** The calls that follow a run. */
type CallsAfter = Pick<LocalRun, 'failures' | 'retry' | 'revert'>;

/** The report of a run in this process, with the calls that follow it. */
export interface LocalReport extends JobReport, CallsAfter {}

/**
 * A run in this process, with a checkpoint file. It starts when it is first awaited or iterated, and can be awaited for its report.
 * If the process is killed, the same call goes on where it was.
 */
export class LocalRun implements PromiseLike<LocalReport>, AsyncIterable<JobProgress> {
  readonly #job: CheckedJob;
  readonly #options: LocalOptions<unknown>;
  readonly #session: StoreSession;
  readonly #stop = new AbortController();
  readonly #control = new LocalControl();
  #running: Promise<JobReport> | undefined;
  #file: CheckpointFile | undefined;

  /** @internal */
  constructor(job: CheckedJob, options: LocalOptions<unknown>) {
    assertKnownOptions(options, LOCAL_OPTIONS, 'local()', ArgumentError);
    if (typeof options.checkpoint !== 'string' || options.checkpoint === '')
      throw new ArgumentError(`local() needs \`checkpoint\`, the path of a file, got ${describe(options.checkpoint)}.`);
    this.#job = job;
    this.#options = options;
    this.#session = options.session ?? currentSession();
  }

  /** Starts the run, and resolves with its report, which has the calls that follow a run. */
  then<A = LocalReport, B = never>(
    resolve?: ((report: LocalReport) => A | PromiseLike<A>) | null,
    reject?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#start()
      .then((report) => this.#withCalls(report))
      .then(resolve, reject);
  }

  /** Adds the calls that follow a run. They are no part of what is printed. */
  #withCalls(report: JobReport): LocalReport {
    const calls: CallsAfter = {
      failures: () => this.failures(),
      retry: (failures) => this.retry(failures),
      revert: () => this.revert(),
    };
    const hidden = Object.fromEntries(Object.keys(calls).map((name) => [name, { enumerable: false }]));
    return Object.defineProperties({ ...report, ...calls }, hidden);
  }

  /** Yields the progress, at most once a second, until the run has ended. Starts it. @throws what awaiting it throws */
  async *[Symbol.asyncIterator](): AsyncGenerator<JobProgress, void, undefined> {
    const running = this.#start();
    running.catch(() => {});
    let isOver = false;
    const over = running.then(
      () => (isOver = true),
      () => (isOver = true),
    );
    yield* progressOf(
      async () => (isOver ? await running : this.#reportOf(this.#file)),
      () => isOver,
      () => over,
    );
  }

  /** Returns what has been done so far. Does not start the run. */
  async report(): Promise<JobReport> {
    return this.#file === undefined ? this.#withFile(async (file) => this.#reportOf(file)) : this.#reportOf(this.#file);
  }

  /** Yields the rows that failed and were not retried. */
  async *failures(): AsyncGenerator<JobFailure, void, undefined> {
    yield* await this.#withFile((file) => openFailures(file, this.#session.storeId));
  }

  /**
   * Tries failed rows again: all that are not done yet, or these, which may have been changed. A row that was in conflict is written
   * over what is there only if it is given. Returns the report.
   *
   * @throws ArgumentError for what is no failure of this run
   */
  async retry(failures?: Iterable<JobFailure> | AsyncIterable<JobFailure>): Promise<JobReport> {
    return this.#again(async (file) => {
      const store = this.#session.storeId;
      if (failures === undefined) return keepRetry(file, await openFailures(file, store));
      const kept = await keptFailures(file, store);
      keepRetry(file, await givenFailures(failures, (id) => kept.get(id)));
    });
  }

  /**
   * Sets what the run has changed back to what it was, and deletes what it has created. Records that somebody has changed since are
   * left alone: they are failures of the revert. Returns its report. Called again, it sets back what was changed since, by `retry()`.
   *
   * @throws UnsupportedOperationError if the job deletes, or works by hand
   * @throws ArgumentError if the run has not ended
   */
  async revert(): Promise<RevertReport> {
    assertRevertible(this.#job.name, this.#job.kind);
    await this.#again(async (file) => keepRevert(file));
    return this.#withFile(async (file) => ({
      ...fileReport(file, this.#session.storeId, this.#control.state, true),
      refused: await refusedBy(file, this.#session.storeId),
    }));
  }

  /** Stops at the next commit of each partition, and resolves when nothing is written. `resume()` goes on. */
  pause(): Promise<void> {
    return this.#control.pause();
  }

  /** Goes on after `pause()`. */
  async resume(): Promise<void> {
    this.#control.resume();
  }

  /** Ends the run at the next commit of each partition, and resolves when nothing is written. It cannot be continued. */
  async cancel(): Promise<void> {
    this.#control.cancel();
    await this.#running?.catch(() => {});
  }

  /** Starts the run, unless it has been started. */
  #start(): Promise<JobReport> {
    this.#running ??= this.#withFile((file) =>
      this.#run(file).finally(() => {
        if (this.#control.state === 'cancelled') keepCancelled(file);
      }),
    );
    return this.#running;
  }

  /** Works on after the run has ended, with further partitions. */
  async #again(prepare: (file: CheckpointFile) => Promise<void>): Promise<JobReport> {
    await this.#running?.catch(() => {});
    this.#control.restart();
    this.#running = this.#withFile(async (file) => {
      await prepare(file);
      return this.#run(file);
    });
    return this.#running;
  }

  /** Opens the checkpoint file for the time of a call. */
  async #withFile<T>(work: (file: CheckpointFile) => Promise<T>): Promise<T> {
    if (this.#file !== undefined) return work(this.#file);
    const { checkpoint, params = {} } = this.#options;
    const release = takeLock(checkpoint);
    try {
      const { name, version } = this.#job;
      const file = await CheckpointFile.open(checkpoint, {
        job: `${name}@${version}`,
        store: this.#session.storeId,
        params: JSON.parse(encodeParams(params)),
      });
      this.#file = file;
      return await work(file).finally(() => file.close());
    } finally {
      this.#file = undefined;
      release();
    }
  }

  async #run(file: CheckpointFile): Promise<JobReport> {
    const { signal } = this.#options;
    const stop = eitherOf(signal, this.#stop.signal);
    try {
      const work = new LocalWork({
        job: this.#job,
        options: this.#options,
        session: this.#session,
        file,
        control: this.#control,
        signal: stop.signal,
      });
      await this.#session.run(() => work.run());
      signal?.throwIfAborted();
      const report = this.#reportOf(file);
      if (report.state === 'failed') throw work.error ?? new ConfigurationError(report.stores[0]?.error ?? 'The run failed.');
      return report;
    } finally {
      stop.release();
    }
  }

  #reportOf(file: CheckpointFile | undefined): JobReport {
    return fileReport(file, this.#session.storeId, this.#control.state);
  }
}

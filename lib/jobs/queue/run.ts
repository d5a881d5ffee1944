import type { Queue } from 'bullmq';
import { ArgumentError } from '../../errors/argument-error.js';
import { UnsupportedOperationError } from '../../errors/unsupported-operation-error.js';
import { grouped } from '../../grouped.js';
import { propertyOf } from '../../json-object.js';
import { sleep } from '../../transport/abort.js';
import type { JobFailure } from '../engine/failure.js';
import { assertRevertible } from '../engine/revert.js';
import { type GivenFailures, givenFailures, type RetriedFailure } from '../engine/task.js';
import { progressOf } from '../progress.js';
import { type JobProgress, type JobReport, MOST_REFUSED, type RevertReport } from '../report.js';
import { ENDLESS } from './bull-options.js';
import { endRest, giveBack } from './cancelled.js';
import { resent } from './commands.js';
import { holding, loadBullMq, queuePrefix, type RedisConnection, sharedClient } from './connection.js';
import { failureWithId, readFailures } from './failures.js';
import { queueName, RunKeys } from './keys.js';
import { reopenForRetry, reopenForRevert } from './reopen.js';
import { newFacts, RunStore } from './run-store.js';

const POLL_MS = 100;

/** Where the jobs of a run are. */
export interface RunPlace {
  readonly connection: RedisConnection;
  /** The prefix of BullMQ's keys. Default `bull`; on a cluster `{bull}`. */
  readonly prefix?: string | undefined;
}

/** Options of calls that wait for workers. */
export interface WaitOptions {
  /** Stops the waiting; the work goes on. */
  readonly signal?: AbortSignal | undefined;
}

/** A run on Redis, as any process sees it: workers work on it. */
export class Run implements AsyncIterable<JobProgress> {
  readonly id: string;
  /** The name of the job. */
  readonly job: string;
  readonly version: number;
  readonly #place: RunPlace;
  readonly #store: RunStore;
  readonly #kind: string | undefined;

  /** @internal */
  constructor(job: { readonly name: string; readonly version: number; readonly kind?: string }, id: string, place: RunPlace) {
    this.id = id;
    this.job = job.name;
    this.version = job.version;
    this.#kind = job.kind;
    this.#place = place;
    this.#store = new RunStore(sharedClient(place.connection), RunKeys.of(job.name, job.version, id));
  }

  /** Starts the run for these stores, unless it has been started. @internal */
  start(stores: readonly string[], params: unknown, keepMs: number, reverts?: string): Promise<void> {
    return holding(() => this.#start(stores, params, keepMs, reverts));
  }

  async #start(stores: readonly string[], params: unknown, keepMs: number, reverts: string | undefined): Promise<void> {
    await this.#store.start(newFacts({ name: this.job, version: this.version }, this.id, params, keepMs, reverts), stores);
    const ended = new Set(await this.#store.redis.smembers(this.#store.keys.ended));
    const plans = await this.#store.plans();
    await this.#addStores([...plans.keys()].filter((store) => !ended.has(store)));
  }

  /** Yields the progress until the run has ended, at most once a second. The run goes on if nobody iterates. */
  [Symbol.asyncIterator](): AsyncGenerator<JobProgress, void, undefined> {
    return progressOf(
      () => this.#report(),
      (report) => isOver(report),
    );
  }

  /** Returns what has been done so far. @throws ArgumentError if there is no such run */
  async report(): Promise<JobReport> {
    const { isWriting: _, ...report } = await this.#report();
    return report;
  }

  /** Waits until the run has ended, and returns its report. */
  async finished({ signal }: WaitOptions = {}): Promise<JobReport> {
    for (;;) {
      const report = await this.#report();
      if (isOver(report)) return report;
      await sleep(POLL_MS * 2, signal);
    }
  }

  /** Stops at the next commit of each partition, and resolves when nothing is written. */
  async pause(): Promise<void> {
    await holding(() => this.#store.setState('paused', 'running'));
    await this.#untilIdle();
  }

  /** Goes on after `pause()`. */
  async resume(): Promise<void> {
    await holding(() => this.#store.setState('running', 'paused'));
    await holding(() => this.#promote());
  }

  /** Ends the run at the next commit of each partition, and resolves when nothing is written. It cannot be continued. */
  async cancel(): Promise<void> {
    await holding(async () => {
      await this.#store.setState('cancelled', 'running', 'paused');
      await this.#promote();
      await this.#untilIdle();
      await giveBack(this.#store);
      await this.#store.expire();
    });
  }

  /** Yields the rows that failed and were not retried. */
  failures(): AsyncGenerator<JobFailure, void, undefined> {
    return readFailures(this.#store);
  }

  /**
   * Tries failed rows again: all that are not done yet, or these, which may have been changed; and partitions that ended too early, since
   * the store refused its token, or a function threw. Waits for the workers, and returns the report. A row that was in conflict is
   * written over what is there only if it is given.
   *
   * @throws ArgumentError while the run goes on or is being reverted, and for what is no failure of this run
   */
  async retry(failures?: Iterable<JobFailure> | AsyncIterable<JobFailure>, options: WaitOptions = {}): Promise<JobReport> {
    await holding(() => this.#retry(failures));
    return this.finished(options);
  }

  async #retry(failures: GivenFailures | undefined): Promise<void> {
    const retried: RetriedFailure[] = failures === undefined ? [] : await givenFailures(failures, (id) => failureWithId(this.#store, id));
    if (failures === undefined) for await (const failure of this.failures()) retried.push(failure);
    const byStore = grouped(retried, ({ store }) => store);
    const { state, stores } = await this.#whenOver('retry what failed');
    const revert = this.#revertRun();
    const { state: reverting } = (await revert.#store.factsIfKnown()) ?? {};
    if (reverting === 'running' || reverting === 'paused')
      throw new ArgumentError(`The run ${this.id} is being reverted: retry what failed when ${revert.id} has ended.`);
    if (state === 'cancelled') await endRest(this.#store);
    await this.#openAgain(stores, (store) => reopenForRetry(this.#store, store, byStore.get(store) ?? []));
  }

  /** Opens stores again, as far as there is anything to do, and lets workers take them. */
  async #openAgain(stores: readonly { readonly store: string }[], reopen: (store: string) => Promise<boolean>): Promise<void> {
    const reopened: string[] = [];
    for (const { store } of stores) if (await reopen(store)) reopened.push(store);
    if (reopened.length > 0) await this.#store.persist();
    await this.#addStores(reopened, `-${Date.now().toString(36)}`);
  }

  /** Returns the report of a run that has ended. @throws ArgumentError if it goes on */
  async #whenOver(what: string): Promise<JobReport> {
    const report = await this.#report();
    if (isOver(report)) return report;
    if (report.state !== 'cancelled') throw new ArgumentError(`The run ${this.id} goes on: ${what} when it has ended, or cancel it first.`);
    await this.#untilIdle();
    return this.#report();
  }

  #revertRun(): Run {
    return new Run({ name: this.job, version: this.version }, `${this.id}-revert`, this.#place);
  }

  /**
   * Sets what the run has changed back to what it was, and deletes what it has created. Records that somebody has changed since are
   * left alone, and reported. It is a run of its own, `<id>-revert`: this waits for the workers, and returns its report. Called again, it
   * sets back what was changed since, by `retry()`.
   *
   * @throws UnsupportedOperationError if the job deletes, or works by hand; for the run of a revert
   * @throws ArgumentError while the run goes on, and if its id with `-revert` is that of another run
   */
  async revert(options: WaitOptions = {}): Promise<RevertReport> {
    if (this.#kind !== undefined) assertRevertible(this.job, this.#kind);
    const { stores } = await this.#whenOver('revert it');
    const { params, keepMs, reverts } = await holding(() => this.#store.facts());
    if (reverts !== undefined)
      throw new UnsupportedOperationError(
        `The run ${this.id} is the revert of ${reverts}: to do that again, start a new run. Nothing was sent.`,
      );
    // The revert reads what the run has written.
    await holding(() => this.#store.expire());
    const revert = this.#revertRun();
    await revert.start(
      stores.map(({ store }) => store),
      params,
      keepMs,
      this.id,
    );
    await holding(() => revert.#openAgain(stores, (store) => reopenForRevert(revert.#store, this.#store, store)));
    const ended = await revert.finished(options);
    const refused: JobFailure[] = [];
    for await (const failure of revert.failures()) if (refused.push(failure) >= MOST_REFUSED) break;
    return { ...ended, refused };
  }

  #report(): Promise<JobReport & { readonly isWriting: boolean }> {
    return holding(() => this.#store.report());
  }

  async #untilIdle(): Promise<void> {
    while ((await this.#report()).isWriting) await sleep(POLL_MS);
  }

  /** Lets paused stores and partitions be worked at once. */
  async #promote(): Promise<void> {
    const { tag } = this.#store.keys;
    await this.#withQueue(async (queue) => {
      for (const job of await queue.getDelayed()) if (propertyOf(job.data, 'run') === tag) await job.promote().catch(() => {});
    });
  }

  async #addStores(stores: readonly string[], suffix = ''): Promise<void> {
    const { keys } = this.#store;
    await this.#withQueue(async (queue) => {
      for (let at = 0; at < stores.length; at += ADDED_AT_ONCE)
        await resent(() =>
          queue.addBulk(
            stores.slice(at, at + ADDED_AT_ONCE).map((store) => ({
              name: 'store',
              data: { run: keys.tag, store },
              opts: { ...ENDLESS, jobId: keys.jobId(store, `store${suffix}`), priority: 1 },
            })),
          ),
        );
    });
  }

  async #withQueue<T>(work: (queue: Queue) => Promise<T>): Promise<T> {
    const { Queue } = loadBullMq();
    const { redis: connection } = this.#store;
    const prefix = queuePrefix(connection, this.#place.prefix);
    const queue = new Queue(queueName(this.job, this.version), { connection, prefix, skipVersionCheck: true });
    queue.on('error', () => {});
    try {
      return await work(queue);
    } finally {
      await queue.close();
    }
  }
}

const ADDED_AT_ONCE = 500;

/** Whether nothing will be done any more. */
const isOver = ({ state, ...rest }: JobReport): boolean =>
  state === 'completed' || state === 'failed' || (state === 'cancelled' && !('isWriting' in rest && rest.isWriting === true));

import type { Queue, Worker } from 'bullmq';
import { ArgumentError } from '../../errors/argument-error.js';
import { ConfigurationError } from '../../errors/configuration-error.js';
import { assertKnownOptions } from '../../errors/known-options.js';
import { duration } from '../../transport/option-values.js';
import { IN_FLIGHT_MS } from '../engine/turn.js';
import { Job } from '../job.js';
import type { StoreSessions } from '../store-sessions.js';
import { ENDLESS } from './bull-options.js';
import { type Client, loadBullMq, newClient, queuePrefix, type RedisConnection, warnOfLosses } from './connection.js';
import { JobProcessor } from './job-processor.js';
import { queueName } from './keys.js';

/** Options of {@link startWorker}. */
export interface WorkerOptions {
  /** The definitions to work. Runs of others, and of other versions, are left to other workers. */
  readonly jobs: readonly Job[];
  readonly connection: RedisConnection;
  /** Gives the sessions of stores: a `SessionRegistry`, or any object with `session(storeHash)`. */
  readonly stores: StoreSessions;
  /** Partitions worked at the same time, of each definition. Default 8. */
  readonly concurrency?: number | undefined;
  /** How long a partition is held without a sign of life, in milliseconds. Default 10000. Another process takes over after it. */
  readonly lockMs?: number | undefined;
  /** How long a partition is worked before others have a turn, in milliseconds. Default 10000. */
  readonly sliceMs?: number | undefined;
  /** How long a request of a killed process may still be carried out by the store, in milliseconds. Default 5000. */
  readonly inFlightMs?: number | undefined;
  /** The prefix of BullMQ's keys. Default `bull`; on a cluster `{bull}`. */
  readonly prefix?: string | undefined;
}

const OPTIONS = { jobs: 1, connection: 1, stores: 1, concurrency: 1, lockMs: 1, sliceMs: 1, inFlightMs: 1, prefix: 1 } satisfies Record<
  keyof WorkerOptions,
  1
>;

const LOCK_MS = 10_000;
const SLICE_MS = 10_000;
const CONCURRENCY = 8;
const DRAIN_MS = 20_000;

/** Works runs of jobs until it is drained. */
export class JobWorker {
  readonly #redis: Client;
  readonly #clients: Client[] = [];
  readonly #workers: Worker[] = [];
  readonly #queues: Queue[] = [];
  readonly #stop = new AbortController();
  #isDraining = false;
  #drained: Promise<void> | undefined;

  /** @internal */
  constructor(options: WorkerOptions) {
    this.#redis = newClient(options.connection, this.#stop.signal);
    for (const job of options.jobs) this.#work(job, options);
    void warnOfLosses(this.#redis);
  }

  /**
   * Stops taking jobs, lets partitions end their batch, and gives them back, so that others go on at once. Call it on SIGTERM. What is
   * not given back after `ms` milliseconds is taken over by others when its lease has ended.
   *
   * @example process.once('SIGTERM', () => worker.drain(20_000));
   */
  drain(ms = DRAIN_MS): Promise<void> {
    this.#drained ??= this.#drain(ms);
    return this.#drained;
  }

  #work(job: Job, options: WorkerOptions): void {
    const { Worker: BullWorker, Queue: BullQueue } = loadBullMq();
    const { concurrency = CONCURRENCY, lockMs = LOCK_MS, sliceMs = SLICE_MS, inFlightMs = IN_FLIGHT_MS, stores } = options;
    const name = queueName(job.name, job.version);
    const prefix = queuePrefix(this.#redis, options.prefix);
    const queue = new BullQueue(name, { connection: this.#redis, prefix, skipVersionCheck: true });
    const processor = new JobProcessor({
      job: job.checked,
      redis: this.#redis,
      stores,
      leaseMs: lockMs,
      inFlightMs,
      sliceMs,
      isDraining: () => this.#isDraining,
      stop: this.#stop.signal,
      addParts: async (parent, jobs) => {
        const { id = '', queueQualifiedName } = parent;
        const link = { id, queue: queueQualifiedName };
        await queue.addBulk(
          jobs.map(({ index, data, jobId }) => ({
            name: 'part',
            data,
            opts: {
              ...ENDLESS,
              jobId,
              parent: link,
              priority: 1 + index,
              ignoreDependencyOnFailure: true,
            },
          })),
        );
      },
    });
    const client = newClient(options.connection, this.#stop.signal);
    const worker = new BullWorker(name, (bullJob, token = '') => processor.process(bullJob, token), {
      connection: client,
      prefix,
      concurrency,
      lockDuration: lockMs,
      stalledInterval: Math.max(100, lockMs / 5),
      // Counted over the whole life of a job, deploys included: rows that end a process are counted by ourselves.
      maxStalledCount: 1_000_000,
      drainDelay: 1,
      // How long it does nothing at all after the connection has ended; 15 seconds if it is not told.
      runRetryDelay: 1_000,
      skipVersionCheck: true,
    });
    worker.on('error', () => {});
    queue.on('error', () => {});
    this.#clients.push(client);
    this.#workers.push(worker);
    this.#queues.push(queue);
  }

  async #drain(ms: number): Promise<void> {
    this.#isDraining = true;
    // To close a BullMQ worker that is being closed changes nothing, so that could not be cut short: it is paused first.
    const idle = Promise.all(this.#workers.map((worker) => worker.pause()));
    // Without Redis nothing can be committed or given back, so there is nothing to wait for.
    await atMost(idle, this.#redis.status === 'ready' ? ms : 0);
    this.#stop.abort(new ConfigurationError('The worker was stopped.'));
    await atMost(idle, STOPPING_MS);
    const closed = [...this.#workers.map((worker) => worker.close(true)), ...this.#queues.map((queue) => queue.close())];
    await atMost(Promise.all(closed), STOPPING_MS);
    for (const client of [...this.#clients, this.#redis]) client.disconnect();
    // Once a function that was left has ended too, BullMQ connects again, which would keep the process alive.
    void idle.then(() => Promise.all(this.#workers.map((worker) => worker.disconnect()))).catch(() => {});
  }
}

/** How long what was stopped may take: what waits for a Redis that is away, and functions that do not heed their signal, are left. */
const STOPPING_MS = 1_000;

/** Waits for work to end in whatever way, but not for longer than this. */
async function atMost(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work.catch(() => {}), late]);
  clearTimeout(timer);
}

/**
 * Starts to work runs of these jobs, together with all other workers on the same Redis. Warns if Redis may lose what it acknowledges.
 *
 * @throws ConfigurationError if bullmq or ioredis is missing
 * @throws ArgumentError for options that it does not have, and for what is no job
 * @example
 * const worker = startWorker({ jobs: [reprice], connection: 'redis://127.0.0.1:6379', stores, concurrency: 8 });
 * process.once('SIGTERM', () => worker.drain(20_000));
 */
export function startWorker(options: WorkerOptions): JobWorker {
  assertKnownOptions(options, OPTIONS, 'startWorker()', ArgumentError);
  const { jobs, stores } = { ...options };
  if (!Array.isArray(jobs) || jobs.length === 0 || !jobs.every((job) => job instanceof Job))
    throw new ArgumentError('startWorker() needs `jobs`: what defineJob() returned, at least one.');
  if (typeof stores?.session !== 'function')
    throw new ArgumentError('startWorker() needs `stores`: a SessionRegistry, or an object with `session(storeHash)`.');
  const queues = jobs.map(({ name, version }) => `${name}@${version}`);
  const twice = queues.find((queue, at) => queues.indexOf(queue) !== at);
  if (twice !== undefined)
    throw new ArgumentError(`startWorker(): two \`jobs\` are ${twice}. Give one of them another name, or another \`version\`.`);
  for (const name of ['concurrency', 'lockMs', 'sliceMs', 'inFlightMs'] as const) {
    const value = options[name];
    if (value !== undefined && !(name === 'inFlightMs' && value === 0)) duration(name, value);
  }
  loadBullMq();
  return new JobWorker(options);
}

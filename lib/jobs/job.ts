import { randomUUID } from 'node:crypto';
import { ArgumentError } from '../errors/argument-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { propertyOf } from '../json-object.js';
import { positive } from '../transport/option-values.js';
import { describe } from '../transport/path.js';
import { checkDefinition, type JobDefinition } from './definition.js';
import type { CheckedJob } from './engine/task.js';
import type { LocalOptions } from './file/local-options.js';
import { LocalRun } from './file/local-run.js';
import { type AnyParams, portableParams } from './params.js';
import { checkRunId } from './queue/keys.js';
import { Run, type RunPlace } from './queue/run.js';

/** A store, or what has its hash, such as an entry of a `SessionRegistry`. */
export type StoreName = string | { readonly storeHash: string };

/** Options of `job.enqueue()`. */
export interface EnqueueOptions<P> extends RunPlace {
  /** The stores to work on. */
  readonly stores: Iterable<StoreName> | AsyncIterable<StoreName>;
  /** What the functions of the job are told; JSON. */
  readonly params?: P | undefined;
  /** Names the run: the same id twice is the same run. Default: a new one. */
  readonly id?: string | undefined;
  /** How long the run is kept after its end, with what `revert()` needs, in milliseconds. Default a week. */
  readonly keepMs?: number | undefined;
}

const ENQUEUE_OPTIONS = { stores: 1, params: 1, id: 1, keepMs: 1, connection: 1, prefix: 1 } satisfies Record<
  keyof EnqueueOptions<unknown>,
  1
>;

const isListOfStores = (stores: unknown): boolean =>
  typeof stores === 'object' && stores !== null && (Symbol.iterator in stores || Symbol.asyncIterator in stores);

function hashOf(store: unknown): string {
  const hash = typeof store === 'string' ? store : propertyOf(store, 'storeHash');
  if (typeof hash === 'string' && hash !== '') return hash;
  throw new ArgumentError(`enqueue(): each of \`stores\` is a store hash such as 'abc123', got ${describe(store)}. Nothing was started.`);
}

const WEEK_MS = 7 * 24 * 3600 * 1000;

/** A job that can be run: see {@link defineJob}. */
export class Job<P = AnyParams, T extends object = object> {
  readonly name: string;
  readonly version: number;
  readonly #checked: CheckedJob;
  /** For the type checker only: the rows of the job. */
  declare readonly rowType?: T;

  /** @internal */
  constructor(name: string, definition: JobDefinition<P, T>) {
    const kind = checkDefinition(name, definition);
    this.name = name;
    this.version = definition.version ?? 1;
    this.#checked = { name, version: this.version, kind, definition };
  }

  /** @internal */
  get checked(): CheckedJob {
    return this.#checked;
  }

  /**
   * Starts a run on Redis, for workers to work on. With an id that is there already, returns that run.
   *
   * @throws ArgumentError if no store is given, the params are not JSON, or the run with this id has other params
   * @throws ConfigurationError if bullmq or ioredis is missing
   * @example
   * const run = await reprice.enqueue({ stores: ['abc123'], params: { factor: 1.1 }, connection: redis, id: 'spring' });
   * for await (const { done, total } of run) console.log(done, total);
   */
  async enqueue(options: EnqueueOptions<P>): Promise<Run> {
    assertKnownOptions(options, ENQUEUE_OPTIONS, 'enqueue()', ArgumentError);
    const { stores, params, id = randomUUID(), keepMs = WEEK_MS, ...place } = { ...options };
    if (!isListOfStores(stores))
      throw new ArgumentError(`enqueue() needs \`stores\`, an iterable of store hashes such as ['abc123'], got ${describe(stores)}.`);
    positive('keepMs', keepMs);
    const hashes = new Set<string>();
    for await (const store of stores) hashes.add(hashOf(store));
    if (hashes.size === 0) throw new ArgumentError('enqueue() needs `stores`: at least one store hash. Nothing was started.');
    const run = new Run(this.#checked, checkRunId(id), place);
    await run.start([...hashes], portableParams(params), keepMs);
    return run;
  }

  /** Returns a run by its id, from any process. @throws ArgumentError if there is none */
  async run(id: string, place: RunPlace): Promise<Run> {
    const run = new Run(this.#checked, checkRunId(id), place);
    await run.report();
    return run;
  }

  /**
   * Runs the job in this process, with a file that keeps how far it is: if the process is killed, the same call goes on. The run starts
   * when it is awaited or iterated; awaited, it gives the report.
   *
   * @throws ConfigurationError when it is awaited, if another process uses the checkpoint, or it is that of another run
   * @example
   * const { succeeded, failed } = await reprice.local({ params: { factor: 1.1 }, checkpoint: 'reprice.ndjson' });
   */
  local(options: LocalOptions<P>): LocalRun {
    return new LocalRun(this.#checked, { ...options, params: portableParams(options?.params) });
  }
}

/**
 * Defines a job: work on many records of one store or of thousands, that goes on after a kill and does each row as if once.
 *
 * @throws ArgumentError if the name or the definition is invalid; the message says what to change
 * @example
 * const reprice = defineJob('reprice', {
 *   source: ({ params }: JobContext<{ factor: number }>) => Product.where({ is_visible: true }),
 *   each: (product, { params }) => { product.price *= params.factor; },
 * });
 * await reprice.local({ params: { factor: 1.1 }, checkpoint: 'reprice.ndjson' });
 */
export function defineJob<P = AnyParams, T extends object = object>(name: string, definition: JobDefinition<P, T>): Job<P, T> {
  return new Job(name, definition);
}

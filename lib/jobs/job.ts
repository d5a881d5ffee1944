import { checkDefinition, type JobDefinition } from './definition.js';
import type { CheckedJob } from './engine/task.js';
import type { LocalOptions } from './file/local-options.js';
import { LocalRun } from './file/local-run.js';
import { type AnyParams, portableParams } from './params.js';

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
   * Runs the job in this process, with a file that keeps how far it is: if the process is killed, the same call goes on. The run starts
   * when it is awaited or iterated; awaited, it gives the report.
   *
   * @throws ConfigurationError when it is awaited, if another process uses the checkpoint, or it is that of another run
   * @example
   * const { succeeded, failed } = await reprice.local({ params: { factor: 1.1 }, checkpoint: 'reprice.ndjson' });
   */
  local(options: LocalOptions<P>): LocalRun {
    return new LocalRun(this.#checked, { ...options, params: portableParams(options.params) });
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

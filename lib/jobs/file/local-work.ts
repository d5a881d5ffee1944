import { resolve } from 'node:path';
import { ConfigurationError } from '../../errors/configuration-error.js';
import type { StoreSession } from '../../session/session.js';
import { sleep } from '../../transport/abort.js';
import type { JobContext } from '../context.js';
import { beginPartition } from '../engine/begin.js';
import { queryOf } from '../engine/reader.js';
import { type CheckedJob, waitsForRequests } from '../engine/task.js';
import { IN_FLIGHT_MS, type Turn } from '../engine/turn.js';
import { workPartition } from '../engine/work-partition.js';
import { portableParams } from '../params.js';
import type { CheckpointFile } from './checkpoint-file.js';
import { FileJournal } from './file-journal.js';
import { type FilePartition, partitionsOf } from './file-parts.js';
import type { LocalControl } from './local-control.js';
import type { LocalOptions } from './local-options.js';

const CONCURRENCY = 4;

/** What a run in this process works with. */
export interface LocalWorkInit {
  readonly job: CheckedJob;
  readonly options: LocalOptions<unknown>;
  readonly session: StoreSession;
  readonly file: CheckpointFile;
  readonly control: LocalControl;
  readonly signal: AbortSignal;
}

/** Works the partitions of a run in this process. */
export class LocalWork {
  readonly #init: LocalWorkInit;
  /** Why a partition ended before its last row. */
  error: unknown;
  /** Whether the work on a partition ended without a commit, such as when the disk is full: others stop at their next one. */
  #hasFailed = false;

  constructor(init: LocalWorkInit) {
    this.#init = init;
  }

  /** Plans the run if that has not been done, and works all partitions that have not ended. */
  async run(): Promise<void> {
    const { file, options } = this.#init;
    this.#assertOutputApart();
    if (!file.facts.has('plan')) file.keep('plan', await this.#plan());
    for (const [p, { checkpoint }] of file.parts)
      if (checkpoint.error !== undefined) file.put({ p, cp: { ...checkpoint, error: undefined, isEnded: undefined }, free: false });
    const waiting = partitionsOf(file).values();
    const work = async (): Promise<void> => {
      for (const partition of waiting) {
        if (this.#hasFailed) return;
        await this.#workUntilEnd(partition);
      }
    };
    const all = Array.from({ length: options.concurrency ?? CONCURRENCY }, () =>
      work().catch((error: unknown) => {
        this.#hasFailed = true;
        throw error;
      }),
    );
    // The file is closed after this, so nobody may work any more.
    await Promise.allSettled(all);
    await Promise.all(all);
  }

  /** @throws ConfigurationError if the output would be written over the checkpoint */
  #assertOutputApart(): void {
    const { job, options, session } = this.#init;
    const output = job.definition.output?.({ params: portableParams(options.params ?? {}), store: session.storeHash ?? '' });
    if (output !== undefined && resolve(String(output.file)) === resolve(options.checkpoint))
      throw new ConfigurationError(`The output ${output.file} is the checkpoint of this run, too. Choose another file: nothing was sent.`);
  }

  async #plan(): Promise<object[]> {
    const { kind, definition } = this.#init.job;
    if (definition.source === undefined) return [{ n: '0' }];
    const query = queryOf(definition, this.#context(1));
    const most = kind === 'write' ? 1 : (definition.partitions ?? CONCURRENCY);
    const parts = await query.partitions(most, { signal: this.#init.signal });
    return parts.map(({ from, to, rows }, at) => ({ n: String(at), from, to, rows }));
  }

  async #workUntilEnd(partition: FilePartition): Promise<void> {
    const { control, signal } = this.#init;
    while (!signal.aborted && !this.#hasFailed) {
      const { outcome, ...later } = await control.writing(() => this.#turn(partition));
      if (outcome === 'ended' || outcome === 'lost') return;
      if (outcome === 'paused') await control.whilePaused();
      if (outcome === 'later' && 'waitMs' in later) await sleep(later.waitMs, signal).catch(() => {});
    }
  }

  #turn({ name, task }: FilePartition): Promise<Turn> {
    const { job, file, control, signal, options } = this.#init;
    const { inFlightMs = IN_FLIGHT_MS } = options;
    const journal = new FileJournal(file, name, control, signal);
    return workPartition({
      journal,
      inFlightMs: waitsForRequests(job, task.mode) ? inFlightMs : 0,
      shouldYield: () => this.#hasFailed,
      begin: (checkpoint, attempt) => {
        const context = this.#context(attempt);
        return beginPartition(job, task, { context, assertOurs: () => journal.assertOurs() }, checkpoint, inFlightMs);
      },
      onError: (error) => (this.error ??= error),
    });
  }

  #context(attempt: number): JobContext<unknown> {
    const { options, session, signal } = this.#init;
    return {
      params: portableParams(options.params ?? {}),
      store: session.storeHash ?? '',
      session,
      signal,
      attempt,
      sessionOf: async (store) => {
        if (options.stores === undefined)
          throw new ConfigurationError(`This job needs the session of store ${store}: pass \`stores\` to local().`);
        return options.stores.session(store);
      },
    };
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { type JobFailure, type JobWorker, type Run, startWorker } from 'bigrecord/jobs';
import type { Stores } from '../stores/stores.js';
import type { Journal } from './journal.js';
import { canRevert, type FailedPrice, isRunning, type PriceChanges, type PriceOrder, type Progress } from './price-changes.js';
import { CHANGED_MEANWHILE, priceJob } from './price-job.js';

/** Runs stay in Redis as long as changes stay in the database, since they hold what a revert needs. */
const KEPT_MS = 90 * 86_400_000;
/** How often somebody who watches is told the progress. */
const TOLD_EVERY_MS = 300;
const CANCELLED = 'It was cancelled.';

/**
 * Runs bulk changes as jobs on Redis. They go on where they were when the app is started again, and other processes can work on them too:
 * `npx bigrecord jobs` lists them.
 */
export class QueuedPriceChanges implements PriceChanges {
  readonly #journal: Journal;
  readonly #connection: string;
  readonly #worker: JobWorker;
  readonly #closed = new AbortController();
  /** What waits for the end of a change, by its id. */
  readonly #following = new Map<string, Promise<void>>();

  private constructor(journal: Journal, stores: Stores, connection: string) {
    this.#journal = journal;
    this.#connection = connection;
    this.#worker = startWorker({
      jobs: [priceJob],
      connection,
      stores: {
        async session(storeHash) {
          const session = await stores.session(storeHash);
          if (session === undefined) throw new Error('The app was uninstalled.');
          return session;
        },
      },
    });
  }

  /** Starts to work, and goes on with changes that were running when the app was stopped. */
  static async open(journal: Journal, stores: Stores, connection: string): Promise<QueuedPriceChanges> {
    const changes = new QueuedPriceChanges(journal, stores, connection);
    for (const { id, state } of await journal.running()) changes.#follow(id, state === 'reverting');
    return changes;
  }

  async start(order: PriceOrder): Promise<string> {
    const id = await this.#journal.create(order);
    const prices = Object.fromEntries(order.prices.map(({ productId, before, after }) => [productId, [before, after] as const]));
    try {
      await priceJob.enqueue({ stores: [order.storeHash], params: { prices }, id, keepMs: KEPT_MS, connection: this.#connection });
    } catch (error) {
      await this.#journal.end(id, 'interrupted', messageOf(error));
      throw error;
    }
    this.#follow(id, false);
    return id;
  }

  async revert(storeHash: string, id: string): Promise<void> {
    const progress = await this.progress(storeHash, id);
    if (progress === undefined || !canRevert(progress)) return;
    await this.#journal.beginRevert(storeHash, id);
    this.#follow(id, true);
  }

  async progress(storeHash: string, id: string): Promise<Progress | undefined> {
    const change = await this.#journal.progress(storeHash, id);
    return change && this.#counted(change);
  }

  async *watch(storeHash: string, id: string, signal: AbortSignal): AsyncGenerator<Progress, void, undefined> {
    while (!signal.aborted) {
      const progress = await this.progress(storeHash, id);
      if (progress === undefined) return;
      yield progress;
      if (!isRunning(progress)) return;
      await delay(TOLD_EVERY_MS, undefined, { signal }).catch(() => {});
    }
  }

  async cancel(storeHash: string, id: string): Promise<void> {
    const change = await this.#journal.progress(storeHash, id);
    if (change === undefined || !isRunning(change)) return;
    const run = await this.#run(change.state === 'reverting' ? revertOf(id) : id);
    await run?.cancel();
    await this.#following.get(id);
  }

  async failures(storeHash: string, id: string, limit: number): Promise<FailedPrice[]> {
    const change = await this.#journal.progress(storeHash, id);
    if (change === undefined) return [];
    const failed = await failuresOf(await this.#run(id), limit);
    const kept = await failuresOf(await this.#run(revertOf(id)), limit);
    const prices = new Map((await this.#journal.prices(id, [...failed, ...kept].map(productIn))).map((price) => [price.productId, price]));
    const found: FailedPrice[] = [];
    for (const [state, failures] of Object.entries({ failed, kept }))
      for (const failure of failures) {
        const price = prices.get(productIn(failure));
        if (price !== undefined) found.push({ ...price, state: state === 'kept' ? 'kept' : 'failed', reason: reasonOf(failure) });
      }
    return found.slice(0, limit);
  }

  async list(storeHash: string, limit: number): Promise<Progress[]> {
    return Promise.all((await this.#journal.latest(storeHash, limit)).map((change) => this.#counted(change)));
  }

  async stop(storeHash: string): Promise<void> {
    for (const { id } of await this.#journal.running(storeHash)) await this.cancel(storeHash, id);
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await Promise.all([this.#worker.drain(), ...this.#following.values()]);
  }

  /** Notes the end of a change, or of its way back, when it has come. */
  #follow(id: string, isRevert: boolean): void {
    const following = this.#noteEnd(id, isRevert)
      .catch((error: unknown) => (this.#closed.signal.aborted ? undefined : this.#journal.end(id, 'interrupted', messageOf(error))))
      .finally(() => this.#following.delete(id));
    this.#following.set(id, following);
  }

  async #noteEnd(id: string, isRevert: boolean): Promise<void> {
    const run = await priceJob.run(id, { connection: this.#connection });
    const { signal } = this.#closed;
    const { state, stores } = await (isRevert ? run.revert({ signal }) : run.finished({ signal }));
    if (state === 'failed') await this.#journal.end(id, 'interrupted', stores.find(({ error }) => error !== undefined)?.error ?? null);
    else if (state !== 'cancelled') await this.#journal.end(id, isRevert ? 'reverted' : 'done');
    else await this.#journal.end(id, isRevert ? 'interrupted' : 'cancelled', isRevert ? CANCELLED : null);
  }

  /** Adds what the runs of a change have done. */
  async #counted(change: Progress): Promise<Progress> {
    const run = await this.#run(change.id);
    if (run === undefined) return change;
    const done = await run.report();
    const undone = await (await this.#run(revertOf(change.id)))?.report();
    const [reverted, kept] = [undone?.succeeded ?? 0, undone?.failed ?? 0];
    return { ...change, failed: done.failed, reverted, kept, written: done.succeeded - reverted - kept };
  }

  /** `undefined` if Redis has no such run, or has it no more. */
  #run(id: string): Promise<Run | undefined> {
    return priceJob.run(id, { connection: this.#connection }).catch((error: unknown) => {
      if (error instanceof Error && error.name === 'ArgumentError') return undefined;
      throw error;
    });
  }
}

const revertOf = (id: string): string => `${id}-revert`;

const productIn = ({ key }: JobFailure): number => Number(key);

async function failuresOf(run: Run | undefined, limit: number): Promise<JobFailure[]> {
  const found: JobFailure[] = [];
  for await (const failure of run?.failures() ?? []) if (found.push(failure) >= limit) break;
  return found;
}

/** Says to the user of the app why a price was not written. */
function reasonOf({ stage, status, message, errors }: JobFailure): string {
  if (stage === 'conflict') return CHANGED_MEANWHILE;
  if (status === 404) return 'The product was deleted.';
  if (status === 422) return ['The store refused it.', ...Object.values(errors).flat()].join(' ');
  return status === undefined ? message : `The store responded with ${status}.`;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

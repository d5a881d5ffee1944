import { EventEmitter, once } from 'node:events';
import { HttpError, RecordNotFoundError, StaleRecordError, UnauthorizedError, UncertainOutcomeError, ValidationError } from 'bigrecord';
import { Product } from 'bigrecord/v3';
import type { PriceRowTable } from '../database/tables.js';
import type { Stores } from '../stores/stores.js';
import type { Journal } from './journal.js';
import { canRevert, type FailedPrice, isRunning, type PriceChanges, type PriceOrder, type Progress } from './price-changes.js';

/** Prices that are written together: two requests of ten, after one that reads whether they are as expected. A change is cancelled between. */
const BATCH = 20;
/** The progress is told this often, at most. */
const TOLD_EVERY_MS = 100;
/** The progress is told this often, at least, so that no proxy closes the connection. */
const TOLD_AFTER_MS = 15_000;

/** A run in this process. */
interface Run {
  readonly storeHash: string;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

/** Which rows of the journal are written, in which direction. */
interface Direction {
  readonly states: readonly PriceRowTable['state'][];
  readonly from: 'before' | 'after';
  readonly to: 'before' | 'after';
  readonly done: 'written' | 'reverted';
}

const APPLY: Direction = { states: ['pending'], from: 'before', to: 'after', done: 'written' };
const REVERT: Direction = { states: ['written'], from: 'after', to: 'before', done: 'reverted' };

/** Why a run ends before its end. */
const CANCELLED = 'It was cancelled.';
const STOPPED = 'The app was stopped while it ran.';

async function end({ controller, ended }: Run, reason: string): Promise<void> {
  controller.abort(reason);
  await ended;
}

/** Runs bulk changes inside this process. */
export class LocalPriceChanges implements PriceChanges {
  readonly #journal: Journal;
  readonly #stores: Stores;
  readonly #runs = new Map<string, Run>();
  /** Emits the id of a change after each step. */
  readonly #steps = new EventEmitter().setMaxListeners(0);

  constructor(journal: Journal, stores: Stores) {
    this.#journal = journal;
    this.#stores = stores;
  }

  async start(order: PriceOrder): Promise<string> {
    const id = await this.#journal.create(order);
    this.#launch(order.storeHash, id, APPLY);
    return id;
  }

  async revert(storeHash: string, id: string): Promise<void> {
    const progress = await this.progress(storeHash, id);
    if (progress === undefined || !canRevert(progress)) return;
    // Of an interrupted change nobody knows whether the last prices were written. Those that are not as it wrote them stay as they are.
    const wasInterrupted = await this.#journal.beginRevert(storeHash, id);
    this.#launch(storeHash, id, wasInterrupted ? { ...REVERT, states: ['written', 'pending'] } : REVERT);
  }

  progress(storeHash: string, id: string): Promise<Progress | undefined> {
    return this.#journal.progress(storeHash, id);
  }

  async *watch(storeHash: string, id: string, signal: AbortSignal): AsyncGenerator<Progress, void, undefined> {
    while (!signal.aborted) {
      const step = this.#nextStep(id, signal);
      const progress = await this.progress(storeHash, id);
      if (progress === undefined) return;
      yield progress;
      if (!isRunning(progress)) return;
      await step;
    }
  }

  async cancel(storeHash: string, id: string): Promise<void> {
    const run = this.#runs.get(id);
    if (run?.storeHash === storeHash) await end(run, CANCELLED);
  }

  failures(storeHash: string, id: string, limit: number): Promise<FailedPrice[]> {
    return this.#journal.failures(storeHash, id, limit);
  }

  list(storeHash: string, limit: number): Promise<Progress[]> {
    return this.#journal.latest(storeHash, limit);
  }

  async stop(storeHash: string): Promise<void> {
    for (const run of this.#runs.values()) if (run.storeHash === storeHash) await end(run, CANCELLED);
  }

  async close(): Promise<void> {
    for (const run of this.#runs.values()) await end(run, STOPPED);
  }

  #launch(storeHash: string, id: string, direction: Direction): void {
    const controller = new AbortController();
    const ended = this.#run(storeHash, id, direction, controller.signal).finally(() => {
      this.#runs.delete(id);
      this.#steps.emit(id);
    });
    this.#runs.set(id, { storeHash, controller, ended });
  }

  async #run(storeHash: string, id: string, direction: Direction, signal: AbortSignal): Promise<void> {
    try {
      let last = 0;
      while (!signal.aborted) {
        const rows = await this.#journal.rows(id, direction.states, last, BATCH);
        if (rows.length === 0) break;
        await this.#write(storeHash, id, rows, direction);
        last = rows.at(-1)?.product_id ?? 0;
      }
      if (!signal.aborted) await this.#journal.end(id, direction.done === 'written' ? 'done' : 'reverted');
      else if (signal.reason === CANCELLED && direction.done === 'written') await this.#journal.end(id, 'cancelled');
      else await this.#journal.end(id, 'interrupted', String(signal.reason));
    } catch (error) {
      await this.#journal.end(id, 'interrupted', error instanceof Error ? error.message : String(error));
    }
  }

  /**
   * Writes one batch. The records are made from the journal, as they were read before; with `ifUnchanged` a price that somebody has changed
   * meanwhile is refused.
   */
  async #write(storeHash: string, id: string, rows: readonly PriceRowTable[], { from, to, done }: Direction): Promise<void> {
    const session = await this.#stores.session(storeHash);
    if (session === undefined) throw new Error('The app was uninstalled.');
    const StoreProduct = Product.using(session);
    const products = rows.map((row) => {
      const product = StoreProduct.load({ id: row.product_id, price: row[from] });
      product.price = row[to];
      return product;
    });
    const wasPending = new Set(rows.filter(({ state }) => state === 'pending').map(({ product_id }) => product_id));
    for await (const { record, error } of StoreProduct.saveMany(products, { ifUnchanged: true })) {
      if (error instanceof UnauthorizedError) throw error;
      if (error === undefined) await this.#journal.settle(id, record.id, done, null);
      else if (done === 'written') await this.#journal.settle(id, record.id, 'failed', reasonOf(error));
      else if (!wasPending.has(record.id)) await this.#journal.settle(id, record.id, 'kept', reasonOf(error));
      this.#steps.emit(id);
    }
  }

  /** Resolves after the next step, or when the progress should be told anyway. */
  async #nextStep(id: string, signal: AbortSignal): Promise<void> {
    const over = AbortSignal.any([signal, AbortSignal.timeout(TOLD_AFTER_MS)]);
    await once(this.#steps, id, { signal: over }).catch(() => {});
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, TOLD_EVERY_MS));
  }
}

/** Says to the user of the app why a price was not written. */
function reasonOf(error: Error): string {
  if (error instanceof StaleRecordError) return 'Somebody has changed the price meanwhile.';
  if (error instanceof RecordNotFoundError) return 'The product was deleted.';
  if (error instanceof UncertainOutcomeError) return 'The store did not respond: look whether the price is right.';
  if (error instanceof ValidationError) return ['The store refused it.', ...Object.values(error.errors).flat()].join(' ');
  if (error instanceof HttpError) return `The store responded with ${error.status}.`;
  return error.message;
}

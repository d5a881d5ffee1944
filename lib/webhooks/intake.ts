import { ClientGone } from './body.js';
import { DeliveredChanges } from './delivered-changes.js';
import { eventFrom } from './delivery.js';
import { MemoryDuplicates } from './duplicates.js';
import { distinguish, type WebhookEvent } from './event.js';
import type { CheckedOptions } from './handler-options.js';
import type { HeaderSource } from './headers.js';
import { type QueuedEvent, reasonOf } from './queue.js';
import { type Reporter, warn } from './report.js';
import type { Reply } from './respond.js';
import { verifySecretHeaders } from './secret-headers.js';
import { WebhookError } from './webhook-error.js';
import { EventWorker } from './worker.js';

/** A delivery as it comes in. Each part is asked for when it is needed: frameworks may throw when they are asked. */
export interface Delivery {
  method(): string | undefined;
  headers(): HeaderSource;
  body(): Promise<unknown>;
}

const CLOSING = 'The handler is closing; send the delivery again.';

/** Accepts deliveries: verifies them, queues their events and hands those to the worker. */
export class Intake {
  readonly worker: EventWorker;
  readonly #options: CheckedOptions;
  readonly #report: Reporter;
  /** Hashes of what this handler has accepted: they identify a second file of the same event. */
  readonly #accepted = new MemoryDuplicates();
  /** Which changes have been delivered, for the reconciliation. */
  readonly changes = new DeliveredChanges();
  readonly #storing = new Set<Promise<unknown>>();
  #isClosed = false;

  constructor(options: CheckedOptions, report: Reporter) {
    this.#options = options;
    this.#report = report;
    this.worker = new EventWorker({ ...options, onEvent: (event) => options.onEvent(distinguish(event)), report }, ({ hash }) =>
      this.#accepted.delete(hash),
    );
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** @throws WebhookError once it accepts no more */
  assertOpen(): void {
    if (this.#isClosed) throw new WebhookError(CLOSING, 503);
  }

  /** Accepts no more. */
  close(): void {
    this.#isClosed = true;
  }

  /** Waits until the events that are being stored are stored, or refused. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#storing);
  }

  /** Never rejects; resolves to `undefined` if the client has gone. */
  async accept(delivery: Delivery): Promise<Reply | undefined> {
    try {
      if (delivery.method() !== 'POST') return { status: 405, text: 'Deliveries are sent by POST.' };
      if (this.#isClosed) return { status: 503, text: CLOSING };
      const { secretHeaders } = this.#options;
      if (secretHeaders !== undefined) verifySecretHeaders(delivery.headers(), secretHeaders);
      const event = eventFrom(await delivery.body(), delivery.headers(), this.#options);
      await this.#track(this.#store(event));
      return { status: 200, text: 'ok' };
    } catch (error) {
      if (error instanceof ClientGone) return undefined;
      if (error instanceof WebhookError) return { status: error.status, text: error.message };
      warn(`a delivery could not be read: ${reasonOf(error)}`);
      return { status: 500, text: 'The delivery could not be read.' };
    }
  }

  /**
   * Takes in an event that was not delivered, as if it had been; `false` if it is known already.
   *
   * @throws what the queue or the store of duplicates throws: the event is not accepted
   */
  async forward(event: WebhookEvent): Promise<boolean> {
    this.assertOpen();
    return this.#track(this.#push(event));
  }

  /** Takes up an event that is pending in the queue and claimed; whether it is new to this handler. */
  takeUp(queued: QueuedEvent): boolean {
    const isNew = this.#accepted.add(queued.event.hash);
    this.changes.add(queued.event);
    this.worker.add(queued, isNew ? 'process' : 'remove');
    return isNew;
  }

  /** Stores an event. One that cannot be stored is not accepted: the platform is told so, and sends it again. */
  async #store(event: WebhookEvent): Promise<void> {
    try {
      this.assertOpen();
      await this.#push(event);
    } catch (error) {
      this.#report(error, event, { attempts: 0, willRetry: false });
      if (error instanceof WebhookError) throw error;
      throw new WebhookError('The delivery could not be stored; send it again.', 503, { cause: error });
    }
  }

  /** Whether the event is new. */
  async #push(event: WebhookEvent): Promise<boolean> {
    const { queue, duplicates } = this.#options;
    // Queued first: an event that the queue could not store is not a duplicate when it comes again.
    const queued = await queue.push(event);
    let isNew = false;
    try {
      isNew = await duplicates.add(event.hash);
    } finally {
      // If the hash could not be compared, the event is not accepted, and must not be found later either.
      this.worker.add(queued, isNew ? 'process' : 'remove');
    }
    if (isNew) this.#accepted.add(event.hash);
    this.changes.add(event);
    return isNew;
  }

  /** Counts work that `settled()` waits for. */
  async #track<T>(work: Promise<T>): Promise<T> {
    this.#storing.add(work);
    return work.finally(() => this.#storing.delete(work));
  }
}

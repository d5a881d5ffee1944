import type { WebhookEvent } from './event.js';
import type { EventQueue, QueuedEvent } from './queue.js';

/** Details of a failure that `onError` is called for. */
export interface EventFailure {
  /** Attempts so far, including those of earlier processes; 0 if the event was not accepted. */
  readonly attempts: number;
  /** Whether the event is retried. If not, it is among the queue's dead letters, or was never accepted. */
  readonly willRetry: boolean;
}

/** Options of an {@link EventWorker}. */
export interface WorkerOptions {
  readonly queue: EventQueue;
  onEvent(event: WebhookEvent): unknown;
  report(error: unknown, event: WebhookEvent, failure: EventFailure): void;
  readonly concurrency: number;
  readonly retryMs: number;
  readonly maxAttempts: number;
}

interface Job {
  readonly queued: QueuedEvent;
  /** The next step. Once `onEvent` has succeeded it is not called again, even if the queue fails. */
  next: 'process' | 'remove' | 'bury';
  attempts: number;
  /** How often the queue failed to remove or bury it. */
  failures: number;
  lastError?: unknown;
}

const LONGEST_RETRY_MS = 60_000;

/** Processes claimed events, a few at a time, and retries those that fail. */
export class EventWorker {
  readonly #options: WorkerOptions;
  readonly #jobs = new Map<string, Job>();
  readonly #waiting: Job[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Called when an event leaves this worker unprocessed: buried, or taken over by another process. */
  readonly #onGone: (event: WebhookEvent) => void;
  #isClosed = false;

  constructor(options: WorkerOptions, onGone: (event: WebhookEvent) => void) {
    this.#options = options;
    this.#onGone = onGone;
  }

  has(id: string): boolean {
    return this.#jobs.has(id);
  }

  /** Adds an event to process, or only to remove from the queue. */
  add(queued: QueuedEvent, next: 'process' | 'remove' = 'process'): void {
    const job: Job = { queued, next, attempts: queued.attempts ?? 0, failures: 0 };
    this.#jobs.set(queued.id, job);
    this.#waiting.push(job);
    setImmediate(() => this.#pump());
  }

  async idle(): Promise<void> {
    while (!this.#isClosed && this.#jobs.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** Finishes the events under way, and releases the rest to the queue. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(this.#running);
    await Promise.all([...this.#jobs.values()].map((job) => this.#giveBack(job)));
    this.#jobs.clear();
  }

  #pump(): void {
    while (!this.#isClosed && this.#running.size < this.#options.concurrency) {
      const job = this.#waiting.shift();
      if (job === undefined) return;
      const run: Promise<void> = this.#run(job).finally(() => {
        this.#running.delete(run);
        this.#pump();
      });
      this.#running.add(run);
    }
  }

  /** Never rejects. */
  async #run(job: Job): Promise<void> {
    if (job.next === 'process') await this.#process(job);
    if (job.next !== 'process') await this.#finish(job);
  }

  async #process(job: Job): Promise<void> {
    const { onEvent, report, maxAttempts } = this.#options;
    const { event, id } = job.queued;
    if (job.attempts >= maxAttempts) return this.#giveUp(job, new Error(`The process ended during attempt ${job.attempts}.`));
    if (!(await this.#begin(job))) {
      this.#jobs.delete(id);
      this.#onGone(event);
      return;
    }
    try {
      await onEvent(event);
      job.next = 'remove';
    } catch (error) {
      if (job.attempts >= maxAttempts) return this.#giveUp(job, error);
      report(error, event, { attempts: job.attempts, willRetry: true });
      this.#later(job, job.attempts - 1);
    }
  }

  #giveUp(job: Job, error: unknown): void {
    this.#options.report(error, job.queued.event, { attempts: job.attempts, willRetry: false });
    job.next = 'bury';
    job.lastError = error;
  }

  /** Counts the attempt, and tells whether the event is still ours. If the queue cannot count, the event is processed anyway. */
  async #begin(job: Job): Promise<boolean> {
    const { queue, report } = this.#options;
    job.attempts++;
    try {
      if (queue.begin === undefined) return true;
      const attempts = await queue.begin(job.queued.id);
      job.attempts = attempts ?? job.attempts;
      return attempts !== undefined;
    } catch (error) {
      report(error, job.queued.event, { attempts: job.attempts, willRetry: true });
      return true;
    }
  }

  async #finish(job: Job): Promise<void> {
    const { queue, report, maxAttempts } = this.#options;
    const { event, id } = job.queued;
    try {
      if (job.next === 'remove') await queue.done(id);
      else await queue.bury?.(id, job.lastError);
      this.#jobs.delete(id);
      if (job.next === 'bury') this.#onGone(event);
    } catch (error) {
      const willRetry = ++job.failures < maxAttempts;
      report(error, event, { attempts: job.attempts, willRetry });
      if (willRetry) this.#later(job, job.failures - 1);
      else this.#jobs.delete(id);
    }
  }

  #later(job: Job, failures: number): void {
    if (this.#isClosed) return;
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        this.#waiting.push(job);
        this.#pump();
      },
      Math.min(LONGEST_RETRY_MS, this.#options.retryMs * 2 ** Math.min(failures, 30)),
    );
    this.#timers.add(timer);
  }

  /** Releases an event; one that is processed already is removed, so that it is not processed again. */
  async #giveBack(job: Job): Promise<void> {
    const { queue, report } = this.#options;
    const { event, id } = job.queued;
    try {
      if (job.next === 'remove') await queue.done(id);
      else await queue.release?.(id);
    } catch (error) {
      report(error, event, { attempts: job.attempts, willRetry: false });
    }
  }
}

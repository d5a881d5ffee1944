import type { WebhookEvent } from './event.js';
import type { EventQueue, QueuedEvent } from './queue.js';

/** What else is known of a failure that `onError` is told. */
export interface EventFailure {
  /** Attempts made so far, also by earlier processes; 0 where the event was not accepted. */
  readonly attempts: number;
  /** Whether it is tried again. Where not, the event is among the queue's dead letters, or it was never accepted. */
  readonly willRetry: boolean;
}

/** What an {@link EventWorker} works with. */
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
  /** What is to be done next. Once `onEvent` has succeeded it is not called again, even if the queue fails. */
  next: 'process' | 'remove' | 'bury';
  attempts: number;
  /** Failures of the queue to remove or bury it. */
  failures: number;
  lastError?: unknown;
}

const LONGEST_RETRY_MS = 60_000;

/** Processes claimed events, a few at a time, and those that fail again later. */
export class EventWorker {
  readonly #options: WorkerOptions;
  readonly #jobs = new Map<string, Job>();
  readonly #waiting: Job[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Called when an event has left this worker without being processed: buried, or taken over by another process. */
  readonly #onGone: (event: WebhookEvent) => void;
  #isClosed = false;

  constructor(options: WorkerOptions, onGone: (event: WebhookEvent) => void) {
    this.#options = options;
    this.#onGone = onGone;
  }

  has(id: string): boolean {
    return this.#jobs.has(id);
  }

  /** Takes an event to process, or only to remove from the queue. */
  add(queued: QueuedEvent, next: 'process' | 'remove' = 'process'): void {
    const job: Job = { queued, next, attempts: queued.attempts ?? 0, failures: 0 };
    this.#jobs.set(queued.id, job);
    this.#waiting.push(job);
    setImmediate(() => this.#pump());
  }

  async idle(): Promise<void> {
    while (!this.#isClosed && this.#jobs.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** Finishes what is under way, and gives the rest back to the queue. */
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
    if (job.next !== 'process') await this.#settle(job);
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

  /** Counts the attempt; whether the event is still ours. A queue that cannot count costs the count, not the event. */
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

  async #settle(job: Job): Promise<void> {
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

  /** What was processed and could not be removed is not given back: it would be processed again. */
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

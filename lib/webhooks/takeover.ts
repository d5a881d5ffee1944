import type { WebhookEvent } from './event.js';
import type { CheckedOptions } from './handler-options.js';
import type { Intake } from './intake.js';
import { type QueuedEvent, reasonOf } from './queue.js';
import { type Reporter, warn } from './report.js';

/** Takes up pending events that belong to no living process: at the start of a process, and again at intervals. */
export class Takeover {
  readonly #options: CheckedOptions;
  readonly #intake: Intake;
  readonly #report: Reporter;
  #running: Promise<number> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: CheckedOptions, intake: Intake, report: Reporter) {
    this.#options = options;
    this.#intake = intake;
    this.#report = report;
  }

  /** @returns how many events were taken up */
  async resume(): Promise<number> {
    if (this.#intake.isClosed) return 0;
    const taken = await this.#once();
    const { queue, takeoverMs } = this.#options;
    if (queue.claim !== undefined && !this.#intake.isClosed)
      this.#timer ??= setInterval(() => void this.#once().catch((error) => warn(reasonOf(error))), takeoverMs).unref();
    return taken;
  }

  /** Stops, and waits for a run under way. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.allSettled([this.#running]);
  }

  /** One run at a time; a call in the meantime gets the same result. */
  #once(): Promise<number> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<number> {
    const pending = await this.#options.queue.pending();
    await this.#intake.settled(); // by then the worker knows what was pushed while the list was made
    let taken = 0;
    for (const queued of pending) {
      if (this.#intake.isClosed) break;
      if (!(await this.#claim(queued))) continue;
      if (this.#intake.takeUp(queued)) taken++;
      this.#remember(queued.event);
    }
    return taken;
  }

  async #claim({ id, event, attempts = 0 }: QueuedEvent): Promise<boolean> {
    try {
      return !this.#intake.worker.has(id) && (await this.#options.queue.claim?.(id)) !== false;
    } catch (error) {
      this.#report(error, event, { attempts, willRetry: true });
      return false;
    }
  }

  /** Remembers an event for the platform's repetitions. If that fails, what was accepted is processed all the same. */
  #remember(event: WebhookEvent): void {
    const failed = (error: unknown): void => this.#report(error, event, { attempts: 0, willRetry: true });
    try {
      Promise.resolve(this.#options.duplicates.add(event.hash)).catch(failed);
    } catch (error) {
      failed(error);
    }
  }
}

/** A write that was created and not started yet. It does not hold on to the work itself. */
export interface DeferredWrite {
  /** `deleteAll() of Product` */
  readonly what: string;
  /** `await it` */
  readonly start: string;
  /** `at nightly (file:///app/job.js:10:5)` */
  readonly line: string | undefined;
  readonly session: WeakRef<object> | undefined;
}

/** A program that forgets more writes than this is warned of the last ones. */
const MAX_REMEMBERED = 1000;

/** Remembers the writes of the process that were not started yet, the oldest first, and warns of those that never will be. */
class DeferredWrites {
  readonly #waiting = new Set<DeferredWrite>();
  #isListening = false;

  /** Remembers a write until it is started. */
  add(write: DeferredWrite): void {
    if (!this.#isListening) process.on('exit', () => this.#warnOf(() => true));
    this.#isListening = true;
    this.#waiting.add(write);
    const [oldest] = this.#waiting;
    if (this.#waiting.size > MAX_REMEMBERED && oldest !== undefined) this.#waiting.delete(oldest);
  }

  started(write: DeferredWrite): void {
    this.#waiting.delete(write);
  }

  /** Warns of the writes on this session that were never started: when it closes, they cannot be any more. */
  closed(session: object): void {
    this.#warnOf((write) => write.session?.deref() === session);
  }

  #warnOf(isDue: (write: DeferredWrite) => boolean): void {
    for (const write of [...this.#waiting].filter(isDue)) {
      this.#waiting.delete(write);
      const { what, start, line } = write;
      const warning = new Error(
        `bigrecord: ${what} was never started, so nothing of it was sent: ${start}. It was created ${line ?? 'at an unknown place'}.`,
      );
      warning.name = 'BigRecordWarning';
      // Emitted at once: emitWarning() waits for a tick, and a process that exits has none left.
      process.emit('warning', warning);
    }
  }
}

/** One for the process, since a process exits once. */
export const deferredWrites = new DeferredWrites();

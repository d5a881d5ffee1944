/** A write that was asked for and not begun yet. It does not hold on to the work itself. */
export interface Unstarted {
  /** `deleteAll() of Product` */
  readonly what: string;
  /** `at nightly (file:///app/job.js:10:5)` */
  readonly line: string | undefined;
  readonly session: WeakRef<object> | undefined;
}

/** The writes that were not begun yet, the oldest first. A program that forgets more than these is told of the last ones. */
const waiting = new Set<Unstarted>();
const MOST = 1000;
let isListening = false;

/** Remembers a write until it is begun. */
export function remember(unstarted: Unstarted): void {
  if (!isListening) {
    isListening = true;
    process.on('exit', () => warn(() => true));
  }
  waiting.add(unstarted);
  for (const oldest of waiting) {
    if (waiting.size <= MOST) break;
    waiting.delete(oldest);
  }
}

export const forget = (unstarted: Unstarted): void => void waiting.delete(unstarted);

/** Warns of the writes that were asked for on this session and never begun: its end is theirs. */
export const warnOfUnstarted = (session: object): void => warn((each) => each.session?.deref() === session);

function warn(isDue: (unstarted: Unstarted) => boolean): void {
  for (const unstarted of [...waiting]) {
    if (!isDue(unstarted)) continue;
    waiting.delete(unstarted);
    const { what, line } = unstarted;
    const warning = new Error(
      `bigrecord: ${what} was never started, so nothing of it was sent: await it, or iterate it. It was made ${line ?? 'at an unknown place'}.`,
    );
    warning.name = 'BigRecordWarning';
    // Told at once: emitWarning() waits for a tick, and a process that exits has none left.
    process.emit('warning', warning);
  }
}

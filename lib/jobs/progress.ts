import { sleep } from '../transport/abort.js';
import type { JobProgress, JobReport } from './report.js';

/** Reports come faster at first, so that short runs are seen too. */
const FIRST_MS = 50;
const LONGEST_MS = 1000;
/** Older rows count less, by half after about 20 seconds. */
const MEMORY_MS = 30_000;

/** Yields the progress of a run until it has ended: at most once a second, when it has changed. */
export async function* progressOf(
  look: () => Promise<JobReport>,
  isOver: (report: JobReport) => boolean,
  changed?: () => Promise<unknown>,
): AsyncGenerator<JobProgress, void, undefined> {
  const pace = new Pace();
  let shown = '';
  for (let wait = FIRST_MS; ; wait = Math.min(LONGEST_MS, wait * 2)) {
    const report = await look();
    const progress = { ...report, ...pace.of(report) };
    const seen = JSON.stringify([report.state, report.done, report.failed, report.total]);
    if (seen !== shown || isOver(report)) yield progress;
    shown = seen;
    if (isOver(report)) return;
    await Promise.race([sleep(wait), ...(changed === undefined ? [] : [changed()])]);
  }
}

/** The rows that a store has done, and the time that it took: what is long ago counts less. */
interface Recent {
  readonly done: number;
  readonly rows: number;
  readonly ms: number;
}

/** Measures how fast the stores of a run get on. */
class Pace {
  #at: number | undefined;
  readonly #stores = new Map<string, Recent>();

  of({ stores }: JobReport): Pick<JobProgress, 'rate' | 'leftMs'> {
    const now = performance.now();
    const elapsed = this.#at === undefined ? 0 : now - this.#at;
    this.#at = now;
    let rate = 0;
    let leftMs: number | undefined = stores.length === 0 ? undefined : 0;
    for (const { store, done, total } of stores) {
      const own = this.#rateOf(store, done, elapsed);
      rate += own;
      const left = total === undefined ? Number.NaN : total <= done ? 0 : ((total - done) / own) * 1000;
      leftMs = leftMs === undefined || !Number.isFinite(left) ? undefined : Math.max(leftMs, left);
    }
    return { rate, leftMs };
  }

  /** Returns the rows per second of a store. Rows and time fade alike, so a young run is measured as well as an old one. */
  #rateOf(store: string, done: number, elapsed: number): number {
    const known = this.#stores.get(store);
    const fading = Math.exp(-elapsed / MEMORY_MS);
    const recent = known
      ? { done, rows: known.rows * fading + done - known.done, ms: known.ms * fading + elapsed }
      : { done, rows: 0, ms: 0 };
    this.#stores.set(store, recent);
    return recent.ms > 0 ? (recent.rows / recent.ms) * 1000 : 0;
  }
}

import { interruption } from '../interruption.js';
import { counted, duration } from '../quantities.js';
import { openStore, type StoreOptions } from '../store/open-store.js';
import type { Terminal } from '../terminal.js';
import type { Output } from './checkpoint.js';
import { reporter } from './events.js';
import type { Selection } from './export-query.js';
import { exportRows } from './export-rows.js';
import { modelNamed } from './model-named.js';
import type { Progress } from './progress.js';
import { formatOf } from './row-format.js';

/** Options of `bigrecord export`. */
export interface ExportOptions extends StoreOptions, Selection {
  readonly format?: string;
  readonly restart?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Runs `bigrecord export`. @param given the file; none or `-` for the standard output */
export async function runExport(model: string, given: string | undefined, options: ExportOptions, terminal: Terminal): Promise<void> {
  const file = given === '-' ? undefined : given;
  const named = modelNamed(model);
  const format = formatOf(file ?? '', options.format);
  const report = reporter(terminal, options, file === undefined);
  const { signal } = interruption();
  const store = await openStore(options);
  const begunAt = performance.now();
  // A request that hangs must not keep Ctrl-C waiting.
  signal.addEventListener('abort', () => void store.session.close({ abort: true }).catch(() => {}), { once: true });
  let progress: Progress | undefined;
  let requests = 0;
  store.session.on('request', () => requests++);
  try {
    const { restart = false, force = false } = options;
    const plan = { named, session: store.session, selection: options, format, file, restart, force, store: store.identity };
    const result = await exportRows(plan, new StandardOutput(), {
      started({ total, before, note }) {
        if (note !== undefined) report.say(note);
        if (before > 0) report.say(`Continues an interrupted export of ${named.name} after ${counted(before, 'row')}.`);
        report.event('started', { model: named.name, store: store.name, format, file: file ?? null, total: total ?? null, before });
        progress = report.progress({ unit: 'rows', total, before });
      },
      progressed(rows) {
        signal.throwIfAborted();
        progress?.update({ done: rows });
      },
    });
    progress?.stop();
    const ms = Math.round(performance.now() - begunAt);
    report.event('done', { ...result, file: file ?? null, ms, requests });
    if (file !== undefined)
      report.say(
        `Wrote ${counted(result.rows, 'row')} of ${named.name} (${counted(result.bytes, 'byte')}) to ${file} in ${duration(ms)}, with ${counted(requests, 'request')}.`,
      );
  } catch (error) {
    if (error instanceof OutputClosed || (signal.aborted && process.stdout.destroyed)) return;
    throw signal.aborted && file !== undefined ? interrupted(file) : error;
  } finally {
    progress?.stop();
    await store.close({ abort: true });
  }
}

const interrupted = (file: string): Error => new Error(`Interrupted: the same command goes on with ${file}.`);

/** Nobody reads the standard output any more, as after `| head`, or it cannot be written, which the terminal has told. */
class OutputClosed extends Error {}

/** Writes to the standard output no faster than it is read. */
class StandardOutput implements Output {
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  async write(text: string): Promise<void> {
    if (text === '') return;
    this.#bytes += Buffer.byteLength(text);
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(text, (error) => (error ? reject(new OutputClosed()) : resolve()));
    });
  }
}

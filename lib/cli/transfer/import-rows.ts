import { saveMany } from '../../bulk/bulk-writes.js';
import { CircuitOpenError } from '../../errors/circuit-open-error.js';
import { ForbiddenError } from '../../errors/forbidden-error.js';
import { NetworkError } from '../../errors/network-error.js';
import { UnauthorizedError } from '../../errors/unauthorized-error.js';
import type { ModelScope } from '../../record/model-scope.js';
import { contextOf } from '../../record/record-base.js';
import { reasonOf } from '../../session/safe-call.js';
import type { RequestDescription } from '../../transport/request.js';
import { type Failures, problemsOf } from './failures.js';
import type { Candidate, Candidates } from './import-candidates.js';
import type { Problems } from './import-columns.js';
import type { ImportJournal, Outcome } from './import-journal.js';
import type { KeyMap } from './key-map.js';
import type { FileRow } from './row-reader.js';

/** What an import works with. */
export interface ImportParts {
  readonly scope: ModelScope<object>;
  readonly candidates: Candidates;
  readonly journal: ImportJournal;
  readonly failures: Failures;
  readonly keys: KeyMap;
  /** Aborted to stop reading rows. What was sent is waited for. */
  readonly signal: AbortSignal;
  progressed(): void;
}

/** A row whose record is sent. */
type Sent = Extract<Candidate, { kind: 'create' | 'update' }>;

/** How many rows are looked at together. Few, since after a kill those in doubt have to be looked up. */
const WINDOW = 100;

/** How often notes are written to the files, at most. */
const FLUSH_EVERY_MS = 20;

/** Imports rows: turns them into records, saves these in batches, and notes what became of each. */
export class Importer {
  readonly #parts: ImportParts;
  readonly #sent = new Map<object, Sent>();
  #deferred: FileRow[] = [];
  #fatal: unknown;
  #flushedAt = 0;

  constructor(parts: ImportParts) {
    this.#parts = parts;
  }

  /** @throws Error if it had to stop: the store cannot be reached, or refuses the token */
  async run(rows: AsyncIterable<FileRow>): Promise<void> {
    await this.#save(rows);
    await this.#saveDeferred();
    await this.#flush();
    if (this.#fatal !== undefined)
      throw new Error(`Stopped: ${reasonOf(this.#fatal)} The same command goes on with the rows that are left.`, { cause: this.#fatal });
  }

  /** Plans without sending anything: counts what would become of the rows, and returns the first requests. */
  async plan(rows: AsyncIterable<FileRow>, shown: number): Promise<{ requests: RequestDescription[]; creates: number; updates: number }> {
    const first: object[] = [];
    const counts = { create: 0, update: 0 };
    for await (const candidate of this.#candidates(rows)) {
      counts[candidate.kind]++;
      if (first.length < shown) first.push(candidate.record);
    }
    // Rows that refer to others of the file would be created after these.
    counts.create += this.#deferred.length;
    return { requests: await saveMany(this.#parts.scope, first, {}).dryRun(), creates: counts.create, updates: counts.update };
  }

  get #isStopped(): boolean {
    return this.#fatal !== undefined || this.#parts.signal.aborted;
  }

  async #save(rows: AsyncIterable<FileRow> | Iterable<FileRow>): Promise<void> {
    for await (const { record, error } of saveMany(this.#parts.scope, this.#records(rows), {})) {
      const candidate = this.#sent.get(record);
      if (candidate === undefined) continue;
      this.#sent.delete(record);
      this.#noteSaved(candidate, error);
      if (performance.now() - this.#flushedAt > FLUSH_EVERY_MS) await this.#flush();
    }
  }

  /** Saves the rows that had to wait for others, as long as that brings any further. */
  async #saveDeferred(): Promise<void> {
    while (this.#deferred.length > 0 && !this.#isStopped) {
      const rows = this.#deferred;
      this.#deferred = [];
      await this.#save(rows);
      if (this.#deferred.length < rows.length) continue;
      for (const row of this.#deferred) this.#fail(row, { base: ['It refers to a row of this file that was not created.'] });
      this.#deferred = [];
    }
  }

  async *#records(rows: AsyncIterable<FileRow> | Iterable<FileRow>): AsyncGenerator<object, void, undefined> {
    for await (const candidate of this.#candidates(rows)) {
      this.#sent.set(candidate.record, candidate);
      yield candidate.record;
    }
  }

  /** Yields what is to be sent. The outcome of what needs no request is noted. */
  async *#candidates(rows: AsyncIterable<FileRow> | Iterable<FileRow>): AsyncGenerator<Sent, void, undefined> {
    const { candidates, journal } = this.#parts;
    for await (const window of windows(rows)) {
      const open = window.filter(({ number }) => !journal.isDone(number));
      if (open.length === 0) continue;
      const all = await candidates.of(open, (row) => journal.isInDoubt(row));
      const wanted = all.flatMap((each) => (each.kind === 'create' || each.kind === 'update' ? each : []));
      for (const each of all) this.#noteUnsent(each);
      await this.#flush();
      await journal.take(wanted.map(({ from }) => from.number));
      for (const [at, each] of wanted.entries()) {
        if (this.#isStopped) {
          // Rows that were taken and not sent are not in doubt.
          for (const { from } of wanted.slice(at)) journal.release(from.number);
          return;
        }
        yield each;
      }
    }
  }

  #noteUnsent(candidate: Candidate): void {
    const { from, kind } = candidate;
    if (kind === 'failed') this.#fail(from, candidate.problems);
    else if (kind === 'deferred') this.#deferred.push(from);
    else if (kind === 'unchanged' || kind === 'skipped') this.#done(from, kind, candidate.record);
    else if (kind === 'found') this.#done(from, 'created', candidate.record);
  }

  #noteSaved({ kind, from, record }: Sent, error: Error | undefined): void {
    if (error === undefined) this.#done(from, kind === 'create' ? 'created' : 'updated', record);
    else if (isFatal(error)) {
      this.#fatal ??= error;
      this.#parts.journal.release(from.number);
    } else this.#fail(from, this.#withKey(record, kind, problemsOf(error)));
  }

  /** Tells that a record was created, if only its related rows failed: who imports its row again would create another one. */
  #withKey(record: object, kind: Sent['kind'], problems: Problems): Problems {
    const { key } = this.#parts.scope.resource;
    if (kind === 'update' || contextOf(record).isNew) return problems;
    const created = `It was created, with the ${key} ${String(Reflect.get(record, key))}, but not all of what comes with it`;
    const { base = [], ...others } = problems;
    return { base: [created, ...base], ...others };
  }

  #done({ number, row }: FileRow, outcome: Outcome, record: object | undefined): void {
    const { keys, journal, scope } = this.#parts;
    if (record !== undefined) keys.add(row[scope.resource.key], Reflect.get(record, scope.resource.key));
    journal.finish(number, outcome);
    this.#parts.progressed();
  }

  #fail(row: FileRow, problems: Problems): void {
    this.#parts.failures.add(row, problems);
    this.#parts.journal.finish(row.number, 'failed');
    this.#parts.progressed();
  }

  /** First what came of rows, then the note that they are done. */
  async #flush(): Promise<void> {
    const { keys, failures, journal } = this.#parts;
    await keys.flush();
    await failures.flush();
    await journal.flush();
    this.#flushedAt = performance.now();
  }
}

/** Whether the other rows would fail for the same reason. None of them was written. */
const isFatal = (error: Error): boolean =>
  error instanceof UnauthorizedError ||
  error instanceof ForbiddenError ||
  error instanceof CircuitOpenError ||
  (error instanceof NetworkError && error.sent === 'no');

async function* windows(rows: AsyncIterable<FileRow> | Iterable<FileRow>): AsyncGenerator<FileRow[], void, undefined> {
  let window: FileRow[] = [];
  for await (const row of rows) {
    window.push(row);
    if (window.length < WINDOW) continue;
    yield window;
    window = [];
  }
  if (window.length > 0) yield window;
}

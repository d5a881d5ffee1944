import { existsSync } from 'node:fs';
import { appendFile, rm, writeFile } from 'node:fs/promises';
import { isJsonObject, type JsonObject } from '../../json-object.js';
import { type Checkpoint, refuseOther, textsIn } from './checkpoint.js';
import { JsonLines, readJsonLines } from './json-lines.js';

/** What became of a row. */
export type Outcome = 'created' | 'updated' | 'unchanged' | 'skipped' | 'failed';

/** How many rows had each outcome. */
export type Counts = Record<Outcome, number>;

const noCounts = (): Counts => ({ created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 });

const OUTCOMES: readonly string[] = Object.keys(noCounts());
const isOutcome = (value: unknown): value is Outcome => typeof value === 'string' && OUTCOMES.includes(value);

const [UNTAKEN, TAKEN, DONE] = [0, 1, 2];

/**
 * What an import has done, line by line, in a file beside its input. A row is taken before it can be sent, and done when its outcome is
 * known. After a kill, rows that are taken and not done may have been written or not.
 */
export class ImportJournal {
  readonly counts = noCounts();
  readonly #file: string | undefined;
  readonly #states: Uint8Array;
  readonly #lines: JsonLines;
  #done = 0;

  private constructor(file: string | undefined, rows: number) {
    this.#file = file;
    this.#lines = new JsonLines(file);
    this.#states = new Uint8Array(rows + 1);
  }

  static fileOf(input: string): string {
    return `${input}.import-journal`;
  }

  /**
   * Opens the journal of an input: that of an interrupted import, or a new one.
   *
   * @param of what is imported, and how
   * @throws UsageError if an interrupted import of this file was another one
   */
  static async open(input: string, of: Checkpoint['of'], rows: number, restart: boolean): Promise<ImportJournal> {
    const file = ImportJournal.fileOf(input);
    const journal = new ImportJournal(file, rows);
    if (!restart && existsSync(file) && (await journal.#read(file, of, input))) return journal;
    await writeFile(file, `${JSON.stringify({ of })}\n`);
    return journal;
  }

  /** A journal that is kept nowhere: for a dry run. */
  static unwritten(rows: number): ImportJournal {
    return new ImportJournal(undefined, rows);
  }

  /** How many rows have an outcome. */
  get done(): number {
    return this.#done;
  }

  isDone(row: number): boolean {
    return this.#states[row] === DONE;
  }

  /** Whether a row was taken by an earlier run, which was interrupted before it knew the outcome. */
  isInDoubt(row: number): boolean {
    return this.#states[row] === TAKEN;
  }

  /** Notes that these rows may be sent from now on. Resolves when that is written. */
  async take(rows: readonly number[]): Promise<void> {
    for (const row of rows) this.#states[row] = TAKEN;
    this.#lines.add({ taken: rows });
    await this.flush();
  }

  /** Notes that a row was certainly not written, so that a later run sends it. */
  release(row: number): void {
    this.#states[row] = UNTAKEN;
    this.#lines.add({ released: row });
  }

  /** Notes the outcome of a row. */
  finish(row: number, outcome: Outcome): void {
    this.#count(row, outcome);
    this.#lines.add({ row, is: outcome });
  }

  /** Resolves when everything that was noted is written. */
  flush(): Promise<void> {
    return this.#lines.flush();
  }

  /** Removes the journal: the import is done. */
  async remove(): Promise<void> {
    await this.flush();
    if (this.#file !== undefined) await rm(this.#file, { force: true });
  }

  #count(row: number, outcome: Outcome): void {
    this.#states[row] = DONE;
    this.#done++;
    this.counts[outcome]++;
  }

  /** Reads what an interrupted import noted. Its last line may be incomplete. Returns false if there is nothing to continue. */
  async #read(file: string, of: Checkpoint['of'], input: string): Promise<boolean> {
    let isFirst = true;
    for await (const entry of readJsonLines(file)) {
      if (isFirst) {
        const before = entry['of'];
        if (!isJsonObject(before)) return false;
        refuseOther('import', input, of, textsIn(before));
        isFirst = false;
      } else this.#replay(entry);
    }
    // A line that a kill has cut off must not run into the next one.
    await appendFile(file, '\n');
    return !isFirst;
  }

  #replay({ taken, released, row, is }: JsonObject): void {
    if (typeof released === 'number') this.#states[released] = UNTAKEN;
    if (Array.isArray(taken)) for (const each of taken) if (this.#states[Number(each)] === UNTAKEN) this.#states[Number(each)] = TAKEN;
    if (typeof row === 'number' && isOutcome(is) && !this.isDone(row)) this.#count(row, is);
  }
}

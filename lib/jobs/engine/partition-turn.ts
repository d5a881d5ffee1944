import type { JsonObject } from '../../json-object.js';
import { sleep } from '../../transport/abort.js';
import type { Key } from '../../transport/path.js';
import { BatchError, isOfStore, isTransient, TransientError } from './errors.js';
import { failureOf, type NewFailure } from './failure.js';
import { encode, type Intent, type IntentRow } from './intent.js';
import type { Checkpoint, RunState, Step } from './journal.js';
import { ImpureError } from './pure.js';
import type { PlacedRow } from './reader.js';
import { type Claimed, FIRST_PAUSE_MS, type PartitionOptions, type PartitionWork, type Turn } from './turn.js';
import type { WriteMode, Written } from './writer.js';
import { appliedText, NOTHING, plainRow } from './written.js';

/** After so many deaths of processes at one checkpoint, its rows are tried one by one. */
const DEATHS_OF_BATCH = 3;
/** After so many turns at one checkpoint that the store's failures ended, likewise; a function that throws needs fewer. */
const TURNS_OF_BATCH = 10;
const TURNS_BY_HAND = 3;
/** After so many turns at one row, it is given up if the store responds to other requests. */
const TURNS_OF_ROW = 3;
/** After so many deaths of processes at one row, it is given up. */
const DEATHS_OF_ROW = 3;
/** How often a batch is tried in one turn. */
const ATTEMPTS = 3;

/** One turn of a process at a partition. */
export class PartitionTurn {
  readonly #options: PartitionOptions;
  readonly #claim: Claimed;
  #work: PartitionWork | undefined;
  #checkpoint: Checkpoint;
  #intent: Intent | undefined;
  /** How often the current batch is tried. */
  #attempt: number;
  /** Whether part of the current intent may be written. */
  #mayBeWritten: boolean;
  /** Whether the current rows were begun by a process that did not finish them. */
  #isRepeated: boolean;
  /** Requests that read, since the last commit. */
  #requests = 0;

  constructor(options: PartitionOptions, claim: Claimed) {
    this.#options = options;
    this.#claim = claim;
    this.#checkpoint = claim.checkpoint;
    this.#intent = claim.intent;
    this.#attempt = claim.claims;
    this.#mayBeWritten =
      claim.intent !== undefined && (claim.isTakenOver || claim.mayBeForgotten === true || claim.intent.isBegun === true);
    this.#isRepeated = claim.intent !== undefined && claim.isTakenOver;
  }

  async run(): Promise<Turn> {
    const { journal, begin, inFlightMs, shouldYield } = this.#options;
    const { claims, isTakenOver, mayBeForgotten = false } = this.#claim;
    this.#work = await begin(this.#checkpoint, claims);
    if ((this.#mayBeWritten || mayBeForgotten) && inFlightMs > 0) await sleep(inFlightMs, journal.signal);
    let intent = await this.#firstIntent();
    let isFirst = true;
    while (intent !== undefined) {
      const isCareful = this.#checkpoint.careful !== undefined;
      const next = isCareful || intent.isLast ? undefined : this.#plan(intent.last);
      next?.catch(() => {});
      const written = await this.#write(intent, isFirst && (isTakenOver || mayBeForgotten));
      const state = isCareful ? await this.#commitRow(intent, written) : await this.#commitBatch(intent, written, next);
      intent = state.intent;
      isFirst = false;
      if (state.state !== 'running') return this.#stop(state.state, intent);
      if (intent !== undefined && shouldYield()) {
        await journal.free(true);
        return { outcome: 'yielded' };
      }
    }
    await journal.free(true);
    return { outcome: 'ended' };
  }

  /** Ends the partition for a reason that concerns all of its rows. Its intent stays, in case it is begun again. */
  async giveUp(error: unknown): Promise<Turn> {
    const { journal, onError } = this.#options;
    onError?.(error);
    const message = error instanceof Error ? error.message : String(error);
    await journal.commit({ checkpoint: { ...this.#checkpoint, isEnded: true, error: message }, intent: this.#intent, dead: [] });
    await journal.free(false);
    return { outcome: 'ended' };
  }

  async close(): Promise<void> {
    await this.#work?.close();
  }

  /** Returns the intent to begin with: the one that was kept, or that of the next rows, which is kept first. */
  async #firstIntent(): Promise<Intent | undefined> {
    const { intent, claims, deaths } = this.#claim;
    const isStuck = deaths >= DEATHS_OF_BATCH || claims > (this.#running.writer.isByHand === true ? TURNS_BY_HAND : TURNS_OF_BATCH);
    // The rows that follow are planned while these are written, so either may have ended the process.
    if (isStuck && this.#checkpoint.careful === undefined)
      this.#checkpoint = { ...this.#checkpoint, careful: (intent?.rows.length ?? 0) + this.#running.batchSize };
    if (intent !== undefined) return intent;
    return this.#checkpoint.careful === undefined ? this.#keep(await this.#plan(this.#checkpoint.last)) : this.#planRow();
  }

  get #running(): PartitionWork {
    if (this.#work === undefined) throw new Error('The partition has not been begun.');
    return this.#work;
  }

  /** Keeps an intent before anything of it is written. */
  async #keep(intent: Intent, change: Partial<Checkpoint> = {}): Promise<Intent> {
    this.#checkpoint = { ...this.#checkpoint, ...change };
    await this.#commit({ checkpoint: this.#checkpoint, intent, dead: [] });
    return intent;
  }

  async #commit(step: Step): Promise<RunState> {
    const state = await this.#options.journal.commit(step);
    this.#checkpoint = step.checkpoint;
    this.#intent = step.intent;
    return state;
  }

  /** Reads the rows after a position and computes what to write. */
  async #plan(after: number, size = this.#running.batchSize): Promise<Intent> {
    const { reader } = this.#running;
    const { rows, isLast, requests } = await reader.read(after, size);
    this.#requests += requests;
    return this.#intentOf(rows, isLast, after);
  }

  async #intentOf(batch: readonly PlacedRow[], isLast: boolean, after: number): Promise<Intent> {
    const rows: IntentRow[] = [];
    const dead: NewFailure[] = [];
    for (const each of batch) {
      try {
        const planned = await this.#running.writer.plan(each);
        if (planned !== undefined) rows.push(planned);
      } catch (error) {
        if (isOfStore(error) || isTransient(error) || error instanceof ImpureError) throw error;
        dead.push(failureOf(error, { key: each.key, row: plainRow(each.row), stage: 'define', attempt: this.#attempt }));
      }
    }
    return { last: batch.at(-1)?.place ?? after, read: batch.length, rows, dead, isLast };
  }

  /** Writes an intent, again if the store does not respond. A row that is tried alone fails, if the store does respond to others. */
  async #write(intent: Intent, isSuspicious: boolean): Promise<Written> {
    const rows = this.#checkpoint.careful === undefined ? intent.rows : intent.rows.slice(0, 1);
    const { writer } = this.#running;
    if (rows.length === 0 && writer.isForAllBatches !== true) return NOTHING;
    const poison = this.#checkpoint.careful === undefined ? undefined : await this.#try(intent, rows[0]);
    if (poison !== undefined) return { ...NOTHING, failures: [poison], applied: { not: [0] } };
    for (let attempt = 1; ; attempt++) {
      this.#options.journal.assertOurs();
      const mode: WriteMode = { mayBeWritten: this.#mayBeWritten, isSuspicious, attempt: this.#attempt };
      try {
        return await writer.write({ ...intent, rows }, mode);
      } catch (error) {
        if (!(error instanceof TransientError)) throw error;
        this.#mayBeWritten = true;
        this.#attempt++;
        if (attempt < ATTEMPTS && !(error instanceof BatchError))
          await sleep(FIRST_PAUSE_MS * 2 ** attempt * (0.5 + Math.random() / 2), this.#options.journal.signal);
        else if (this.#checkpoint.careful === undefined) throw error;
        else return this.#blame(intent, rows, error);
      }
    }
  }

  /**
   * Keeps that a row is tried alone. Returns its failure if it has ended the process too often. What the engine writes itself ends no
   * process: only functions do.
   */
  async #try(intent: Intent, row: IntentRow | undefined): Promise<NewFailure | undefined> {
    if (row === undefined || this.#running.writer.isByHand !== true) return undefined;
    const key = String(row.k);
    if (this.#checkpoint.trying !== key) {
      await this.#keep(intent, { trying: key });
      return undefined;
    }
    const isPoison = intent === this.#claim.intent && this.#claim.deaths >= DEATHS_OF_ROW;
    return isPoison ? this.#poison(row.k, { ...row.a }) : undefined;
  }

  #poison(key: Key, row: JsonObject): NewFailure {
    const { deaths, claims } = this.#claim;
    const error = new Error(`The process ended ${deaths} times while it worked on this row alone, so the row was left out.`);
    return failureOf(error, { key, row, stage: 'poison', attempt: claims });
  }

  /** Fails a row that was tried alone, in several turns. @throws the error itself before, and while the store does not respond to anything */
  async #blame(intent: Intent, rows: readonly IntentRow[], error: TransientError): Promise<Written> {
    const turns = intent === this.#claim.intent ? this.#claim.claims : 1;
    if (turns < TURNS_OF_ROW && !(error instanceof BatchError)) throw error;
    await this.#running.reader.read(this.#checkpoint.last, 1);
    const failures = rows.map(({ k, a = {}, b }) =>
      failureOf(error.cause, { key: k, row: { ...a }, before: b, stage: 'poison', attempt: this.#attempt }),
    );
    return { ...NOTHING, failures, applied: { not: [0] } };
  }

  /** The checkpoint after rows have been worked. */
  #after(written: Written, read: number, dead: number): Checkpoint {
    const { done, succeeded, failed, repeated, requests } = this.#checkpoint;
    const failures = written.failures.length + dead;
    const sent = written.requests + this.#requests;
    this.#requests = 0;
    return {
      ...this.#checkpoint,
      done: done + read,
      succeeded: succeeded + read - failures,
      failed: failed + failures,
      repeated: repeated + (this.#isRepeated ? read : 0),
      requests: requests + sent,
      ...(written.bytes !== undefined && { bytes: written.bytes }),
    };
  }

  /** The next rows were not begun, unless they are the rest of a batch that was. */
  #rowsAreDone(isRest = false): void {
    this.#isRepeated &&= isRest;
    this.#mayBeWritten &&= isRest;
    this.#attempt = 1;
  }

  /** Keeps that a batch is done, together with what comes next. */
  async #commitBatch(
    intent: Intent,
    written: Written,
    planned: Promise<Intent> | undefined,
  ): Promise<{ state: RunState; intent: Intent | undefined }> {
    const next = await planned;
    const isEnded = next === undefined;
    const checkpoint = { ...this.#after(written, intent.read, intent.dead.length), last: intent.last, ...(isEnded && { isEnded }) };
    const isLogged = this.#running.writer.isRevertible && intent.rows.length > 0;
    const state = await this.#commit({
      checkpoint,
      intent: next,
      ...(isLogged && { log: 'intent', applied: appliedText(written) }),
      dead: [...intent.dead, ...written.failures],
    });
    this.#rowsAreDone();
    return { state, intent: next };
  }

  /** Keeps that one row of an intent is done, which is worked row by row because it ended a process before. */
  async #commitRow(intent: Intent, written: Written): Promise<{ state: RunState; intent: Intent | undefined }> {
    const [row, ...rest] = intent.rows;
    const isOver = rest.length === 0;
    // Rows that needed nothing, and those whose function threw, count with the last one.
    const read = isOver ? intent.read : 1;
    const left: Intent = { ...intent, read: intent.read - read, rows: rest, isBegun: this.#mayBeWritten };
    const dead = isOver ? intent.dead : [];
    const isLogged = this.#running.writer.isRevertible && row !== undefined;
    const careful = (this.#checkpoint.careful ?? 1) - 1;
    const counted = { ...this.#after(written, read, dead.length), careful: careful > 0 ? careful : undefined, trying: undefined };
    const state = await this.#commit({
      checkpoint: isOver ? { ...counted, last: intent.last, isEnded: intent.isLast || undefined } : counted,
      intent: isOver ? undefined : left,
      ...(isLogged && { log: encode({ ...intent, rows: [row], dead: [] }), applied: appliedText(written) }),
      dead: [...dead, ...written.failures],
    });
    this.#rowsAreDone(!isOver);
    if (!isOver) return { state, intent: left };
    if (intent.isLast || state !== 'running') return { state, intent: undefined };
    return { state, intent: careful > 0 ? await this.#planRow() : await this.#keep(await this.#plan(intent.last)) };
  }

  /** Plans one row, after it has been kept that it is tried: if it ends the process again, it is left out. */
  async #planRow(): Promise<Intent | undefined> {
    const { reader } = this.#running;
    for (;;) {
      const { last, trying } = this.#checkpoint;
      const { rows, isLast, requests } = await reader.read(last, 1);
      this.#requests += requests;
      const [row] = rows;
      if (row === undefined) return this.#keep({ last, read: 0, rows: [], dead: [], isLast: true });
      const isTried = trying === String(row.key);
      if (!isTried || this.#claim.deaths < DEATHS_OF_ROW) {
        if (!isTried) await this.#commit({ checkpoint: { ...this.#checkpoint, trying: String(row.key) }, intent: undefined, dead: [] });
        return this.#keep(await this.#intentOf(rows, isLast, last));
      }
      const failure = this.#poison(row.key, plainRow(row.row));
      const checkpoint = { ...this.#after({ ...NOTHING, failures: [failure] }, 1, 0), last: row.place, trying: undefined };
      await this.#commit({ checkpoint: { ...checkpoint, ...(isLast && { isEnded: true }) }, intent: undefined, dead: [failure] });
      if (isLast) return undefined;
    }
  }

  async #stop(state: RunState, intent: Intent | undefined): Promise<Turn> {
    const { journal } = this.#options;
    const isOver = intent === undefined && this.#checkpoint.isEnded === true;
    if (state === 'cancelled' && !isOver)
      await journal.commit({ checkpoint: { ...this.#checkpoint, isEnded: true }, intent: undefined, dead: [] });
    await journal.free(true);
    return { outcome: state === 'cancelled' || isOver ? 'ended' : 'paused' };
  }
}

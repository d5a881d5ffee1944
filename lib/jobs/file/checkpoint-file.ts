import { closeSync, existsSync, fdatasyncSync, fsyncSync, ftruncateSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { ConfigurationError } from '../../errors/configuration-error.js';
import { asJsonObject, type JsonObject } from '../../json-object.js';
import { reasonOf } from '../../session/safe-call.js';
import type { JobFailure, NewFailure } from '../engine/failure.js';
import { type Checkpoint, START } from '../engine/journal.js';
import { formatLine, readLines } from './lines.js';

/** What is known of a partition. */
export interface FilePart {
  checkpoint: Checkpoint;
  /** The encoded intent; `undefined` if nothing is under way. */
  intent: string | undefined;
  claims: number;
  deaths: number;
  /** Whether somebody has claimed it, and not given it back. */
  isClaimed: boolean;
  isInOrder: boolean;
  /** How many failures were kept. */
  dead: number;
}

/** One commit of a partition, as a line. */
export interface PartLine {
  readonly p: string;
  readonly cp?: Checkpoint | undefined;
  /** The next intent; `null` for none. */
  readonly intent?: string | null | undefined;
  /** What is kept for a revert: `1` for the intent before this line, or an intent of its own. */
  readonly log?: 1 | string | undefined;
  readonly applied?: string | undefined;
  readonly dead?: readonly NewFailure[] | undefined;
  readonly claim?: true | undefined;
  readonly free?: boolean | undefined;
}

/** What was written, for a revert. */
export interface LogEntry {
  readonly part: string;
  readonly intent: string;
  readonly applied: string;
}

const COMPACT_AT = 8 * 1024 * 1024;

/**
 * The checkpoint file of a job without Redis: only ever appended to, a line for each commit, flushed to the disk. It is also the
 * journal that a revert reads.
 */
export class CheckpointFile {
  readonly path: string;
  readonly parts = new Map<string, FilePart>();
  /** Other lines than those of partitions, by name: the identity of the job, its partitions. */
  readonly facts = new Map<string, unknown>();
  #fd: number;
  #size: number;
  #compactedSize = 0;
  #isToBeCompacted = false;
  #compacting: Promise<void> | undefined;

  private constructor(path: string, fd: number, size: number) {
    this.path = path;
    this.#fd = fd;
    this.#size = size;
  }

  /** Opens a file, or creates it. What was not committed is cut off. @throws ConfigurationError if it is the checkpoint of another job */
  static async open(path: string, identity: JsonObject): Promise<CheckpointFile> {
    const known = new CheckpointFile(path, -1, 0);
    let size = 0;
    if (existsSync(path)) {
      if (!statSync(path).isFile())
        throw new ConfigurationError(`The checkpoint ${path} is not a regular file. Choose another path: nothing was changed.`);
      for await (const { value, end } of readLines(path)) {
        known.#take(value);
        size = end;
      }
      if (size === 0 && (await isForeign(path)))
        throw new ConfigurationError(`${path} is not a checkpoint. Choose another file: nothing was changed.`);
    }
    known.#fd = openSync(path, 'a+');
    try {
      ftruncateSync(known.#fd, size);
      known.#size = size;
      known.#compactedSize = size;
      if (size === 0) known.keep('job', identity);
      else known.#assertSame(identity);
      return known;
    } catch (error) {
      closeSync(known.#fd);
      throw error;
    }
  }

  /** Appends a fact about the job. */
  keep(name: string, value: unknown): void {
    this.#append({ [name]: value });
    this.facts.set(name, value);
  }

  /** Appends a line of a partition. */
  put(line: PartLine): void {
    this.#append({ ...line });
    this.#takePart(line);
    if (this.#size > COMPACT_AT && this.#size > 2 * this.#compactedSize) this.#isToBeCompacted = true;
  }

  /** Waits until a line may be appended: the file is rewritten if it has grown enough. */
  async whenReady(): Promise<void> {
    if (this.#isToBeCompacted) this.#compacting ??= this.compact().finally(() => (this.#compacting = undefined));
    await this.#compacting;
  }

  /** Rewrites the file without checkpoints that others have replaced. */
  async compact(): Promise<void> {
    const part = `${this.path}.part`;
    const fd = openSync(part, 'w');
    let size = 0;
    const write = (value: JsonObject): void => void (size += writeAll(fd, formatLine(value)));
    for (const [name, value] of this.facts) write({ [name]: value });
    for await (const { part: p, intent, applied } of this.log()) write({ p, log: intent, applied });
    for await (const { value } of readLines(this.path))
      if (Array.isArray(value['dead']) && value['dead'].length > 0) write({ p: value['p'], dead: value['dead'] });
    for (const [p, { checkpoint, intent, isInOrder }] of this.parts) write({ p, cp: checkpoint, intent: intent ?? null, free: isInOrder });
    fsyncSync(fd);
    closeSync(fd);
    closeSync(this.#fd);
    renameSync(part, this.path);
    this.#fd = openSync(this.path, 'a+');
    this.#size = size;
    this.#compactedSize = size;
    this.#isToBeCompacted = false;
  }

  /** Yields what was written, in the order in which it was committed. */
  async *log(): AsyncGenerator<LogEntry, void, undefined> {
    const intents = new Map<string, string>();
    for await (const { value } of readLines(this.path)) {
      const { p, log, applied, intent } = value;
      if (typeof p !== 'string') continue;
      const written = log === 1 ? intents.get(p) : log;
      if (typeof written === 'string') yield { part: p, intent: written, applied: typeof applied === 'string' ? applied : '' };
      if (typeof intent === 'string') intents.set(p, intent);
      else if (intent === null) intents.delete(p);
    }
  }

  /** Yields the rows that failed. */
  async *failures(): AsyncGenerator<Omit<JobFailure, 'store'>, void, undefined> {
    const counts = new Map<string, number>();
    for await (const { value } of readLines(this.path)) {
      const { p, dead } = value;
      if (typeof p !== 'string' || !Array.isArray(dead)) continue;
      for (const failure of dead) {
        const number = (counts.get(p) ?? 0) + 1;
        counts.set(p, number);
        yield { ...failure, id: `${p}-${number}`, partition: p };
      }
    }
  }

  close(): void {
    closeSync(this.#fd);
  }

  part(name: string): FilePart {
    let known = this.parts.get(name);
    if (known === undefined)
      this.parts.set(
        name,
        (known = { checkpoint: START, intent: undefined, claims: 0, deaths: 0, isClaimed: false, isInOrder: true, dead: 0 }),
      );
    return known;
  }

  /** @throws ConfigurationError if the disk takes no more: what was written of the line is cut off, so that others can follow */
  #append(value: JsonObject): void {
    try {
      const written = writeAll(this.#fd, formatLine(value));
      fdatasyncSync(this.#fd);
      this.#size += written;
    } catch (error) {
      try {
        ftruncateSync(this.#fd, this.#size);
      } catch {
        // The line has no valid checksum, and is cut off when the file is opened.
      }
      throw new ConfigurationError(
        `The checkpoint ${this.path} cannot be written: ${reasonOf(error)}. The run has stopped; when that is mended, the same call goes on.`,
        { cause: error },
      );
    }
  }

  #take(value: JsonObject): void {
    if (isPartLine(value)) this.#takePart(value);
    else for (const [name, fact] of Object.entries(value)) this.facts.set(name, fact);
  }

  #takePart({ p, cp, intent, dead, claim, free }: PartLine): void {
    const part = this.part(p);
    if (cp !== undefined) {
      part.checkpoint = cp;
      part.claims = 0;
      part.deaths = 0;
    }
    if (intent !== undefined) part.intent = intent ?? undefined;
    if (claim === true) {
      part.claims++;
      if (part.isClaimed) part.deaths++;
      part.isClaimed = true;
    }
    if (claim === true || cp !== undefined) part.isInOrder = false;
    if (free !== undefined) {
      part.isInOrder = free;
      part.isClaimed = false;
    }
    if (free === true) part.claims = part.deaths = 0;
    part.dead += dead?.length ?? 0;
  }

  #assertSame(identity: JsonObject): void {
    const known = asJsonObject(this.facts.get('job'));
    const differing = Object.keys(identity).filter((name) => JSON.stringify(identity[name]) !== JSON.stringify(known[name]));
    if (differing.length === 0) return;
    const [name = ''] = differing;
    throw new ConfigurationError(
      `${this.path} is the checkpoint of another run: its ${name} is ${JSON.stringify(known[name])}, that of this one is ${JSON.stringify(identity[name])}.` +
        ' Use another file, or delete this one to begin anew. Nothing was sent.',
    );
  }
}

/** Writes all of a text: a disk that is nearly full takes a part of it first. Returns the length in bytes. */
function writeAll(fd: number, text: string): number {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
  return bytes.length;
}

const isPartLine = (value: JsonObject | PartLine): value is PartLine => typeof value['p'] === 'string';

/** Whether a file has content that was never a checkpoint. */
async function isForeign(path: string): Promise<boolean> {
  const { size, text } = await firstBytes(path);
  return size > 0 && !text.startsWith('{"job":');
}

async function firstBytes(path: string): Promise<{ size: number; text: string }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
    return { size, text: buffer.subarray(0, bytesRead).toString() };
  } finally {
    await file.close();
  }
}

import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { asJsonObject, isJsonObject, type JsonObject, propertyOf } from '../../json-object.js';
import { UsageError } from '../usage-error.js';

/** How far an export is, kept beside its output. */
export interface Checkpoint {
  /** What is exported. A run goes on only with the same. */
  readonly of: Readonly<Record<string, string>>;
  /** The length of the output, in bytes. */
  readonly bytes: number;
  readonly rows: number;
  /** Where the walk goes on. */
  readonly cursor: string;
  /** The columns of a CSV file. */
  readonly columns?: readonly string[] | undefined;
}

/** Writes a file so that a reader sees the old or the new content, whenever this process ends. */
async function writeAtomically(file: string, content: JsonObject): Promise<void> {
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(content)}\n`);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}

/** Returns the checkpoint in a file; `undefined` if there is none. @throws UsageError if the file is something else */
export async function readCheckpoint(file: string): Promise<Checkpoint | undefined> {
  const text = await textOf(file);
  if (text === undefined) return undefined;
  const checkpoint = checkpointIn(text);
  if (checkpoint === undefined)
    throw new UsageError(`${file} is not a checkpoint of an export. Remove it, or pass --restart to begin again.`);
  return checkpoint;
}

function checkpointIn(text: string): Checkpoint | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { of, bytes, rows, cursor, columns } = asJsonObject(content);
  if (!isJsonObject(of) || typeof bytes !== 'number' || typeof rows !== 'number' || typeof cursor !== 'string') return undefined;
  return {
    of: textsIn(of),
    bytes,
    rows,
    cursor,
    ...(Array.isArray(columns) ? { columns: columns.map(String) } : {}),
  };
}

/** Returns the text of a file; `undefined` if there is no such file. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (propertyOf(error, 'code') === 'ENOENT') return undefined;
    throw error;
  }
}

/** Reads a description of a run. */
export const textsIn = (of: JsonObject): Checkpoint['of'] =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, String(value)]));

/** @throws UsageError that names what differs between two descriptions of a run, with both values */
export function refuseOther(command: 'export' | 'import', file: string, now: Checkpoint['of'], before: Checkpoint['of']): void {
  const shown = (value: string | undefined): string => (value === undefined || value === '' ? 'none' : value);
  const different = [...new Set([...Object.keys(now), ...Object.keys(before)])]
    .filter((name) => (now[name] ?? '') !== (before[name] ?? ''))
    .map((name) => `${name} is ${shown(now[name])}, and was ${shown(before[name])}`);
  if (different.length === 0) return;
  throw new UsageError(
    `An interrupted ${command} of ${file} was another one: ${different.join('; ')}. Call it with the same options to continue it, or with --restart to begin again.`,
  );
}

/** Where rows are written. */
export interface Output {
  readonly bytes: number;
  write(text: string): Promise<void>;
}

/**
 * An output file. It has another name until it is whole (`products.ndjson.part`), so that nobody takes half an export for a whole one,
 * and a checkpoint beside it (`products.ndjson.part.json`).
 */
export class OutputFile implements Output {
  readonly #file: string;
  readonly #handle: FileHandle;
  #bytes: number;
  #checkpointAt = performance.now();

  private constructor(file: string, handle: FileHandle, bytes: number) {
    this.#file = file;
    this.#handle = handle;
    this.#bytes = bytes;
  }

  /** The name of a file while it is written. */
  static partOf(file: string): string {
    return `${file}.part`;
  }

  static checkpointOf(file: string): string {
    return `${file}.part.json`;
  }

  /**
   * Opens the file at its checkpoint: what was written after that is cut off, and comes again.
   *
   * @throws UsageError if the file is shorter than its checkpoint says
   */
  static async open(file: string, checkpoint: Checkpoint | undefined): Promise<OutputFile> {
    const part = OutputFile.partOf(file);
    if (checkpoint === undefined) {
      await rm(OutputFile.checkpointOf(file), { force: true });
      return new OutputFile(file, await open(part, 'w'), 0);
    }
    const handle = await openExisting(part);
    const size = handle === undefined ? 0 : (await handle.stat()).size;
    if (handle === undefined || size < checkpoint.bytes) {
      await handle?.close();
      throw new UsageError(
        `${part} has ${size} bytes, and its checkpoint says that ${checkpoint.bytes} were written: it was changed or removed. Pass --restart to begin again.`,
      );
    }
    await handle.truncate(checkpoint.bytes);
    return new OutputFile(file, handle, checkpoint.bytes);
  }

  get bytes(): number {
    return this.#bytes;
  }

  async write(text: string): Promise<void> {
    const data = Buffer.from(text);
    let at = 0;
    while (at < data.length) at += (await this.#handle.write(data, at, data.length - at, this.#bytes + at)).bytesWritten;
    this.#bytes += data.length;
  }

  /** Whether the last checkpoint is so old that another one is due. */
  isDue(everyMs: number): boolean {
    return performance.now() - this.#checkpointAt >= everyMs;
  }

  /** Keeps how far the output is: first the rows reach the disk, then the checkpoint that counts them. */
  async keep(checkpoint: Omit<Checkpoint, 'bytes'>): Promise<void> {
    await this.#handle.datasync();
    await writeAtomically(OutputFile.checkpointOf(this.#file), { ...checkpoint, bytes: this.#bytes });
    this.#checkpointAt = performance.now();
  }

  /** Gives the whole file its name, and removes the checkpoint. */
  async finish(): Promise<void> {
    await this.#handle.datasync();
    await this.#handle.close();
    await rename(OutputFile.partOf(this.#file), this.#file);
    await rm(OutputFile.checkpointOf(this.#file), { force: true });
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

async function openExisting(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, 'r+');
  } catch (error) {
    if (propertyOf(error, 'code') === 'ENOENT') return undefined;
    throw error;
  }
}

import { type FileHandle, open } from 'node:fs/promises';
import { ArgumentError } from '../../errors/argument-error.js';
import { ConfigurationError } from '../../errors/configuration-error.js';
import { describe } from '../../transport/path.js';
import type { JobContext } from '../context.js';
import { TransientError } from './errors.js';
import type { Intent } from './intent.js';
import type { PlacedRow } from './reader.js';
import type { PartitionTask } from './task.js';
import type { Planned, Writer, WriterInit, Written } from './writer.js';

/** Appends rows to a file. Whatever is behind what was committed is cut off first, so no line is lost or doubled. */
export class OutputWriter implements Writer {
  readonly isRevertible = false;
  /** A source without records has a file too, with the header. */
  readonly isForAllBatches = true;
  readonly #output: { readonly file: string; readonly header?: string | undefined };
  readonly #init: WriterInit;
  readonly #write: (row: object, context: JobContext<unknown>) => unknown;
  #file: FileHandle | undefined;
  #bytes: number;

  /** @param bytes the length of the output that was committed */
  constructor(
    output: { readonly file: string; readonly header?: string | undefined },
    init: WriterInit,
    write: (row: object, context: JobContext<unknown>) => unknown,
    bytes: number,
  ) {
    this.#output = output;
    this.#init = init;
    this.#write = write;
    this.#bytes = bytes;
  }

  async plan({ key, row }: PlacedRow): Promise<Planned> {
    const text = await this.#write(row, this.#init.context);
    if (typeof text !== 'string') throw new ArgumentError(`\`write\` must return a text, got ${describe(text)}.`);
    return { k: key, a: { text } };
  }

  async write({ rows }: Pick<Intent, 'rows'>): Promise<Written> {
    this.#init.assertOurs();
    const file = (this.#file ??= await this.#open());
    const header = this.#bytes === 0 ? (this.#output.header ?? '') : '';
    const text = Buffer.from(header + rows.map(({ a }) => `${a?.['text']}`).join(''));
    // At a position: a batch that is written again replaces itself.
    await file.truncate(this.#bytes);
    // A disk that is nearly full takes a part of it first.
    for (let at = 0; at < text.length; ) at += (await file.write(text, at, text.length - at, this.#bytes + at)).bytesWritten;
    await file.datasync();
    this.#bytes += text.length;
    return { failures: [], found: 0, requests: 0, applied: {}, bytes: this.#bytes };
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  /** @throws ConfigurationError if the file lacks what was committed: it is another file, or on another machine */
  async #open(): Promise<FileHandle> {
    const { file: path } = this.#output;
    const file = await open(path, this.#bytes === 0 ? 'w' : 'r+').catch((error: unknown) => {
      throw new ConfigurationError(`The output ${path} cannot be opened, and ${this.#bytes} bytes of it were written: ${String(error)}`, {
        cause: error,
      });
    });
    const found = await file.stat();
    const { size } = found;
    if (found.isFile() && size >= this.#bytes) return file;
    await file.close();
    if (!found.isFile())
      throw new ConfigurationError(
        `The output ${path} is not a regular file, so it could not be cut back after a kill. Choose another path.`,
      );
    throw new ConfigurationError(
      `The output ${path} has ${size} bytes, and ${this.#bytes} were written: it was cut, or it is on another machine. Put it back, or start a new run.`,
    );
  }
}

/**
 * Returns the length of the output when a partition begins: a retry appends to what was written before.
 *
 * @throws TransientError while that is still being written
 */
export async function lengthBefore(task: PartitionTask): Promise<number> {
  const before = task.mode === 'retry' ? await task.before() : [];
  if (before.some(({ isEnded }) => isEnded !== true))
    throw new TransientError(new Error('The output is still written by another partition of the run.'));
  return Math.max(0, ...before.map(({ bytes = 0 }) => bytes));
}

import { mkdir, open, readdir, readFile, rename, rmdir, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Semaphore } from '../session/semaphore.js';

/** Concurrent file operations: more would not be faster, and file descriptors are limited. */
const CONCURRENCY = 16;

/** A folder whose changes are flushed to disk when a call resolves, and which uses few file descriptors however many calls there are. */
export class Folder {
  readonly path: string;
  readonly #slots = new Semaphore(CONCURRENCY);
  #nextSync: Promise<void> | undefined;
  #lastSync: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.path = path;
  }

  /** Writes a new file under a name that ends in `.part`, then renames it, so that nobody reads a partial file. */
  async write(name: string, text: string): Promise<void> {
    const path = join(this.path, name);
    const part = `${path}.part`;
    try {
      await this.#run(async () => {
        const file = await open(part, 'wx').catch(async (error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT') throw error;
          await this.#create();
          return open(part, 'wx');
        });
        try {
          await file.writeFile(text);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(part, path);
      });
      await this.sync();
    } catch (error) {
      for (const left of [part, path]) await unlink(left).catch(() => {});
      throw error;
    }
  }

  /** The names of its files, sorted; none if it does not exist yet. */
  async names(): Promise<string[]> {
    const names = await readdir(this.path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return [];
    });
    return names.sort();
  }

  read(name: string): Promise<string> {
    return this.#run(() => readFile(join(this.path, name), 'utf8'));
  }

  /** The modification time of a file in milliseconds; `undefined` if it is gone. */
  touchedAt(name: string): Promise<number | undefined> {
    return this.#run(() => ifThere(stat(join(this.path, name)).then(({ mtimeMs }) => mtimeMs)));
  }

  async touch(name: string): Promise<void> {
    const now = new Date();
    await this.#run(() => ifThere(utimes(join(this.path, name), now, now)));
  }

  /** Renames within the folder, and tells whether the file existed. Not flushed: after a power cut the old name serves as well. */
  rename(from: string, to: string): Promise<boolean> {
    return this.#run(() => isThere(rename(join(this.path, from), join(this.path, to))));
  }

  /** Moves a file to another folder, which is created if needed, and tells whether the file existed. */
  async move(name: string, target: Folder, newName: string): Promise<boolean> {
    await target.#create();
    const moved = await this.#run(() => isThere(rename(join(this.path, name), join(target.path, newName))));
    if (moved) await Promise.all([target.sync(), this.sync()]);
    return moved;
  }

  /** Removes a file; a missing one is not an error. */
  async remove(name: string): Promise<void> {
    await this.#run(() => isThere(unlink(join(this.path, name))));
    await this.sync();
  }

  /** Writes an optional file: if that fails, there is none. */
  async note(name: string, text: string): Promise<void> {
    const path = join(this.path, name);
    await this.#run(() => writeFile(path, text)).catch(() => unlink(path).catch(() => {}));
  }

  async removeIfEmpty(): Promise<void> {
    await rmdir(this.path).catch(() => {});
  }

  /** Flushes the folder; calls during a flush share the next one. */
  sync(): Promise<void> {
    this.#nextSync ??= this.#lastSync.then(() => {
      this.#nextSync = undefined;
      const synced = this.#run(() => syncFolder(this.path));
      this.#lastSync = synced.catch(() => {});
      return synced;
    });
    return this.#nextSync;
  }

  async #create(): Promise<void> {
    const first = await mkdir(this.path, { recursive: true });
    if (first === undefined) return;
    await syncFolder(dirname(first));
    await syncFolder(dirname(this.path));
  }

  async #run<T>(work: () => Promise<T>): Promise<T> {
    await this.#slots.enter('interactive', undefined);
    try {
      return await work();
    } finally {
      this.#slots.leave();
    }
  }
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  });
  try {
    await handle?.sync();
  } finally {
    await handle?.close();
  }
}

const ifThere = <T>(call: Promise<T>): Promise<T | undefined> =>
  call.catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  });

const isThere = (call: Promise<void>): Promise<boolean> => ifThere(call.then(() => true)).then((found) => found === true);

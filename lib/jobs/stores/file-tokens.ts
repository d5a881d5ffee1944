import { randomUUID } from 'node:crypto';
import { chmod, open, readFile, rename, unlink } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigurationError } from '../../errors/configuration-error.js';
import { assertKnownOptions } from '../../errors/known-options.js';
import { isJsonObject } from '../../json-object.js';
import { StoredTokens, type TextRows } from './stored-tokens.js';
import type { TokenKeyOptions } from './token-cipher.js';
import type { TokenStore } from './token-store.js';

/** Only the user of the process may read or write it. */
const MODE = 0o600;

/** One JSON file, replaced as a whole by each change, so that a reader sees it before or after the change and nothing in between. */
class FileRows implements TextRows {
  readonly #path: string;
  /** Changes of this process, one after another. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  async read(storeHash: string): Promise<string | undefined> {
    return (await this.#load()).get(storeHash);
  }

  write(storeHash: string, text: string): Promise<void> {
    return this.#change((rows) => void rows.set(storeHash, text));
  }

  delete(storeHash: string): Promise<boolean> {
    return this.#change((rows) => rows.delete(storeHash));
  }

  async *hashes(): AsyncIterable<string> {
    yield* (await this.#load()).keys();
  }

  async #load(): Promise<Map<string, string>> {
    const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{}';
      throw error;
    });
    const rows = parsed(text);
    if (rows === undefined)
      throw new ConfigurationError(`${this.#path} is not a file of tokens: it must be a JSON object. Nothing was changed.`);
    return rows;
  }

  #change<T>(change: (rows: Map<string, string>) => T): Promise<T> {
    const changed = this.#last.then(async () => {
      const rows = await this.#load();
      const result = change(rows);
      await this.#replace(JSON.stringify(Object.fromEntries(rows), null, 1));
      return result;
    });
    this.#last = changed.catch(() => {});
    return changed;
  }

  async #replace(text: string): Promise<void> {
    const part = `${this.#path}.${randomUUID()}.part`;
    try {
      const file = await open(part, 'wx', MODE);
      try {
        await file.writeFile(`${text}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await chmod(part, MODE); // whatever the process's umask adds or takes
      await rename(part, this.#path);
    } catch (error) {
      await unlink(part).catch(() => {});
      throw error;
    }
    const folder = await open(dirname(this.#path)).catch(() => undefined);
    await folder?.sync().catch(() => {}); // Windows cannot flush a folder
    await folder?.close();
  }
}

/** Returns the rows of a file; `undefined` if it holds anything else. */
function parsed(text: string): Map<string, string> | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isJsonObject(content)) return undefined;
  const rows = new Map<string, string>();
  for (const [hash, sealed] of Object.entries(content)) {
    if (typeof sealed !== 'string') return undefined;
    rows.set(hash, sealed);
  }
  return rows;
}

/**
 * Keeps the encrypted credentials of stores in a JSON file that only the user of the process may read (mode 0600). Each change replaces
 * the file at once, and is on disk when the call resolves. For one process: two that change it at the same time may lose a change.
 *
 * @throws ConfigurationError without a path, or without a key in production
 * @example
 * const stores = new SessionRegistry({ tokens: fileTokenStore('/var/lib/app/stores.json') });   // key: BIGRECORD_TOKEN_KEY
 */
export function fileTokenStore(path: string, options: TokenKeyOptions = {}): TokenStore {
  if (typeof path !== 'string' || path.trim() === '' || path.includes('\0'))
    throw new ConfigurationError("fileTokenStore() needs the path of a file: fileTokenStore('/var/lib/app/stores.json').");
  assertKnownOptions(options, { key: 1 } satisfies Record<keyof TokenKeyOptions, 1>, 'fileTokenStore()', ConfigurationError);
  return new StoredTokens('fileTokenStore', new FileRows(resolve(path)), options);
}

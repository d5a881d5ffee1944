import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { isJsonObject, type JsonObject } from '../../json-object.js';
import { UsageError } from '../usage-error.js';
import { failuresFileOf } from './failures.js';
import { JsonLines, readJsonLines } from './json-lines.js';

/** A key of a record. */
type Key = string | number;

const isKey = (value: unknown): value is Key => typeof value === 'string' || typeof value === 'number';

/** Where an import keeps the keys of what it has created. */
export const keysFileOf = (input: string): string => `${input}.keys.ndjson`;

/** The keys that records had where they were exported, and those that they were given. */
export class KeyMap {
  readonly #keys = new Map<string, Key>();
  readonly #file: string | undefined;
  readonly #lines: JsonLines;

  /** @param file where new keys are written, a line each */
  constructor(file?: string) {
    this.#file = file;
    this.#lines = new JsonLines(file);
  }

  /**
   * Reads the keys that an import has written, by the name of its input or of the file of keys itself. Rows that failed and were mended
   * there and imported are found too.
   *
   * @throws UsageError if there are none
   */
  async addFile(file: string): Promise<void> {
    const found = [file, keysFileOf(file)].find((each) => each.endsWith('.keys.ndjson') && existsSync(each));
    if (found === undefined)
      throw new UsageError(`--map: there is no ${keysFileOf(file)}. An import of ${file} writes it, with the old and new keys.`);
    await this.#read(found);
    const mended = failuresFileOf(found.slice(0, -keysFileOf('').length));
    if (existsSync(keysFileOf(mended))) await this.addFile(mended);
  }

  /** Reads what an interrupted import has written, or begins a new file. */
  async open(isContinued: boolean): Promise<void> {
    if (this.#file === undefined) return;
    if (isContinued && existsSync(this.#file)) await this.#read(this.#file);
    else await rm(this.#file, { force: true });
  }

  get size(): number {
    return this.#keys.size;
  }

  get(from: unknown): Key | undefined {
    return this.#keys.get(String(from));
  }

  add(from: unknown, to: unknown): void {
    if (!isKey(from) || !isKey(to) || this.#keys.has(String(from))) return;
    this.#keys.set(String(from), to);
    this.#lines.add({ from, to });
  }

  flush(): Promise<void> {
    return this.#lines.flush();
  }

  async #read(file: string): Promise<void> {
    for await (const { from, to } of readJsonLines(file)) if (isKey(from) && isKey(to)) this.#keys.set(String(from), to);
  }
}

/** Replaces the keys at a path of a row (`brand_id`, `categories`, `products.product_id`). Returns those that are not in the map. */
export function mapKeys(row: JsonObject, path: readonly string[], keys: KeyMap): unknown[] {
  const [name, ...rest] = path;
  if (name === undefined || !Object.hasOwn(row, name)) return [];
  const value = row[name];
  if (rest.length > 0) {
    const inner = Array.isArray(value) ? value : [value];
    return inner.filter(isJsonObject).flatMap((each) => mapKeys(each, rest, keys));
  }
  const missing: unknown[] = [];
  const mapped = (each: unknown): unknown => {
    if (isNone(each)) return each;
    const key = keys.get(each);
    if (key === undefined) missing.push(each);
    return key ?? each;
  };
  row[name] = Array.isArray(value) ? value.map(mapped) : mapped(value);
  return missing;
}

/** The API writes 0 for no record, and -1 for all of them. */
export const isNone = (value: unknown): boolean => !isKey(value) || value === '' || Number(value) <= 0;

/** Removes what is at a path of a row: `products.variant_id`. */
export function omit(row: JsonObject, path: readonly string[]): void {
  const [name, ...rest] = path;
  if (name === undefined || !Object.hasOwn(row, name)) return;
  const value = row[name];
  if (rest.length === 0) delete row[name];
  else for (const each of (Array.isArray(value) ? value : [value]).filter(isJsonObject)) omit(each, rest);
}

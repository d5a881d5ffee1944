import { createReadStream } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { asJsonObject, type JsonObject } from '../../json-object.js';

/** Reads a file of JSON objects, one a line. A line that is something else reads as an empty object: a kill may have cut off the last one. */
export async function* readJsonLines(file: string): AsyncGenerator<JsonObject, void, undefined> {
  for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) yield entryIn(line);
}

function entryIn(line: string): JsonObject {
  try {
    return asJsonObject(JSON.parse(line));
  } catch {
    return {};
  }
}

/** Appends JSON objects to a file, one a line: they wait until they are flushed, and are written together. */
export class JsonLines {
  readonly #file: string | undefined;
  #waiting: string[] = [];
  #writing: Promise<void> = Promise.resolve();

  /** @param file `undefined` to write nothing, as in a dry run */
  constructor(file: string | undefined) {
    this.#file = file;
  }

  add(line: JsonObject): void {
    this.#waiting.push(`${JSON.stringify(line)}\n`);
  }

  /** Resolves when everything that was added is written. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      const lines = this.#waiting;
      this.#waiting = [];
      if (lines.length > 0 && this.#file !== undefined) await appendFile(this.#file, lines.join(''));
    });
    return this.#writing;
  }
}

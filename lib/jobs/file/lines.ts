import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { isJsonObject, type JsonObject } from '../../json-object.js';

const CHECKSUM = 8;

const checksum = (text: string): string => createHash('sha1').update(text).digest('hex').slice(0, CHECKSUM);

/** Writes a line of a checkpoint file: JSON, a tab, and the beginning of its checksum, so that a torn line is noticed. */
export function formatLine(value: JsonObject): string {
  const text = JSON.stringify(value);
  return `${text}\t${checksum(text)}\n`;
}

/** Returns the value of a line; `undefined` if it is not whole. */
function parseLine(line: string): JsonObject | undefined {
  const tab = line.lastIndexOf('\t');
  if (tab < 0 || checksum(line.slice(0, tab)) !== line.slice(tab + 1)) return undefined;
  const value: unknown = JSON.parse(line.slice(0, tab));
  return isJsonObject(value) ? value : undefined;
}

/** A line, with the position of its end in bytes. */
export interface Line {
  readonly value: JsonObject;
  readonly end: number;
}

/** Yields the lines of a file up to the first one that is not whole; that and all after it was never committed. */
export async function* readLines(path: string): AsyncGenerator<Line, void, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  let end = 0;
  for await (const chunk of createReadStream(path)) {
    const parts: Buffer = Buffer.concat([rest, Buffer.from(chunk)]);
    let from = 0;
    for (let at = parts.indexOf(NEWLINE, from); at >= 0; at = parts.indexOf(NEWLINE, from)) {
      const value = parseLine(parts.subarray(from, at).toString());
      end += at + 1 - from;
      from = at + 1;
      if (value === undefined) return;
      yield { value, end };
    }
    rest = parts.subarray(from);
  }
}

const NEWLINE = 10;

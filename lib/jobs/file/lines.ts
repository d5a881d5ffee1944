import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { ConfigurationError } from '../../errors/configuration-error.js';
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

/**
 * Yields the lines of a file, without a last one that is not whole: it was never committed.
 *
 * @throws ConfigurationError if anything follows a line that is not whole: each is on the disk before the next one is written
 */
export async function* readLines(path: string): AsyncGenerator<Line, void, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  let end = 0;
  let isTorn = false;
  for await (const chunk of createReadStream(path)) {
    if (isTorn) throw damaged(path, end);
    const parts: Buffer = Buffer.concat([rest, Buffer.from(chunk)]);
    let from = 0;
    for (let at = parts.indexOf(NEWLINE, from); at >= 0; at = parts.indexOf(NEWLINE, from)) {
      const value = parseLine(parts.subarray(from, at).toString());
      if (value === undefined && at + 1 < parts.length) throw damaged(path, end);
      isTorn = value === undefined;
      if (value === undefined) break;
      end += at + 1 - from;
      from = at + 1;
      yield { value, end };
    }
    rest = parts.subarray(from);
  }
}

const NEWLINE = 10;

const damaged = (path: string, at: number): ConfigurationError =>
  new ConfigurationError(
    `${path} is no checkpoint, or is damaged: what begins at byte ${at} was changed by something else. Put a copy back as it was, or choose another file, which begins anew. Nothing was sent.`,
  );

import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { JsonObject } from '../../json-object.js';
import type { Key, PathParams } from '../../transport/path.js';
import type { NewFailure } from './failure.js';

/** What is to be done to one row. Names are short, since each row is kept. */
export interface IntentRow {
  /** The record's key; of a create, the natural key; of a row, what identifies it. */
  readonly k: Key;
  /** The parent's keys, for a nested resource. */
  readonly p?: PathParams | undefined;
  /** The attributes to change, before the change. */
  readonly b?: JsonObject | undefined;
  /** The attributes to set; of a create, all of them; of a batch by hand, the row as it was read. */
  readonly a?: JsonObject | undefined;
  /** Other attributes that each update of the record has to send. */
  readonly r?: JsonObject | undefined;
  /** Whether somebody asked to write it over whatever is there. */
  readonly force?: true | undefined;
  /** In the revert of a create: the record may have been there before. */
  readonly isUnsure?: true | undefined;
}

/** A batch that has been read and computed, and not yet been written. */
export interface Intent {
  /** The position of the last row that was read. */
  readonly last: number;
  /** How many rows were read. */
  readonly read: number;
  /** Rows that need to be written. Others need nothing. */
  readonly rows: readonly IntentRow[];
  /** Rows whose function threw. */
  readonly dead: readonly NewFailure[];
  /** Whether no rows follow. */
  readonly isLast: boolean;
  /** Whether it is the rest of a batch of which any row may be written. */
  readonly isBegun?: boolean | undefined;
}

/** What became of a batch, as far as a revert needs it, by place. */
export interface Applied {
  /** Rows that were not written. */
  readonly not?: readonly number[] | undefined;
  /** The keys of records that were created; `null` for those that were there before. */
  readonly ids?: readonly (Key | null)[] | undefined;
  /** Records that were there before a create, and were updated: as they were. */
  readonly was?: Readonly<Record<number, RecordBefore>> | undefined;
  /** Places of records that may have been there before: a process was killed while it created them. */
  readonly unsure?: readonly number[] | undefined;
}

/** A record with the attributes that were changed, as they were before. */
export interface RecordBefore {
  readonly k: Key;
  readonly b: JsonObject;
}

const LARGE = 1024;

/** Encodes a value as text: JSON, deflated if it is large. */
export function encode(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length < LARGE ? text : deflateRawSync(text).toString('base64');
}

/** Decodes what {@link encode} returned. */
export function decode<T>(text: string): T {
  return JSON.parse(text.startsWith('{') || text.startsWith('[') ? text : inflateRawSync(Buffer.from(text, 'base64')).toString());
}

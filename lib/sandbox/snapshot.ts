import { ArgumentError } from '../errors/argument-error.js';
import { isJsonObject } from '../json-object.js';
import { copyOf } from './copy.js';
import type { Tables, TablesImage } from './tables.js';

const FORMAT = 'bigrecord-snapshot-1';

/** All rows of a store with the counters of their keys, and its time: plain JSON, made by `store.snapshot()`. */
export interface Snapshot {
  readonly format: typeof FORMAT;
  /** How far the store is ahead of the machine, in milliseconds. */
  readonly aheadMs: number;
  readonly tables: TablesImage;
}

/** Returns the state of tables, sharing their rows. */
export const snapshotOf = ({ image, clock }: Tables): Snapshot => ({ format: FORMAT, aheadMs: clock.aheadMs, tables: image });

/** Returns the state of tables as JSON of its own. */
export const snapshotAsJson = (tables: Tables): Snapshot => readSnapshot(JSON.parse(JSON.stringify(snapshotOf(tables))));

/** Returns a copy of a snapshot. @throws ArgumentError if it is none */
export function readSnapshot(value: unknown): Snapshot {
  if (isSnapshot(value)) return copyOf(value);
  throw new ArgumentError('restore() takes what store.snapshot() has returned, also after JSON.');
}

export function isSnapshot(value: unknown): value is Snapshot {
  if (!isJsonObject(value) || value['format'] !== FORMAT || typeof value['aheadMs'] !== 'number') return false;
  return isJsonObject(value['tables']) && Object.values(value['tables']).every(isTable);
}

const isTable = (value: unknown): boolean =>
  isJsonObject(value) &&
  typeof value['lastId'] === 'number' &&
  Array.isArray(value['rows']) &&
  value['rows'].every((row) => isJsonObject(row) && typeof row['key'] === 'string' && isJsonObject(row['parents']) && isJsonObject(row['values']));

/** Puts tables into the state of a snapshot, which stays as it is. */
export function restoreTo(tables: Tables, { aheadMs, tables: image }: Snapshot): void {
  tables.load(image);
  tables.clock.aheadMs = aheadMs;
}

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { isJsonObject } from '../../json-object.js';
import { reasonOf } from '../../session/safe-call.js';
import { preparePrivate, stateFile } from '../state-file.js';
import { UsageError } from '../usage-error.js';

/** A delivery as files keep it: without the headers that prove who sent it. */
export interface SavedDelivery {
  readonly receivedAt: string;
  readonly scope: string;
  readonly hash: string;
  /** The body as it came. */
  readonly body: string;
}

const LAST = 'last-delivery.json';

/** Appends a delivery to a file. */
export const save = (file: string, delivery: SavedDelivery): void => appendFileSync(file, `${JSON.stringify(delivery)}\n`, PRIVATE);

const PRIVATE = { mode: 0o600 };

/** Makes the file, if it is not there. @throws UsageError if it cannot be written */
export function assertWritable(file: string): void {
  try {
    appendFileSync(file, '', PRIVATE);
  } catch (error) {
    throw new UsageError(`--save: ${file} cannot be written: ${reasonOf(error)}.`);
  }
}

/** Keeps a delivery as the newest one, if the folder of this user's state can be written. */
export function keepAsLast(delivery: SavedDelivery): void {
  const file = stateFile(LAST);
  if (!preparePrivate(file)) return;
  try {
    writeFileSync(file, `${JSON.stringify(delivery)}\n`, PRIVATE);
  } catch {
    // It is only missing in `replay --last`.
  }
}

/** Returns the newest delivery that was received on this machine. @throws UsageError if there is none */
export function lastDelivery(): SavedDelivery {
  try {
    return deliveryIn(readFileSync(stateFile(LAST), 'utf8'), 'the newest delivery');
  } catch {
    throw new UsageError('`webhooks listen` has received no delivery here yet: name a file.');
  }
}

/** Which delivery of a file is meant. */
export interface Choice {
  /** From 1. */
  readonly line?: number;
  /** Its hash, or the beginning of it. */
  readonly hash?: string;
}

/** Returns a delivery of a file: the last one, unless a line or a hash says otherwise. @throws UsageError */
export function deliveryOf(file: string, { line, hash }: Choice): SavedDelivery {
  const lines = textOf(file).split('\n').filter(Boolean);
  if (lines.length === 0) throw new UsageError(`${file} has no deliveries.`);
  if (hash !== undefined) {
    const found = lines.map((text, at) => deliveryIn(text, `${file}, line ${at + 1}`)).findLast((each) => each.hash.startsWith(hash));
    if (found === undefined) throw new UsageError(`${file} has no delivery whose hash begins with ${hash}.`);
    return found;
  }
  const number = line ?? lines.length;
  const text = lines[number - 1];
  if (text === undefined) throw new UsageError(`${file} has ${lines.length} deliveries, not ${number}.`);
  return deliveryIn(text, `${file}, line ${number}`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}.`);
  }
}

function deliveryIn(text: string, place: string): SavedDelivery {
  const value = jsonOf(text);
  const { receivedAt, scope, hash, body } = isJsonObject(value) ? value : {};
  if (typeof receivedAt === 'string' && typeof scope === 'string' && typeof hash === 'string' && typeof body === 'string')
    return { receivedAt, scope, hash, body };
  throw new UsageError(`${place} is not a delivery that \`webhooks listen --save\` has written.`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

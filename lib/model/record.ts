import { RecordStateError } from '../errors/record-state-error.js';
import { Room } from '../record/in-object-properties.js';
import { RecordState } from '../record/record-context.js';

let read: (value: object) => RecordState | undefined;

/** What every record is, below `Model`: attributes as properties, and a state that only this room can see. */
export class TrackedObject extends Room {
  readonly #state = new RecordState();

  static {
    read = (value) => (#state in value ? value.#state : undefined);
  }
}

/** The state of a record; `undefined` for anything else, be it a copy or a Proxy of a record. */
export const stateIn = (value: unknown): RecordState | undefined => (typeof value === 'object' && value !== null ? read(value) : undefined);

export const isRecord = (value: unknown): value is object => stateIn(value) !== undefined;

/** @throws RecordStateError for an object that is no record: a copy, a Proxy */
export function stateOf(record: object): RecordState {
  const state = stateIn(record);
  if (state !== undefined) return state;
  throw copyError(record);
}

/** @throws RecordStateError for a copy or a Proxy of a record, which would be taken for a new one */
export function refuseCopies(value: unknown): void {
  if (value instanceof TrackedObject && !isRecord(value)) throw copyError(value);
}

function copyError(value: object): RecordStateError {
  const name = (value as { constructor?: { name?: string } } | null)?.constructor?.name || 'Model';
  return new RecordStateError(
    `This is a copy or a Proxy of a record, which knows nothing of the store: use the record itself, or make one with ${name}.load(copy). Nothing was sent.`,
  );
}

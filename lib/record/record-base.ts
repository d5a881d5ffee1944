import { RecordStateError } from '../errors/record-state-error.js';
import { InObjectProperties } from './in-object-properties.js';
import { metadataOf } from './metadata-storage.js';
import { RecordContext } from './record-context.js';

/** Returns the context of a record; `undefined` for anything else, including a copy or a Proxy of a record. */
export let contextIn: (value: unknown) => RecordContext | undefined;

/** Returns the context of a record. @throws RecordStateError for an object that is not a record: a copy, a Proxy */
export let contextOf: (record: object) => RecordContext;

/** The base of `Model`: attributes as properties, and a context that only the library can see. */
export class RecordBase extends InObjectProperties {
  readonly #context: RecordContext;

  static {
    contextIn = (value) => (typeof value === 'object' && value !== null && #context in value ? value.#context : undefined);
    contextOf = (record) => (#context in record ? record.#context : refuseCopy(record));
  }

  constructor() {
    super();
    this.#context = new RecordContext(this, metadataOf(new.target));
  }
}

export const isRecord = (value: unknown): value is object => contextIn(value) !== undefined;

/** @throws RecordStateError for a copy or a Proxy of a record, which would look like a new one */
export function refuseCopies(value: unknown): void {
  if (value instanceof RecordBase && !isRecord(value)) refuseCopy(value);
}

function refuseCopy(value: object): never {
  // The methods are those of `Model`: a plain object does not say which model it was copied from.
  const load =
    value instanceof RecordBase ? `${value.constructor.name || 'Model'}.load(copy)` : 'load(copy) of its model, such as Product.load(copy)';
  throw new RecordStateError(
    `This is a copy or a Proxy of a record, which has no connection to the store: use the record itself, or create one with ${load}. Nothing was sent.`,
  );
}

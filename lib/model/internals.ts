import { ConfigurationError } from '../errors/configuration-error.js';
import type { Tracked } from './changes.js';
import { registrationOf } from './registry.js';
import type { RecordState } from './state.js';

type StateReader = (record: object) => RecordState | undefined;

let readState: StateReader = () => undefined;

/** `Model` keeps the state in a private field, and lends this room the one function that reads it. */
export function lendState(reader: StateReader): void {
  readState = reader;
}

/** @throws ConfigurationError for an object that is no record */
export function stateOf(record: object): RecordState {
  const state = readState(record);
  if (state === undefined) throw new ConfigurationError('This object is no record of a model.');
  return state;
}

export const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null && readState(value) !== undefined;

export const tracked = (record: object): Tracked => ({ record, state: stateOf(record), plan: registrationOf(record.constructor).plan });

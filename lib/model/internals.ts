import type { Tracked } from '../record/change-set.js';
import { stateOf } from './record.js';
import { registrationOf } from '../record/metadata-storage.js';

export { isRecord, stateOf } from './record.js';

/** @throws RecordStateError for a copy or a Proxy of a record */
export const tracked = (record: object): Tracked => ({ record, state: stateOf(record), plan: registrationOf(record.constructor).plan });

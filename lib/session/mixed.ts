import type { BulkOptions, BulkRun, Source } from '../bulk/bulk-run.js';
import { ConfigurationError } from '../errors/configuration-error.js';

type Save = <T extends object>(records: Source<T>, options: BulkOptions) => BulkRun<T>;

let save: Save | undefined;

/** The model room knows how records are saved; a session only hands them over. */
export const lendSave = (saver: Save): void => void (save = saver);

export const saveMixed: Save = (records, options) => {
  if (save === undefined) throw new ConfigurationError('saveAll() saves records of models: import the models first.');
  return save(records, options);
};

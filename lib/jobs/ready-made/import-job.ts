import { ArgumentError } from '../../errors/argument-error.js';
import type { JsonObject } from '../../json-object.js';
import type { ModelClass } from '../../model/model.js';
import type { ResourceDeclaration } from '../../schema/declaration.js';
import type { JobContext } from '../context.js';
import type { Existing } from '../definition.js';
import { defineJob, type Job } from '../job.js';
import type { AnyParams } from '../params.js';
import { csvRows, jsonRows, problemIn } from './rows-of-file.js';

/** Options of {@link importJob}. */
export interface ImportJobOptions<P> {
  readonly version?: number | undefined;
  readonly model: ModelClass;
  /** The attribute that identifies a record, such as `sku`. */
  readonly naturalKey: string;
  readonly file: string | ((context: JobContext<P>) => string);
  /** Default `'ndjson'`: one JSON object per line. */
  readonly format?: 'ndjson' | 'csv' | undefined;
  /** What happens to rows whose record exists. Default `'update'`. */
  readonly existing?: Existing | undefined;
  /** Returns the attributes of a row, or `null` to leave it out. Default: the row, without the key and read-only attributes. */
  readonly map?: ((row: JsonObject, context: JobContext<P>) => object | null) | undefined;
}

/**
 * Defines a job that creates the records of a file, and updates those that exist, by a natural key. After a kill it goes on, and creates
 * none twice.
 *
 * @example
 * const prices = importJob('prices', { model: Product, naturalKey: 'sku', file: 'prices.csv', format: 'csv' });
 * await prices.local({ checkpoint: 'prices.checkpoint' });
 */
export function importJob<P = AnyParams>(name: string, options: ImportJobOptions<P>): Job<P, JsonObject> {
  const { version, model, naturalKey, file, format = 'ndjson', existing = 'update', map } = options;
  if (format !== 'ndjson' && format !== 'csv')
    throw new ArgumentError(`importJob(): \`format\` is 'ndjson' or 'csv', got ${String(format)}.`);
  return defineJob<P, JsonObject>(name, {
    version,
    model,
    naturalKey,
    existing,
    rows(context) {
      const path = typeof file === 'function' ? file(context) : file;
      return format === 'csv' ? csvRows(path, model.resource) : jsonRows(path);
    },
    create: (row, context) => {
      const problem = problemIn(row);
      if (problem !== undefined) throw new ArgumentError(problem);
      return map === undefined ? settable(row, model.resource) : map(row, context);
    },
  });
}

/** Leaves out what only the store sets, so that what was exported can be imported. */
function settable(row: JsonObject, { key, attributes }: ResourceDeclaration): JsonObject {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== key && attributes[name]?.readOnly !== true));
}

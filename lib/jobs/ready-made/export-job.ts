import { stringify } from 'csv-stringify/sync';
import { ArgumentError } from '../../errors/argument-error.js';
import { asJsonObject } from '../../json-object.js';
import type { JobContext } from '../context.js';
import type { RecordQuery } from '../definition.js';
import { defineJob, type Job } from '../job.js';
import type { AnyParams } from '../params.js';

/** Options of {@link exportJob}. */
export interface ExportJobOptions<P, T extends object> {
  readonly version?: number | undefined;
  readonly source: (context: JobContext<P>) => RecordQuery<T>;
  /** The file of each store. On Redis all workers need to reach it, and each store its own: `({ store }) => `/data/${store}.ndjson``. */
  readonly file: string | ((context: Pick<JobContext<P>, 'params' | 'store'>) => string);
  /** Default `'ndjson'`: one JSON object per line. */
  readonly format?: 'ndjson' | 'csv' | undefined;
  /** The attributes of a CSV file, by the API's names. Nested values are written as JSON. */
  readonly columns?: readonly string[] | undefined;
}

/**
 * Defines a job that writes the records of a query to a file, in constant memory. After a kill it goes on: no line is lost or doubled.
 *
 * @throws ArgumentError if a CSV file has no columns
 * @example
 * const catalog = exportJob('catalog', { source: () => Product.where({ is_visible: true }), file: 'products.ndjson' });
 * await catalog.local({ checkpoint: 'products.checkpoint' });
 */
export function exportJob<P = AnyParams, T extends object = object>(
  name: string,
  { version, source, file, format = 'ndjson', columns = [] }: ExportJobOptions<P, T>,
): Job<P, T> {
  if (format !== 'ndjson' && format !== 'csv')
    throw new ArgumentError(`exportJob(): \`format\` is 'ndjson' or 'csv', got ${String(format)}.`);
  if (format === 'csv' && columns.length === 0)
    throw new ArgumentError("exportJob(): a CSV file needs `columns`, such as ['id', 'name', 'price']: all its lines have the same ones.");
  const line = (values: readonly unknown[]): string => stringify([values.map(cell)]);
  return defineJob<P, T>(name, {
    version,
    source,
    write(record) {
      if (format === 'ndjson') return `${JSON.stringify(record)}\n`;
      const row = asJsonObject(JSON.parse(JSON.stringify(record)));
      return line(columns.map((column) => row[column]));
    },
    output: (context) => ({
      file: typeof file === 'function' ? file(context) : file,
      ...(format === 'csv' && { header: line(columns) }),
    }),
  });
}

const cell = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : typeof value === 'boolean' ? String(value) : value;

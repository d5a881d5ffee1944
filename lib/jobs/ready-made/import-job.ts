import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { CsvError, parse } from 'csv-parse';
import { ArgumentError } from '../../errors/argument-error.js';
import { isJsonObject, type JsonObject } from '../../json-object.js';
import type { ModelClass } from '../../model/model.js';
import type { AttributeType, ResourceDeclaration } from '../../schema/declaration.js';
import type { JobContext } from '../context.js';
import type { Existing } from '../definition.js';
import { defineJob, type Job } from '../job.js';
import type { AnyParams } from '../params.js';

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
      const problem = row[UNREADABLE];
      if (typeof problem === 'string') throw new ArgumentError(problem);
      return map === undefined ? settable(row, model.resource) : map(row, context);
    },
  });
}

/** Where the row of a line that cannot be read says why: it fails alone, and can be mended in the failure or in the file. */
const UNREADABLE = '$unreadable';
const LONGEST = 1000;

const unreadable = (place: string, what: string, text: string): JsonObject => ({
  [UNREADABLE]: `${place}: ${what}`,
  text: text.slice(0, LONGEST),
});

async function* jsonRows(path: string): AsyncGenerator<JsonObject, void, undefined> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    const text = number === 1 ? line.replace(BYTE_ORDER_MARK, '') : line;
    if (text.trim() !== '') yield rowIn(text) ?? unreadable(`${path}, line ${number}`, 'not a JSON object', text);
  }
}

/** What programs of Windows put in front of a text. */
const BYTE_ORDER_MARK = /^\uFEFF/;

function rowIn(line: string): JsonObject | undefined {
  try {
    const row: unknown = JSON.parse(line);
    return isJsonObject(row) ? row : undefined;
  } catch {
    return undefined;
  }
}

async function* csvRows(path: string, resource: ResourceDeclaration): AsyncGenerator<JsonObject, void, undefined> {
  const file = createReadStream(path);
  const rows = file.pipe(parse({ columns: true, bom: true, skip_empty_lines: true, relax_column_count: true, info: true, raw: true }));
  file.on('error', (error) => rows.destroy(error)); // it would end the process
  try {
    for await (const { record, info, raw } of rows) {
      const { error, lines } = info;
      if (error === undefined) yield castRow(record, resource);
      else yield unreadable(`${path}, line ${lines}`, 'more or fewer cells than columns', raw.trim());
    }
  } catch (error) {
    if (error instanceof CsvError) throw new ArgumentError(`${path} cannot be read as CSV: ${error.message}`, { cause: error });
    throw error;
  } finally {
    file.destroy();
  }
}

/** Gives the cells of a CSV row the types of their attributes. An empty cell is left out. */
function castRow(row: JsonObject, { attributes }: ResourceDeclaration): JsonObject {
  const cast: JsonObject = {};
  for (const [name, text] of Object.entries(row)) if (text !== '') cast[name] = castCell(String(text), attributes[name]?.type);
  return cast;
}

function castCell(text: string, type: AttributeType | undefined): unknown {
  if (type === 'number') return Number.isNaN(Number(text)) ? text : Number(text);
  if (type === 'boolean') return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text;
  if (type !== 'object' && type !== 'array' && type !== 'unknown') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Leaves out what only the store sets, so that what was exported can be imported. */
function settable(row: JsonObject, { key, attributes }: ResourceDeclaration): JsonObject {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== key && attributes[name]?.readOnly !== true));
}

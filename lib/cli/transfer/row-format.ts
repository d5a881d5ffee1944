import { stringify } from 'csv-stringify/sync';
import type { JsonObject } from '../../json-object.js';
import type { AttributeType, ResourceDeclaration } from '../../schema/declaration.js';
import { UsageError } from '../usage-error.js';
import { flatten, MORE, writeCell } from './cells.js';

/** The formats of files of rows. */
export type Format = 'ndjson' | 'csv';

/** What NDJSON files are called. */
const NDJSON: ReadonlySet<string> = new Set(['ndjson', 'jsonl', 'json']);

/** Returns the format that was asked for, or that the name of the file says. @throws UsageError */
export function formatOf(file: string, given: string | undefined): Format {
  const name = (given ?? /\.([a-z]+)$/i.exec(file)?.[1] ?? 'ndjson').toLowerCase();
  if (name === 'csv') return 'csv';
  if (NDJSON.has(name)) return 'ndjson';
  if (given !== undefined) throw new UsageError(`--format ${given}: it must be ndjson or csv.`);
  throw new UsageError(`The name ${file} does not tell the format: end it with .ndjson or .csv, or pass --format ndjson or --format csv.`);
}

/** Writes rows as text. */
export interface RowFormat {
  /** The columns, once the first rows are written; only CSV has some. */
  readonly columns: readonly string[] | undefined;
  textOf(rows: readonly JsonObject[]): string;
}

/** Writes a line of JSON for each row. */
export const ndjson: RowFormat = {
  columns: undefined,
  textOf: (rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
};

/**
 * Writes CSV (RFC 4180, with line feeds). The columns are what the first rows have, attributes in the order of their declaration. What later rows have besides goes into the column `_more`, so that nothing is lost and nothing has to be known in advance.
 */
export class CsvFormat implements RowFormat {
  readonly #resource: ResourceDeclaration;
  readonly #expected: readonly string[];
  #columns: readonly string[] | undefined;

  /**
   * @param expected the attributes, in the order of the columns
   * @param columns those of a file that is continued: its header is written
   */
  constructor(resource: ResourceDeclaration, expected: readonly string[], columns?: readonly string[]) {
    this.#resource = resource;
    this.#expected = expected;
    this.#columns = columns;
  }

  get columns(): readonly string[] | undefined {
    return this.#columns;
  }

  textOf(rows: readonly JsonObject[]): string {
    const flat = rows.map((row) => flatten(row));
    const isFirst = this.#columns === undefined;
    const columns = (this.#columns ??= columnsOf(flat, this.#expected));
    const known = new Set(columns);
    const lines = flat.map((row) => {
      const more = [...row].filter(([column]) => !known.has(column));
      if (more.length > 0) row.set(MORE, Object.fromEntries(more));
      return columns.map((column) => writeCell(row.get(column), typeOf(this.#resource, column)));
    });
    // An empty text gets quotes, and no value none.
    return stringify(isFirst ? [columns, ...lines] : lines, { quoted_match: /^$/ });
  }
}

/** Returns the type of a column: that of its attribute; members of objects have none. */
export function typeOf({ attributes }: ResourceDeclaration, column: string): AttributeType {
  if (column === MORE) return 'object';
  return (Object.hasOwn(attributes, column) ? attributes[column]?.type : undefined) ?? 'unknown';
}

/** Objects stand where their attribute is declared. */
function columnsOf(rows: readonly ReadonlyMap<string, unknown>[], expected: readonly string[]): readonly string[] {
  const present = new Set(rows.flatMap((row) => [...row.keys()]));
  const columns = new Set<string>();
  for (const name of expected) {
    const members = [...present].filter((column) => column === name || column.startsWith(`${name}.`));
    if (rows.length === 0) columns.add(name);
    for (const column of members) columns.add(column);
  }
  for (const column of present) columns.add(column);
  columns.add(MORE);
  return [...columns];
}

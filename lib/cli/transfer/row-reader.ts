import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import { isJsonObject, type JsonObject } from '../../json-object.js';
import type { ResourceDeclaration } from '../../schema/declaration.js';
import { reasonOf } from '../../session/safe-call.js';
import { UsageError } from '../usage-error.js';
import { type Cell, MORE, readCell, unflatten } from './cells.js';
import { type Format, typeOf } from './row-format.js';

/** A row of a file: its number, from 1, and what it has, or why it cannot be read. */
export interface FileRow {
  readonly number: number;
  readonly row: JsonObject;
  readonly problem?: string | undefined;
}

/** Reads the rows of a file, in constant memory. @throws UsageError if the file cannot be read, or its header is damaged */
export function readRows(file: string, format: Format, resource: ResourceDeclaration): AsyncGenerator<FileRow, void, undefined> {
  return format === 'csv' ? readCsv(file, resource) : readNdjson(file);
}

async function* readNdjson(file: string): AsyncGenerator<FileRow, void, undefined> {
  let number = 0;
  for await (const given of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })) {
    const line = given.replace(/^\uFEFF/, '').trim();
    if (number === 0 && line.startsWith('['))
      throw new UsageError(`${file} is a JSON array, and rows are lines: \`jq -c '.[]' ${file} > rows.ndjson\` makes them of it.`);
    if (line !== '') yield rowIn(line, ++number);
  }
}

function rowIn(line: string, number: number): FileRow {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { number, row: { line }, problem: `The line is not valid JSON: ${reasonOf(error)}.` };
  }
  if (isJsonObject(value)) return { number, row: failedRowIn(value) ?? value };
  return { number, row: { line }, problem: 'The line is not a JSON object.' };
}

/** Returns the row of a line that an import has written for a failure: it can be mended there and imported again. */
function failedRowIn({ row, data, errors, ...more }: JsonObject): JsonObject | undefined {
  return typeof row === 'number' && isJsonObject(data) && isJsonObject(errors) && Object.keys(more).length === 0 ? data : undefined;
}

async function* readCsv(file: string, resource: ResourceDeclaration): AsyncGenerator<FileRow, void, undefined> {
  const parser = parse({
    bom: true,
    delimiter: await delimiterOf(file),
    relax_column_count: true,
    skip_empty_lines: true,
    cast: (text, { quoting }): unknown => ({ text, isQuoted: quoting }) satisfies Cell,
  });
  const input = createReadStream(file);
  input.on('error', (error) => parser.destroy(error));
  let columns: readonly string[] | undefined;
  let number = 0;
  try {
    for await (const given of input.pipe(parser)) {
      const cells: readonly Cell[] = given;
      if (columns === undefined) columns = headerIn(cells, file);
      else if (cells.some(({ text }) => text.trim() !== '')) yield rowOf(cells, columns, ++number, resource);
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} cannot be read as CSV after row ${number}: ${reasonOf(error)}`);
  } finally {
    input.destroy();
  }
}

/** Spreadsheets write semicolons where a comma is part of numbers. */
async function delimiterOf(file: string): Promise<string> {
  for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
    const counts = [',', ';', '\t'].map((each) => ({ each, count: line.split(each).length }));
    return counts.reduce((most, next) => (next.count > most.count ? next : most)).each;
  }
  return ',';
}

function headerIn(cells: readonly Cell[], file: string): readonly string[] {
  const names = cells.map(({ text }) => text.trim());
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new UsageError(`${file}: the column ${JSON.stringify(twice)} is there twice.`);
  if (names.includes(''))
    throw new UsageError(`${file}: the column ${names.indexOf('') + 1} has no name. The first line must have the names of columns.`);
  return names;
}

function rowOf(cells: readonly Cell[], columns: readonly string[], number: number, resource: ResourceDeclaration): FileRow {
  const values = new Map<string, unknown>();
  for (const [at, name] of columns.entries()) {
    const cell = cells[at];
    const type = typeOf(resource, name);
    const value = cell === undefined ? null : readCell(cell, type);
    // An empty cell empties a text, and says nothing of anything else.
    if (value !== null || (cell !== undefined && type === 'string')) values.set(name, value);
  }
  const more = values.get(MORE);
  values.delete(MORE);
  if (isJsonObject(more)) for (const [name, value] of Object.entries(more)) values.set(name, value);
  const row = unflatten(values);
  if (more !== undefined && !isJsonObject(more))
    return { number, row, problem: `The cell of ${MORE} is not an object of JSON, such as {"name":"value"}: mend it, or empty it.` };
  if (cells.length <= columns.length) return { number, row };
  return { number, row, problem: `The row has ${cells.length} cells, and the header ${columns.length} columns.` };
}

/** What a file has, found out before anything of it is sent. */
export interface FileSummary {
  readonly rows: number;
  /** The names at the top of rows. */
  readonly columns: ReadonlySet<string>;
  /** The keys of the rows, if rows may refer to each other. */
  readonly keys: ReadonlySet<string>;
  /** Identifies the content. */
  readonly hash: string;
}

/** Reads a file once: how many rows, with which columns. @throws UsageError if it cannot be read */
export async function summaryOf(file: string, format: Format, resource: ResourceDeclaration, withKeys: boolean): Promise<FileSummary> {
  const columns = new Set<string>();
  const keys = new Set<string>();
  let rows = 0;
  for await (const { row, problem } of readRows(file, format, resource)) {
    rows++;
    if (problem === undefined) for (const name of Object.keys(row)) columns.add(name);
    if (withKeys) keys.add(String(row[resource.key]));
  }
  return { rows, columns, keys, hash: await hashOf(file) };
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part);
  return hash.digest('hex').slice(0, 32);
}

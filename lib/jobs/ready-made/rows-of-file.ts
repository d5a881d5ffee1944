import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { CsvError, parse } from 'csv-parse';
import { ArgumentError } from '../../errors/argument-error.js';
import { isJsonObject, type JsonObject } from '../../json-object.js';
import type { AttributeType, ResourceDeclaration } from '../../schema/declaration.js';

/** The property in which the row of a line that cannot be read says why. */
const UNREADABLE = '$unreadable';
/** How much of such a line its row has, in characters. */
const LONGEST = 1000;

/** Makes a row of a line that cannot be read, so that it fails alone, and can be mended in the failure or in the file. */
const unreadable = (place: string, what: string, text: string): JsonObject => ({
  [UNREADABLE]: `${place}: ${what}`,
  text: text.slice(0, LONGEST),
});

/** Returns why the line of a row could not be read; `undefined` if it could. */
export function problemIn(row: JsonObject): string | undefined {
  const problem = row[UNREADABLE];
  return typeof problem === 'string' ? problem : undefined;
}

/** Yields the JSON objects of a file, one per line. */
export async function* jsonRows(path: string): AsyncGenerator<JsonObject, void, undefined> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    const text = number === 1 ? line.replace(BYTE_ORDER_MARK, '') : line;
    if (text.trim() !== '') yield rowIn(text) ?? unreadable(`${path}, line ${number}`, 'not a JSON object', text);
  }
}

/** Programs on Windows put it in front of a text. */
const BYTE_ORDER_MARK = /^\uFEFF/;

function rowIn(line: string): JsonObject | undefined {
  try {
    const row: unknown = JSON.parse(line);
    return isJsonObject(row) ? row : undefined;
  } catch {
    return undefined;
  }
}

/** Yields the rows of a CSV file, with the types of the model's attributes. @throws ArgumentError if it is not CSV */
export async function* csvRows(path: string, resource: ResourceDeclaration): AsyncGenerator<JsonObject, void, undefined> {
  const file = createReadStream(path);
  const rows = file.pipe(parse({ columns: true, bom: true, skip_empty_lines: true, relax_column_count: true, info: true, raw: true }));
  file.on('error', (error) => rows.destroy(error)); // an error that nobody listens to ends the process
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

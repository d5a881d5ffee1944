import { readFileSync } from 'node:fs';
import { ConfigurationError } from '../errors/configuration-error.js';
import { nearest } from '../errors/nearest.js';
import { isJsonObject, type JsonObject } from '../json-object.js';
import type { ModelClass } from '../model/model.js';
import * as v2 from '../resources/v2/index.js';
import * as v3 from '../resources/v3/index.js';
import { isCassette } from '../testing/cassette-file.js';
import { rowsOfCassette } from '../testing/cassette-rows.js';
import { pathNames } from '../transport/path.js';
import { demoStore } from './demo/index.js';
import { newStore } from './demo/new-store.js';
import type { DemoRows } from './demo/rows.js';
import { mistakeInNames } from './factories/known-names.js';
import { repeatedName } from './repeated-name.js';
import { ResourceRows } from './resource-rows.js';
import { FORMAT, isSnapshot, restoreTo, type Snapshot, snapshotOf } from './snapshot.js';
import { Tables, type TablesImage, tableName } from './tables.js';

/** A kind of file that a store can begin with. */
interface SeedFormat {
  /** Whether a file has this format. */
  fits(text: string): boolean;
  /** Returns the rows of a file. @throws ConfigurationError if it is damaged */
  rowsOf(text: string, path: string): readonly DemoRows[];
}

/** Formats other than our own JSON, such as cassettes. The first one that fits reads the file. */
const FORMATS: readonly SeedFormat[] = [{ fits: isCassette, rowsOf: rowsOfCassette }];

/** A store that is built once, when a row is first needed, and copied table by table. */
function builtOnce(rows: () => readonly DemoRows[]): Snapshot {
  let built: TablesImage | undefined;
  return {
    format: FORMAT,
    aheadMs: 0,
    get tables() {
      built ??= storing(rows()).tables;
      return built;
    },
  };
}

const DEMO = builtOnce(demoStore);
const EMPTY = builtOnce(() => newStore(demoStore()));

/**
 * Returns what a store begins with.
 *
 * @param seed `'demo'`, `'empty'`, or the path of a file
 * @throws ConfigurationError if the file is missing, or is not what a store can begin with
 */
export function seedOf(seed: string | boolean, models: readonly ModelClass[]): Snapshot {
  if (seed === 'empty' || seed === false) return EMPTY;
  if (seed !== 'demo' && seed !== true) return fromFile(seed, models);
  return DEMO;
}

/** Returns a store with these rows, besides and instead of those of another. */
function storing(all: readonly DemoRows[], base?: Snapshot): Snapshot {
  const tables = new Tables();
  if (base !== undefined) restoreTo(tables, base);
  for (const { resource, rows, parents } of all) {
    const table = new ResourceRows(resource, tables);
    for (const row of rows) table.seed(row, parents);
  }
  return snapshotOf(tables);
}

function fromFile(path: string, models: readonly ModelClass[]): Snapshot {
  const text = readText(path);
  const format = FORMATS.find((each) => each.fits(text));
  if (format !== undefined) return storing(format.rowsOf(text, path), EMPTY);
  const content = parse(text, path);
  if (isSnapshot(content)) return content;
  const repeated = repeatedName(text);
  if (repeated !== undefined)
    throw new ConfigurationError(`seed: ${path} has \`${repeated}\` twice in one object, of which only the last would count.`);
  const rows = Object.entries(content).flatMap(([name, each]) => rowsIn(path, name, each, models));
  assertNoneTwice(path, rows);
  return storing(rows, EMPTY);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConfigurationError(`seed: the file ${path} cannot be read. Give 'demo', 'empty' or the path of a file.`, { cause });
  }
}

function parse(text: string, path: string): JsonObject {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new ConfigurationError(`seed: ${path} is not valid JSON${cause instanceof Error ? `: ${cause.message}` : ''}.`, { cause });
  }
  if (isJsonObject(content)) return content;
  throw new ConfigurationError(`seed: ${path} must have an object: a snapshot of a store, or { 'v3.Product': [rows], … }.`);
}

/** Rows of a file, and which these are: `row 2 of v3.Product`. */
type NamedRows = DemoRows & { readonly place: string };

/** Returns the rows that a file has for a model, by their parents. */
function rowsIn(path: string, name: string, rows: unknown, models: readonly ModelClass[]): NamedRows[] {
  const { resource } = modelNamed(path, name, models);
  if (!Array.isArray(rows) || !rows.every(isJsonObject))
    throw new ConfigurationError(`seed: ${name} in ${path} must be an array of objects.`);
  const names = pathNames(resource.path);
  return rows.map((row: JsonObject, at) => {
    const missing = names.find((each) => row[each] === undefined);
    if (missing !== undefined)
      throw new ConfigurationError(`seed: row ${at} of ${name} in ${path} needs ${missing}, the key of its parent.`);
    const mistake = mistakeInNames(resource, row);
    if (mistake !== undefined) throw new ConfigurationError(`seed: row ${at} of ${name} in ${path}: ${mistake}`);
    return {
      resource,
      rows: [row],
      place: `row ${at} of ${name}`,
      parents: Object.fromEntries(names.map((each) => [each, String(row[each])])),
    };
  });
}

/** @throws ConfigurationError if two rows of a file have the same key: the second would take the place of the first */
function assertNoneTwice(path: string, all: readonly NamedRows[]): void {
  const seen = new Map<string, string>();
  for (const { resource, rows, parents, place } of all)
    for (const row of rows) {
      const key = row[resource.key];
      if (key === undefined || resource.addressing === 'single') continue;
      const identity = resource.identity.map((name) => row[name]);
      const name = JSON.stringify([tableName(resource.path), key, ...identity, resource.identity.length === 0 ? '' : parents]);
      const other = seen.get(name);
      if (other !== undefined)
        throw new ConfigurationError(`seed: ${place} in ${path} has the ${resource.key} ${String(key)}, as ${other} has already.`);
      seen.set(name, place);
    }
}

function modelNamed(path: string, name: string, own: readonly ModelClass[]): ModelClass {
  const known = new Map<string, ModelClass>([
    ...own.map((model): [string, ModelClass] => [model.resource.name, model]),
    ...Object.entries(v2).map(([each, model]): [string, ModelClass] => [`v2.${each}`, model]),
    ...Object.entries(v3).map(([each, model]): [string, ModelClass] => [`v3.${each}`, model]),
  ]);
  const model = known.get(name);
  if (model !== undefined) return model;
  const meant = nearest(name, [...known.keys()]);
  throw new ConfigurationError(
    `seed: ${path} has rows of \`${name}\`, which is not a model${meant === undefined ? '.' : `; did you mean \`${meant}\`?`} Models are named like v3.Product.`,
  );
}

import { ArgumentError } from '../errors/argument-error.js';
import { RecordNotFoundError } from '../errors/record-not-found-error.js';
import { UnknownFilterError } from '../errors/unknown-filter-error.js';
import { Query } from '../query/query.js';
import { checkRecordKey, listPath, type Scope, sessionOf } from '../query/scope.js';
import { assertSettable } from '../query/settable.js';
import type { AttributeDeclaration } from '../schema/declaration.js';
import type { Source, UpdateManyOptions } from '../session/bulk-run.js';
import { describe, pathNames } from '../transport/path.js';
import { addressOf } from '../transport/request.js';
import { changedSlots, currentValue } from './changes.js';
import { isRecord, tracked } from './internals.js';
import { knownName, lookUp } from './look-up.js';
import { type Candidate, checkAttributes, handleOf, lookedUp, withAttributes } from './upsert.js';

/** The attribute by which rows name their records. */
export type Naming = Pick<AttributeDeclaration, 'name' | 'property'>;

interface Row {
  readonly entry: object;
  readonly place: number;
  /** What names the record. */
  readonly value: string | number | undefined;
  readonly error?: Error | undefined;
}

/**
 * Turns rows into the records that they name by one of their attributes. None is ever created: a row whose record is not
 * there, is named by several, or was named by a row before fails. By key nothing has to be read, unless the API's own list
 * of updates would create what it does not know.
 */
export function updatable<M extends object>(
  scope: Scope<M>,
  by: Naming,
  entries: Source<object>,
  options: UpdateManyOptions,
  sent: () => void,
): AsyncGenerator<Candidate<M>, void, undefined> {
  const { resource } = scope;
  const isByKey = by.name === resource.key;
  const isRead = !isByKey || resource.batch.upsert !== undefined;
  const named = new Map<string, number>();

  function give(entry: object, place: number): Row {
    checkAttributes(scope, entry);
    if (isRecord(entry) && !tracked(entry).state.isNew) return { entry, place, value: undefined };
    try {
      assertRowSettable(scope, by, entry);
      const values = entry as Record<string, unknown>;
      const value = values[by.property] ?? values[by.name];
      const known = isByKey ? checkRecordKey(resource, value) : checkValue(scope, by, value);
      const before = named.get(String(known).toLowerCase());
      if (before === undefined) named.set(String(known).toLowerCase(), place);
      else
        throw new ArgumentError(
          `Rows ${before + 1} and ${place + 1} name the same ${resource.name}, by ${by.property} ${describe(known)}: merge them. The second was not sent.`,
        );
      return { entry, place, value: known };
    } catch (error) {
      return { entry, place, value: undefined, error: error as Error };
    }
  }

  async function look(rows: readonly Row[]): Promise<Candidate<M>[]> {
    const known = (value: string | number) => ({ name: by.name, value: String(value) });
    const wanted = isRead ? rows.flatMap(({ value }) => (value === undefined ? [] : known(value))) : [];
    const { found, failed } = await lookUp(scope, wanted, options, sent);
    return rows.map(({ entry, value, error }) => {
      if (error !== undefined) return { record: unsaved(entry), error };
      if (value === undefined) return { record: entry as M };
      const attributes = attributesOf(entry);
      delete attributes[by.property];
      if (by.property !== by.name) delete attributes[by.name];
      if (!isRead) return { record: withAttributes(handleOf(scope, value), attributes) };
      const failure = failed.get(knownName(known(value)));
      if (failure !== undefined) return { record: unsaved(entry), error: failure };
      const [row, another] = found.get(knownName(known(value))) ?? [];
      if (row === undefined) return { record: unsaved(entry), error: notFound(scope, by, value) };
      if (another !== undefined && resource.identity.length === 0) return { record: unsaved(entry), error: notOne(scope, by, value) };
      return { record: withAttributes(scope.load(row, sessionOf(scope), scope.params), attributes) };
    });
  }

  const unsaved = (entry: object): M => (isRecord(entry) ? (entry as M) : scope.build(entry, scope.session, scope.params));
  return lookedUp(entries, give, look);
}

/** The attribute of this name, by property or by the API's name. @throws ArgumentError where records cannot be found by it */
export function attributeOf(scope: Scope<object>, by: string | undefined): Naming {
  const { name, key, attributes } = scope.resource;
  const attribute = Object.values(attributes).find((each) => each.property === (by ?? key) || each.name === (by ?? key));
  if (attribute === undefined && (by === undefined || by === key)) return { name: key, property: key };
  if (attribute === undefined)
    throw new ArgumentError(`${name} has no attribute ${describe(by)} by which rows could name their records. Nothing was sent.`);
  try {
    if (attribute.name !== key) new Query(scope).where({ [attribute.name]: 'x' } as never);
    return attribute;
  } catch (error) {
    if (!(error instanceof UnknownFilterError)) throw error;
    throw new ArgumentError(`${name} cannot be found by \`${attribute.property}\`: the API has no filter for it. Nothing was sent.`);
  }
}

/** @throws ReadonlyAttributeError for a row that sets what only the store sets, or what tells its record from others */
export function assertRowSettable(scope: Scope<object>, by: Naming, row: unknown): void {
  if (typeof row !== 'object' || row === null) return;
  const { resource } = scope;
  const given: Record<string, unknown> = { ...row };
  if (isRecord(row)) return;
  for (const name of [by.property, by.name, ...resource.identity, ...pathNames(resource.path)]) delete given[name];
  assertSettable(resource, given, false);
}

/** The attributes of a row; of a record that was never saved, those that it was given. */
function attributesOf(entry: object): Record<string, unknown> {
  const attributes: Record<string, unknown> = { ...entry };
  if (!isRecord(entry)) return attributes;
  const the = tracked(entry);
  return Object.fromEntries(changedSlots(the).map((slot) => [slot.property, currentValue(the, slot)]));
}

function checkValue({ resource }: Scope<object>, by: Naming, value: unknown): string | number {
  if ((typeof value === 'string' && value !== '') || (typeof value === 'number' && Number.isFinite(value))) return value;
  throw new ArgumentError(`Each row names its ${resource.name} by \`${by.property}\`, got ${describe(value)}. The row was not sent.`);
}

function notFound(scope: Scope<object>, by: Naming, value: string | number): RecordNotFoundError {
  const { resource } = scope;
  const path = addressOf({ version: resource.version, path: listPath(scope) });
  return new RecordNotFoundError(
    `No ${resource.name} with ${by.property} ${describe(value)} at ${path}. updateMany() never creates; upsertMany() does.`,
    {
      status: 404,
      method: 'GET',
      path,
      body: undefined,
      headers: {},
    },
  );
}

const notOne = ({ resource }: Scope<object>, by: Naming, value: string | number): ArgumentError =>
  new ArgumentError(
    `Several records of ${resource.name} have ${by.property} ${describe(value)}: name it by what only one has. The row was not sent.`,
  );
